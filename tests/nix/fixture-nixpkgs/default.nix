# A few packages, each odd in its own way: what `floxwright index refresh --nixpkgs` has to cope with.
{
  config ? { },
}:
let
  package =
    pname: version: more:
    {
      type = "derivation";
      name = "${pname}-${version}";
      inherit pname version;
      meta = { };
    }
    // more;
in
{
  lib.trivial.revisionWithDefault = _: "0123456789abcdef0123456789abcdef01234567";
  python313Packages = {
    alias = null;
    click = package "click" "8.1.8" {
      meta.platforms = [
        "aarch64-linux"
        "x86_64-linux"
      ];
    };
    gone = throw "gone was removed";
    odd = package "odd" (throw "no version") { optional-dependencies = throw "no extras"; };
    patterns = package "patterns" "1" { meta.platforms = [ { cpu = "any"; } ]; };
    set = {
      a = 1;
    };
    typing_extensions = package "typing-extensions" "4.15.0" { meta.broken = config.allowBroken; };
    uvicorn = package "uvicorn" "0.35.0" {
      optional-dependencies.standard = [ (package "httptools" "0.6" { }) ];
    };
  };
}
