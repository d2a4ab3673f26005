# A package set of nixpkgs' shape, and the rules by which it takes a Python package or refuses it.
#
# The evaluation layer and the laboratory share this file; they differ in the backend only,
# which says what a fetch, a Python package of the table, a Python package built from source,
# an environment and a command become:
#
#   backend.fetch    { kind, name, hash, ... }                  -> derivation
#   backend.listed   interpreter attr entry deps                -> derivation
#   backend.build    interpreter args dependencies buildSystem  -> derivation
#   backend.python   attr pythonVersion                         -> derivation
#   backend.env      interpreter packages                       -> derivation
#   backend.command  name attributes script                     -> derivation
{
  lib,
  system,
  table, # { "<attribute>" = { version; extras ? { }; deps ? [ ]; }; }: the Python packages there are
  backend,
  pythons, # { python313 = "3.13"; }
  takesFunctions ? false, # whether buildPythonPackage takes a function of finalAttrs, as from nixpkgs 26.05 on
  versions ? { }, # { "<pname>" = "<version>"; }: what the wheels of the release say
}:
let
  # --- what is said of a package ---

  # A path into `value` that JSON cannot hold, or null.
  unserialisable =
    path: value:
    let
      inner =
        if lib.isDerivation value then
          [ ]
        else if builtins.isAttrs value then
          map (name: unserialisable "${path}.${name}" value.${name}) (builtins.attrNames value)
        else if builtins.isList value then
          map (unserialisable path) value
        else
          [ ];
      found = builtins.filter (x: x != null) inner;
    in
    if builtins.isFunction value then
      path
    else if found != [ ] then
      builtins.head found
    else
      null;

  withMeta =
    package: attributes:
    let
      given = attributes.meta or { };
      wrong = unserialisable "meta" given;
      who = attributes.pname or package.name;
      meta = {
        inherit (package) name;
        outputsToInstall = [ "out" ];
      }
      // lib.throwIf (wrong != null) "${who}: ${wrong} is a function, which JSON cannot hold" given;
      elsewhere = meta ? platforms && !builtins.elem system meta.platforms;
      # Its name and what is said of it can be asked for on every system; the package itself cannot.
      refused = throw "${who}: its meta says that it does not work on ${system}";
    in
    lib.throwIf (meta.broken or false) "${who}: its meta says that it is broken" (
      package
      // {
        inherit meta;
        passthru = attributes.passthru or { };
      }
      // lib.optionalAttrs (attributes ? pname) { inherit (attributes) pname; }
      // lib.optionalAttrs (attributes ? version) { inherit (attributes) version; }
      // lib.optionalAttrs elsewhere {
        unavailable = true;
        drvPath = refused;
        outPath = refused;
      }
      // (attributes.passthru or { })
    );

  # --- fetchers ---

  checkArguments =
    who: allowed: args:
    let
      unknown = lib.subtractLists allowed (builtins.attrNames args);
    in
    lib.throwIf (unknown != [ ]) "${who}: unknown argument '${lib.concatStringsSep "', '" unknown}'" args;

  checkHash =
    who: hash:
    if hash == "" then
      throw "${who}: the hash is empty"
    else if hash == lib.fakeHash then
      throw "${who}: the hash is lib.fakeHash"
    else if builtins.match "sha256-[A-Za-z0-9+/]{43}=" hash == null then
      throw "${who}: '${hash}' is no sha256 hash in SRI form"
    else
      hash;

  fetchFromGitHub =
    arguments:
    let
      who = "fetchFromGitHub ${args.owner}/${args.repo}";
      args = checkArguments "fetchFromGitHub" [
        "owner"
        "repo"
        "rev"
        "tag"
        "hash"
        "name"
      ] arguments;
      ref = args.tag or args.rev;
    in
    lib.throwIf (args ? tag == args ? rev) "${who}: exactly one of tag and rev must be given" (
      backend.fetch {
        kind = "github";
        inherit (args) owner repo;
        inherit ref;
        name = args.name or "source";
        hash = checkHash who (args.hash or "");
      }
      // lib.filterAttrs (name: _: name == "owner" || name == "repo" || name == "tag" || name == "rev") args
    );

  fetchPypi =
    arguments:
    let
      who = "fetchPypi ${args.pname} ${args.version}";
      args = checkArguments "fetchPypi" [
        "pname"
        "version"
        "hash"
        "format"
        "dist"
        "python"
        "abi"
        "platform"
        "extension"
      ] arguments;
      tags = lib.concatStringsSep "-" [
        (args.python or "py2.py3")
        (args.abi or "none")
        (args.platform or "any")
      ];
      file =
        if (args.format or "setuptools") == "wheel" then
          "${args.pname}-${args.version}-${tags}.whl"
        else
          "${args.pname}-${args.version}.${args.extension or "tar.gz"}";
      ofWheels = builtins.filter (name: args ? ${name}) [
        "dist"
        "python"
        "abi"
        "platform"
      ];
    in
    lib.throwIf ((args.format or "setuptools") != "wheel" && ofWheels != [ ])
      "${who}: '${builtins.head ofWheels}' is for wheels only"
    backend.fetch {
      kind = "pypi";
      inherit (args) pname version;
      name = file;
      hash = checkHash who (args.hash or "");
    }
    // {
      inherit (args) pname version;
    };

  fetchurl =
    arguments:
    let
      args = checkArguments "fetchurl" [
        "url"
        "urls"
        "hash"
        "name"
      ] arguments;
      urls = args.urls or [ args.url ];
      who = "fetchurl ${builtins.head urls}";
    in
    lib.throwIf (args ? url == args ? urls) "fetchurl: exactly one of url and urls must be given" (
      backend.fetch {
        kind = "url";
        url = builtins.head urls;
        name = args.name or (baseNameOf (builtins.head urls));
        hash = checkHash who (args.hash or "");
      }
    );

  # --- Python ---

  packageArguments = [
    "pname"
    "version"
    "pyproject"
    "__structuredAttrs"
    "format"
    "disabled"
    "src"
    "sourceRoot"
    "patches"
    "prePatch"
    "postPatch"
    "preBuild"
    "postInstall"
    "dontStrip"
    "build-system"
    "dependencies"
    "optional-dependencies"
    "nativeBuildInputs"
    "buildInputs"
    "pythonRelaxDeps"
    "pythonRemoveDeps"
    "pythonImportsCheck"
    "doCheck"
    "env"
    "passthru"
    "meta"
  ];

  isModuleOf = python: x: lib.isDerivation x && (x.pythonModule.pythonAttr or null) == python.pythonAttr;

  checkModules =
    python: who: field: list:
    lib.throwIfNot (builtins.isList list) "${who}: ${field} is no list" (
      map (
        x:
        if isModuleOf python x then
          x
        else if lib.isDerivation x then
          throw "${who}: ${field} has '${x.name}', which is no Python module of ${python.pythonAttr}"
        else
          throw "${who}: ${field} has a ${builtins.typeOf x}, which is no Python module"
      ) list
    );

  checkStrings =
    who: field: value:
    let
      right = value == true || (builtins.isList value && builtins.all builtins.isString value);
    in
    lib.throwIfNot right "${who}: ${field} must be a list of strings" value;

  buildPythonPackage =
    python: given:
    let
      args =
        if !builtins.isFunction given then
          given
        else if takesFunctions then
          lib.fix given
        else
          throw "buildPythonPackage: an attribute set is wanted: nixpkgs takes a function from 26.05 on only";
      who = "${args.pname or (throw "buildPythonPackage: no pname")} (buildPythonPackage)";
      dependencies = checkModules python who "dependencies" (args.dependencies or [ ]);
      buildSystem = checkModules python who "build-system" (args.build-system or [ ]);
      extras = lib.mapAttrs (name: checkModules python who "optional-dependencies.${name}") (
        args.optional-dependencies or { }
      );
      checked = args // {
        pythonRelaxDeps = checkStrings who "pythonRelaxDeps" (args.pythonRelaxDeps or [ ]);
        pythonRemoveDeps = checkStrings who "pythonRemoveDeps" (args.pythonRemoveDeps or [ ]);
        pythonImportsCheck = checkStrings who "pythonImportsCheck" (args.pythonImportsCheck or [ ]);
      };
      format =
        args.format or (
          if !(args ? pyproject) then
            throw "${who}: neither pyproject nor format is set"
          else if args.pyproject then
            "pyproject"
          else
            "other"
        );
      wheelVersion = versions.${args.pname} or args.version;
    in
    lib.throwIf (args ? propagatedBuildInputs)
      "${who}: propagatedBuildInputs is the old form, use dependencies"
      (
        lib.throwIf (args ? pyproject && args ? format) "${who}: both pyproject and format are set" (
          lib.throwIf (args.disabled or false) "${who}: not supported for ${python.pythonAttr}" (
            lib.throwIf (wheelVersion != args.version)
              "${who}: the version is '${args.version}', the wheel of the release says '${wheelVersion}'"
              (
                withMeta
                  (backend.build python (checkArguments who packageArguments checked // { inherit format; })
                    dependencies
                    buildSystem
                  )
                  (
                    args
                    // {
                      passthru = {
                        pythonModule = python;
                        inherit dependencies;
                        build-system = buildSystem;
                        optional-dependencies = builtins.deepSeq extras extras;
                        requiredPythonModules = dependencies;
                      }
                      // (args.passthru or { });
                    }
                  )
              )
          )
        )
      );

  # A Python package that nixpkgs has: one entry of the table.
  listedPackage =
    python: self: attr: entry:
    let
      named = map (name: self.${name} or (throw "table: ${attr} wants ${name}"));
      dependencies = named (entry.deps or [ ]);
    in
    withMeta (backend.listed python attr entry dependencies) {
      pname = attr;
      inherit (entry) version;
      passthru = {
        pythonModule = python;
        inherit dependencies;
        requiredPythonModules = dependencies;
        optional-dependencies = lib.mapAttrs (_: named) (entry.extras or { });
      };
    };

  pythonSet =
    pkgs: python:
    lib.makeScope pkgs.newScope (
      self:
      {
        inherit python;
        inherit (python) pythonVersion;
        pythonOlder = lib.versionOlder python.pythonVersion;
        pythonAtLeast = lib.versionAtLeast python.pythonVersion;
        buildPythonPackage = buildPythonPackage python;
        buildPythonApplication = buildPythonPackage python;
        inherit fetchPypi;
      }
      // lib.mapAttrs (listedPackage python self) table
    );

  # `pkgs` and `withPackages` are of the interpreter's own set: extending python313Packages
  # does not change them. The same trap as in nixpkgs.
  interpreter =
    pkgs: pythonAttr: pythonVersion:
    let
      python = backend.python pythonAttr pythonVersion // {
        inherit pythonAttr pythonVersion;
        sitePackages = "lib/python${pythonVersion}/site-packages";
        executable = "python${pythonVersion}";
        pkgs = pythonSet pkgs python;
        withPackages =
          choose: backend.env python (checkModules python "withPackages" "the list" (choose python.pkgs));
      };
    in
    python;

  # --- the rest ---

  runCommand =
    name: attributes: script:
    withMeta (backend.command name (removeAttrs attributes [
      "meta"
      "passthru"
      "pname"
      "version"
    ]) script) attributes;

  joined =
    arguments:
    let
      args = checkArguments "buildEnv" [
        "name"
        "pname"
        "version"
        "paths"
        "pathsToLink"
        "ignoreCollisions"
        "postBuild"
        "passthru"
        "meta"
      ] arguments;
      name = args.name or "${args.pname}-${args.version}";
    in
    withMeta (backend.command name { inherit (args) paths; } ''
      mkdir -p "$out"
      for path in $paths; do
        for part in bin lib share; do
          if [ -d "$path/$part" ]; then
            mkdir -p "$out/$part"
            cp -rs --no-preserve=mode -n "$path/$part/." "$out/$part/"
          fi
        done
      done
      ${args.postBuild or ""}
    '') args;

  # What is built without a set of its own. In the laboratory it runs where it says how it is installed.
  mkDerivation =
    arguments:
    let
      args = checkArguments "mkDerivation" [
        "pname"
        "version"
        "src"
        "dontBuild"
        "makeFlags"
        "installPhase"
        "meta"
      ] arguments;
    in
    withMeta (backend.command "${args.pname}-${args.version}" { inherit (args) src; } ''
      cp -r --no-preserve=mode "$src/." .
      ${args.installPhase or "make install ${toString args.makeFlags}"}
    '') args;

  # A builder of another language: what it is called, and its second hash.
  builder =
    who: hash: arguments:
    let
      args = checkArguments who [
        "pname"
        "version"
        "src"
        hash
        "meta"
      ] arguments;
    in
    builtins.seq (checkHash "${who} ${args.pname}" (args.${hash} or "")) (
      withMeta (backend.command "${args.pname}-${args.version}" { inherit (args) src; } "exit 1") args
    );

  shell =
    arguments:
    let
      args = checkArguments "mkShell" [
        "name"
        "packages"
        "shellHook"
      ] arguments;
    in
    backend.command (args.name or "nix-shell") { inherit (args) packages; } "exit 1";

  parts = builtins.match "(.*)-(.*)" system;
  hostPlatform = {
    inherit system;
    isLinux = builtins.elemAt parts 1 == "linux";
    isDarwin = builtins.elemAt parts 1 == "darwin";
    isx86_64 = builtins.elemAt parts 0 == "x86_64";
    isAarch64 = builtins.elemAt parts 0 == "aarch64";
  };

  # A tool of nixpkgs that is a name here, and nothing else.
  hook = name: withMeta (backend.command name { } "mkdir -p $out") { };
in
lib.makeExtensible (
  self:
  {
    inherit
      lib
      system
      fetchFromGitHub
      fetchPypi
      fetchurl
      runCommand
      ;
    runtimeShell = "/bin/sh";
    pkgs = self;
    newScope = extra: lib.callPackageWith (self // extra);
    callPackage = self.newScope { };
    stdenv = {
      inherit system hostPlatform;
      inherit (hostPlatform) isLinux isDarwin;
      cc.cc.lib = hook "gcc-lib";
      inherit mkDerivation;
    };
    rustPlatform.buildRustPackage = builder "buildRustPackage" "cargoHash";
    buildGoModule = builder "buildGoModule" "vendorHash";
    mkShell = shell;
    buildEnv = joined;
    symlinkJoin = joined;
    autoPatchelfHook = hook "auto-patchelf-hook";
    zlib = hook "zlib";
    config = { };
  }
  // lib.mapAttrs (interpreter self) pythons
  // lib.mapAttrs' (attr: _: lib.nameValuePair "${attr}Packages" self.${attr}.pkgs) pythons
)
