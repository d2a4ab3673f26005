# The packages of .flox/pkgs for Nix without Flox: `nix-build -A dagster-complete`.
# The files are found and called as Flox does it. nixpkgs is the caller's, not the one that Flox uses.
{
  pkgs ? import <nixpkgs> { },
}:

let
  inherit (pkgs) lib;

  # A file, or a directory with a default.nix, is a package. Other directories extend the package
  # set of their name. Flox passes over every name that ends in flake.nix.
  scan =
    directory:
    let
      entries = builtins.readDir directory;
      isPackage =
        name:
        entries.${name} == "regular" && lib.hasSuffix ".nix" name && !(lib.hasSuffix "flake.nix" name);
      isDirectory = name: entries.${name} == "directory";
      names = builtins.attrNames entries;
    in
    builtins.listToAttrs (
      # Where a file and a directory have one name, the directory counts.
      map (name: {
        inherit name;
        value =
          if builtins.pathExists (directory + "/${name}/default.nix") then
            directory + "/${name}"
          else
            scan (directory + "/${name}");
      }) (builtins.filter isDirectory names)
      ++ map (name: {
        name = lib.removeSuffix ".nix" name;
        value = directory + "/${name}";
      }) (builtins.filter isPackage names)
    );

  found = scan ./.flox/pkgs;

  isSet = builtins.isAttrs;

  overlay =
    final: prev:
    builtins.mapAttrs (
      name: value:
      if isSet value then
        prev.${name}.overrideScope (inner: _: builtins.mapAttrs (_: file: inner.callPackage file { }) value)
      else
        final.callPackage value { }
    ) (lib.filterAttrs (_: value: value != { }) found);

  extended = pkgs.extend overlay;
in
builtins.mapAttrs (name: _: extended.${name}) (lib.filterAttrs (_: value: !(isSet value)) found)
