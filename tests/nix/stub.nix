# nixpkgs for evaluation: the shared package set over derivations that nobody can build.
# Every derivation is real to Nix (it has a drvPath), so what cannot be put into one is an error.
{
  lib,
  system,
  table,
  versions ? { },
  takesFunctions ? false,
}:
let
  drv =
    name: attributes:
    derivation (
      attributes
      // {
        inherit name system;
        builder = "/bin/false";
      }
    )
    // {
      inherit name;
    };

  names = map (package: package.name);

  backend = {
    fetch =
      args:
      drv args.name {
        outputHash = args.hash;
        outputHashMode = if args.kind == "github" then "recursive" else "flat";
      };

    listed =
      python: attr: entry: _:
      drv "${python.executable}-${attr}-${entry.version}" { };

    build =
      python: args: dependencies: buildSystem:
      drv "${python.executable}-${args.pname}-${args.version}" {
        inherit (args) pname version src format;
        sourceRoot = args.sourceRoot or "";
        patches = args.patches or [ ];
        prePatch = args.prePatch or "";
        postPatch = args.postPatch or "";
        preBuild = args.preBuild or "";
        postInstall = args.postInstall or "";
        relax = args.pythonRelaxDeps;
        remove = args.pythonRemoveDeps;
        imports = args.pythonImportsCheck;
        nativeBuildInputs = names (args.nativeBuildInputs or [ ] ++ buildSystem);
        inherit dependencies;
      };

    python = attr: version: drv "${attr}-${version}" { };

    env =
      python: packages: drv "${python.pythonAttr}-env" { inherit packages; };

    command = name: attributes: script: drv name (attributes // { inherit script; });
  };
in
import ./package-set.nix {
  inherit
    lib
    system
    table
    backend
    versions
    takesFunctions
    ;
  pythons = {
    python312 = "3.12";
    python313 = "3.13";
    python314 = "3.14";
  };
}
