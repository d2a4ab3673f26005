# How Flox finds and calls the package files under `.flox/pkgs`: our own reading.
#
# * `a.nix` and `a/default.nix` are the package `a`; where both are there, the directory wins;
# * a directory without default.nix is a set: it extends the one of that name, or is a new one;
# * a file whose name ends in flake.nix, a link, and whatever is no .nix file are passed over;
# * every file is called with the final package set, so with its siblings too; under its own
#   name it gets the value that was there before.
#
# `packages` is what is said of each package; `set` is the extended package set.
{
  lib,
  pkgs,
  directory,
}:
let
  isPackageFile =
    name: type: type == "regular" && lib.hasSuffix ".nix" name && !lib.hasSuffix "flake.nix" name;

  # name -> { file } or { children }
  scan =
    path:
    let
      entries = builtins.readDir path;
      files = lib.mapAttrs' (
        name: _: lib.nameValuePair (lib.removeSuffix ".nix" name) { file = path + "/${name}"; }
      ) (lib.filterAttrs isPackageFile entries);
      directories = lib.mapAttrs (
        name: _:
        let
          inner = path + "/${name}";
          isPackage = isPackageFile "default.nix" ((builtins.readDir inner)."default.nix" or "absent");
        in
        if isPackage then { file = inner; } else { children = scan inner; }
      ) (lib.filterAttrs (_: type: type == "directory") entries);
    in
    files // lib.filterAttrs (_: node: (node.children or null) != { }) directories;

  top = scan directory;

  previous =
    attr: prev:
    prev.${attr}
      or (throw "Circular dependency detected: the file of '${attr}' asks for '${attr}', and nothing of that name was there before");

  # An overlay over a set of packages: `newScope` is the set's own.
  overlay =
    nodes: final: prev:
    lib.mapAttrs (
      attr: node:
      if node ? file then
        final.newScope { ${attr} = previous attr prev; } node.file { }
      else if !(prev ? ${attr}) then
        lib.makeScope final.newScope (self: overlay node.children self { })
      else if prev.${attr} ? overrideScope then
        prev.${attr}.overrideScope (overlay node.children)
      else if prev.${attr} ? extend then
        prev.${attr}.extend (overlay node.children)
      else
        throw "Cannot extend '${attr}': it is no package set"
    ) nodes;

  set = pkgs.extend (overlay top);

  attrPaths =
    prefix: nodes:
    lib.flatten (
      map (
        attr:
        if nodes.${attr} ? file then
          { path = prefix ++ [ attr ]; }
        else
          attrPaths (prefix ++ [ attr ]) nodes.${attr}.children
      ) (builtins.attrNames nodes)
    );

  describe =
    { path }:
    let
      attr = lib.concatStringsSep "." path;
      package = lib.attrByPath path (throw "no attribute ${attr}") set;
    in
    lib.throwIfNot (lib.isDerivation package) "${attr} is no derivation" {
      inherit attr;
      inherit (package) name;
      # Null on a system that its meta leaves out.
      drvPath = if package.unavailable or false then null else package.drvPath;
      pname = package.pname or package.name;
      version = package.version or "unknown";
      meta = package.meta or null;
    };
in
lib.throwIf (top ? default)
  "default.nix lies directly in .flox/pkgs: the listing of packages would be no listing"
  {
    inherit set;
    packages = map describe (attrPaths [ ] top);
  }
