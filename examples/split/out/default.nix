# The packages of .flox/pkgs for Nix without Flox: `nix-build -A dagster-complete`, and as an overlay:
# `(import ./default.nix { }).overlays.default`.
# The files are found and called as Flox does it. nixpkgs is the caller's, not the one that Flox uses.
{
  pkgs ? import <nixpkgs> { },
  lib ? pkgs.lib,
}:

let
  isPackageFile =
    name: type: type == "regular" && lib.hasSuffix ".nix" name && !(lib.hasSuffix "flake.nix" name);

  # A file, or a directory with a default.nix, is a package; any other directory is a package set.
  # Flox passes over links, and over every name that ends in flake.nix.
  scan =
    directory:
    let
      entries = builtins.readDir directory;
      files = lib.mapAttrs' (
        name: _: lib.nameValuePair (lib.removeSuffix ".nix" name) (directory + "/${name}")
      ) (lib.filterAttrs isPackageFile entries);
      directories = lib.mapAttrs (
        name: _:
        let
          inner = directory + "/${name}";
        in
        if ((builtins.readDir inner)."default.nix" or "") == "regular" then inner else scan inner
      ) (lib.filterAttrs (_: type: type == "directory") entries);
    in
    # Where a file and a directory have one name, the directory counts.
    files // lib.filterAttrs (_: value: value != { }) directories;

  found = scan ./.flox/pkgs;

  isSet = builtins.isAttrs;

  # A package gets the final set, and under its own name what was there before. A set extends the
  # one of its name, or is a new one.
  overlay =
    tree: final: prev:
    lib.mapAttrs (
      name: value:
      if !(isSet value) then
        final.newScope { ${name} = prev.${name}; } value { }
      else if !(prev ? ${name}) then
        lib.makeScope final.newScope (self: overlay value self { })
      else if prev.${name} ? overrideScope then
        prev.${name}.overrideScope (overlay value)
      else
        prev.${name}.extend (overlay value)
    ) tree;

  # What was found, and nothing else of the sets: `python313Packages.NAME` for a library.
  only =
    tree: set:
    lib.mapAttrs (name: value: if isSet value then only value set.${name} else set.${name}) tree;
in
only found (pkgs.extend (overlay found)) // { overlays.default = overlay found; }
