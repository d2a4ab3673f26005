# A replacement for the part of nixpkgs' lib that generated files and the package sets of
# this directory use. Written for these proofs: small, and nothing that nobody calls.
let
  inherit (builtins)
    attrNames
    compareVersions
    concatMap
    concatStringsSep
    elem
    filter
    functionArgs
    genList
    intersectAttrs
    isAttrs
    isFunction
    length
    listToAttrs
    mapAttrs
    stringLength
    substring
    ;

  # licence attribute -> [ SPDX identifier, full name ]
  licenseNames = {
    agpl3Plus = [ "AGPL-3.0-or-later" "GNU Affero General Public License v3.0 or later" ];
    asl20 = [ "Apache-2.0" "Apache License 2.0" ];
    bsd0 = [ "0BSD" "BSD Zero Clause License" ];
    bsd2 = [ "BSD-2-Clause" "BSD 2-clause \"Simplified\" License" ];
    bsd3 = [ "BSD-3-Clause" "BSD 3-clause \"New\" or \"Revised\" License" ];
    cc0 = [ "CC0-1.0" "Creative Commons Zero v1.0 Universal" ];
    gpl2Only = [ "GPL-2.0-only" "GNU General Public License v2.0 only" ];
    gpl2Plus = [ "GPL-2.0-or-later" "GNU General Public License v2.0 or later" ];
    gpl3Only = [ "GPL-3.0-only" "GNU General Public License v3.0 only" ];
    gpl3Plus = [ "GPL-3.0-or-later" "GNU General Public License v3.0 or later" ];
    hpnd = [ "HPND" "Historic Permission Notice and Disclaimer" ];
    isc = [ "ISC" "Internet Systems Consortium License" ];
    lgpl21Plus = [ "LGPL-2.1-or-later" "GNU Lesser General Public License v2.1 or later" ];
    lgpl3Only = [ "LGPL-3.0-only" "GNU Lesser General Public License v3.0 only" ];
    lgpl3Plus = [ "LGPL-3.0-or-later" "GNU Lesser General Public License v3.0 or later" ];
    mit = [ "MIT" "MIT License" ];
    mit0 = [ "MIT-0" "MIT No Attribution" ];
    mpl20 = [ "MPL-2.0" "Mozilla Public License 2.0" ];
    psfl = [ "PSF-2.0" "Python Software Foundation License version 2" ];
    unlicense = [ "Unlicense" "The Unlicense" ];
    zlib = [ "Zlib" "zlib License" ];
    zpl21 = [ "ZPL-2.1" "Zope Public License 2.1" ];
  };
in
rec {
  fix =
    f:
    let
      x = f x;
    in
    x;

  id = x: x;

  # --- numbers of a version ---
  versionOlder = a: b: compareVersions a b < 0;
  versionAtLeast = a: b: compareVersions a b >= 0;

  # --- lists ---
  optional = wanted: x: if wanted then [ x ] else [ ];
  optionals = wanted: xs: if wanted then xs else [ ];
  flatten = x: if builtins.isList x then concatMap flatten x else [ x ];
  subtractLists = without: filter (x: !elem x without);
  foldl' = builtins.foldl';

  # --- texts ---
  inherit concatStringsSep;
  concatMapStringsSep = separator: f: xs: concatStringsSep separator (map f xs);
  optionalString = wanted: text: if wanted then text else "";
  hasPrefix = prefix: text: substring 0 (stringLength prefix) text == prefix;
  hasSuffix =
    suffix: text:
    let
      extra = stringLength text - stringLength suffix;
    in
    extra >= 0 && substring extra (stringLength suffix) text == suffix;
  removeSuffix =
    suffix: text:
    if hasSuffix suffix text then
      substring 0 (stringLength text - stringLength suffix) text
    else
      text;
  escapeShellArg = text: "'${builtins.replaceStrings [ "'" ] [ "'\\''" ] (toString text)}'";

  # --- attribute sets ---
  inherit mapAttrs;
  nameValuePair = name: value: { inherit name value; };
  genAttrs = names: f: listToAttrs (map (name: nameValuePair name (f name)) names);
  filterAttrs =
    wanted: set:
    listToAttrs (
      map (name: nameValuePair name set.${name}) (filter (name: wanted name set.${name}) (attrNames set))
    );
  mapAttrs' = f: set: listToAttrs (map (name: f name set.${name}) (attrNames set));
  optionalAttrs = wanted: set: if wanted then set else { };
  attrByPath =
    path: default: set:
    if path == [ ] then
      set
    else if isAttrs set && set ? ${builtins.head path} then
      attrByPath (builtins.tail path) default set.${builtins.head path}
    else
      default;
  getLib = package: package.lib or package;
  isDerivation = x: isAttrs x && (x.type or null) == "derivation";

  # --- files ---
  importJSON = path: builtins.fromJSON (builtins.readFile path);

  # --- errors ---
  throwIf = wrong: message: x: if wrong then throw message else x;
  throwIfNot = right: throwIf (!right);
  assertMsg = right: message: right || throw message;

  # --- fixed points: overlays, scopes, callPackage ---
  extends =
    overlay: f: final:
    let
      prev = f final;
    in
    prev // overlay final prev;

  makeExtensible = f: fix (self: f self // { extend = overlay: makeExtensible (extends overlay f); });

  makeScope =
    newScope: f:
    let
      self = f self // {
        newScope = extra: newScope (self // extra);
        callPackage = self.newScope { };
        overrideScope = overlay: makeScope newScope (extends overlay f);
      };
    in
    self;

  # Calls a file, or a function, with those of the available attributes that it names.
  callPackageWith =
    available: fn: given:
    let
      function = if isFunction fn then fn else import fn;
      what = if isFunction fn then "a function" else baseNameOf (toString fn);
      wanted = functionArgs function;
      missing = filter (name: !wanted.${name} && !(available ? ${name}) && !(given ? ${name})) (
        attrNames wanted
      );
      result = function (intersectAttrs wanted available // given);
    in
    if missing != [ ] then
      throw "callPackage of ${what}: nothing provides the argument '${concatStringsSep "', '" missing}'"
    else if isAttrs result then
      result // { override = more: callPackageWith available fn (given // more); }
    else
      result;

  # --- facts ---
  fakeHash = "sha256-${concatStringsSep "" (genList (_: "A") 43)}=";

  licenses = mapAttrs (shortName: names: {
    inherit shortName;
    spdxId = builtins.elemAt names 0;
    fullName = builtins.elemAt names 1;
    url = "https://spdx.org/licenses/${builtins.elemAt names 0}.html";
    free = true;
    deprecated = false;
    redistributable = true;
  }) licenseNames;

  # Who maintains packages: one person, who is none.
  maintainers.ada = {
    name = "Ada Example";
    github = "ada";
    githubId = 1;
  };

  platforms = rec {
    linux = [
      "aarch64-linux"
      "x86_64-linux"
    ];
    darwin = [
      "aarch64-darwin"
      "x86_64-darwin"
    ];
    unix = linux ++ darwin;
    all = unix;
  };

  sourceTypes = {
    binaryNativeCode = {
      shortName = "binaryNativeCode";
      isSource = false;
    };
    fromSource = {
      shortName = "fromSource";
      isSource = true;
    };
  };

  inherit length;
}
