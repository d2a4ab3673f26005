# Evaluates every package of one repository over the stub. `tests/nix/eval` calls it.
{
  directory, # <repository>/.flox/pkgs
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
  };
  found = import ./discover.nix {
    inherit lib pkgs;
    directory = /. + directory;
  };
in
found.packages
