# One package of a repository, over the laboratory's package set. `tests/lab/build` calls it.
{
  directory, # <repository>/.flox/pkgs
  attr,
  hostPython,
  release ? "", # refused if the package's version is another
}:
let
  lib = import ../nix/lib.nix;
  found = import ../nix/discover.nix {
    inherit lib;
    pkgs = import ./nixpkgs.nix { inherit lib hostPython; };
    directory = /. + directory;
  };
  path = builtins.filter builtins.isString (builtins.split "\\." attr);
  package = lib.attrByPath path (throw "the repository has no package ${attr}") found.set;
in
builtins.deepSeq found.packages (
  lib.throwIf (release != "" && package.version != release)
    "${attr} is of release ${package.version}, not ${release}"
    package
)
