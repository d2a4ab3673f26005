# Evaluates packages of a checkout of nixpkgs over the stub. `tests/nix/eval --nixpkgs` calls it.
#
# The list of Python packages extends the stub's set, as it makes nixpkgs' own; buildPythonPackage takes a function.
{
  directory, # the checkout
  names, # the attributes, with spaces between
  system ? "x86_64-linux",
  table ? ./packages.json,
  versionsFile ? "",
}:
let
  lib = import ./lib.nix;
  pkgs = import ./stub.nix {
    inherit lib system;
    table = lib.importJSON table;
    versions = if versionsFile == "" then { } else lib.importJSON versionsFile;
    takesFunctions = true;
  };
  list = import (/. + directory + "/pkgs/top-level/python-packages.nix");
  set = pkgs.python313Packages.overrideScope (self: super: list (self // { inherit lib; }) super);
  wanted = builtins.filter (part: builtins.isString part && part != "") (builtins.split " " names);
in
map (
  attr:
  let
    package = set.${attr};
  in
  {
    inherit attr;
    inherit (package) name pname version drvPath meta;
  }
) wanted
