# The packages of a directory such as `.flox/pkgs`, each called with nixpkgs and with its siblings. Evaluates, and builds nothing.
{
  # A path.
  nixpkgs,
  # The directory.
  directory,
  # One package, as attributes with dots between; all of them where it is empty.
  only ? "",
}:
let
  pkgs = import nixpkgs {
    config = {
      allowBroken = true;
      allowUnfree = true;
      allowUnsupportedSystem = true;
    };
  };
  inherit (builtins)
    attrNames
    concatMap
    filter
    listToAttrs
    match
    readDir
    stringLength
    substring
    ;
  isFile =
    name: kind:
    kind == "regular" && match ".*[.]nix" name != null && match ".*flake[.]nix" name == null;
  stem = name: substring 0 (stringLength name - 4) name;
  # Names, each with its file or with what is below it.
  scan =
    path:
    let
      entries = readDir path;
      one =
        name:
        let
          kind = entries.${name};
          inner = path + "/${name}";
        in
        if isFile name kind then
          [
            {
              name = stem name;
              value.file = inner;
            }
          ]
        else if kind != "directory" then
          [ ]
        else if isFile "default.nix" ((readDir inner)."default.nix" or "") then
          [
            {
              inherit name;
              value.file = inner;
            }
          ]
        else
          [
            {
              inherit name;
              value.below = scan inner;
            }
          ];
      all = concatMap one (attrNames entries);
    in
    # A directory wins over a file of the same name.
    listToAttrs (filter (one: one.value ? below || one.value ? file) all);
  overlay =
    nodes: final: before:
    builtins.mapAttrs (
      name: node:
      if node ? file then
        final.newScope {
          ${name} = before.${name} or (throw "the file of `${name}` asks for itself");
        } node.file { }
      else if !(before ? ${name}) then
        pkgs.lib.makeScope final.newScope (self: overlay node.below self { })
      else if before.${name} ? overrideScope then
        before.${name}.overrideScope (overlay node.below)
      else
        before.${name}.extend (overlay node.below)
    ) nodes;
  nodes = removeAttrs (scan directory) [ "default" ];
  set = pkgs.extend (overlay nodes);
  names =
    prefix: nodes:
    concatMap (
      name:
      if nodes.${name} ? file then
        [ (prefix ++ [ name ]) ]
      else
        names (prefix ++ [ name ]) nodes.${name}.below
    ) (attrNames nodes);
  dotted = builtins.concatStringsSep ".";
  wanted = filter (path: only == "" || dotted path == only) (names [ ] nodes);
  value = path: builtins.foldl' (set: name: set.${name}) set path;
in
listToAttrs (
  map (path: {
    name = dotted path;
    value =
      if only == "" then
        (value path).drvPath
      else
        builtins.deepSeq (value path).meta or null (value path).drvPath;
  }) wanted
)
