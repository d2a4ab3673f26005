# The stub in the form of a nixpkgs, for `floxwright check --with-nix --nixpkgs`.
{
  config ? { },
  system ? "x86_64-linux",
}:
let
  lib = import ../lib.nix;
in
builtins.seq config (
  import ../stub.nix {
    inherit lib system;
    table = lib.importJSON ../packages.json;
  }
)
