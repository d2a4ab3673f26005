# What a nixpkgs has of some Python distributions. Evaluates and builds nothing; what fails by itself counts as absent.
{
  # A path, or the result of a fetch.
  nixpkgs,
  # The attribute of the Python set.
  set,
  # JSON: for each distribution the attributes under which it may be, the likeliest first.
  names,
}:
let
  pkgs = import nixpkgs {
    config = {
      allowBroken = true;
      allowUnfree = true;
      allowUnsupportedSystem = true;
    };
  };
  python = pkgs.${set};
  # The value in full, or what stands in for it.
  or' =
    other: value:
    let
      tried = builtins.tryEval (builtins.deepSeq value value);
    in
    if tried.success then tried.value else other;
  isPackage =
    attribute:
    let
      tried = builtins.tryEval (python.${attribute}.type or "" == "derivation");
    in
    tried.success && tried.value && python ? ${attribute};
  texts = builtins.filter builtins.isString;
  nameOf = package: or' null (package.pname or null);
  describe =
    attribute:
    let
      package = python.${attribute};
      platforms = or' null (package.meta.platforms or null);
      extras = package.optional-dependencies or package.passthru.optional-dependencies or { };
    in
    {
      inherit attribute;
      version = or' null (package.version or null);
      broken = or' false (package.meta.broken or false == true);
      platforms =
        if builtins.isList platforms && builtins.all builtins.isString platforms then platforms else null;
      extras = or' { } (builtins.mapAttrs (_: members: texts (map nameOf members)) extras);
    };
  look =
    attributes:
    let
      there = builtins.filter isPackage attributes;
    in
    if there == [ ] then null else describe (builtins.head there);
in
{
  revision = or' null (pkgs.lib.trivial.revisionWithDefault null);
  packages = builtins.mapAttrs (_: look) (builtins.fromJSON names);
}
