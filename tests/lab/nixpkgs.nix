# nixpkgs for real builds: the shared package set over wheels and the host's bare Python.
{
  lib,
  hostPython, # an executable of Python 3.13 with pip; what else it has is not seen
  system ? builtins.currentSystem,
}:
let
  wheels = lib.importJSON ./wheels.json;
  sources = lib.importJSON ./sources.json;
  sitePackages = "lib/python3.13/site-packages";

  # The trap: Nix kills a builder once its output is closed, and on some kernels that hits one that
  # is just ending well. A child that holds the output for a moment prevents it.
  raw =
    name: attributes: script:
    derivation (
      {
        inherit name system;
        builder = "/bin/bash";
        args = [
          "-euo"
          "pipefail"
          "-c"
          "trap 'sleep 0.1 &' EXIT\n${script}"
        ];
        PATH = "/usr/local/bin:/usr/bin:/bin";
        LANG = "C.UTF-8";
      }
      // attributes
    )
    // {
      inherit name;
    };

  # One file, whose hash Nix verifies.
  fetched =
    {
      name,
      hash,
      project ? "",
      url ? "",
    }:
    raw name {
      inherit project url;
      file = name;
      outputHash = hash;
      outputHashMode = "flat";
      impureEnvVars = [
        "FLOXWRIGHT_LAB_DOWNLOADS"
        "HOME"
        "PIP_CERT"
        "PIP_CONFIG_FILE"
        "PIP_INDEX_URL"
        "SSL_CERT_FILE"
        "REQUESTS_CA_BUNDLE"
        "http_proxy"
        "https_proxy"
        "no_proxy"
        "HTTP_PROXY"
        "HTTPS_PROXY"
        "NO_PROXY"
      ];
    } "${hostPython} -s ${./builder/fetch.py}";

  closure =
    packages:
    map (x: x.package) (
      builtins.genericClosure {
        startSet = map keyed packages;
        operator = x: map keyed x.package.requiredPythonModules;
      }
    );
  keyed = package: {
    key = builtins.unsafeDiscardStringContext package.outPath;
    inherit package;
  };
  sites = packages: lib.concatMapStringsSep ":" (p: "${p}/${sitePackages}") (closure packages);

  tools = {
    checkScript = ./builder/check.py;
    installScript = ./builder/install.py;
    relaxScript = ./builder/relax.py;
    wheelScript = ./builder/wheel.py;
    wrapScript = ./builder/wrap.py;
  };

  fileOf =
    entry:
    fetched {
      name = entry.file;
      hash = "sha256:${entry.sha256}";
      project = entry.name;
    };

  # What has no wheel is built as a package of a repository would be.
  ofSdist =
    python: attr: entry: dependencies:
    backend.build python {
      pname = attr;
      inherit (entry) version;
      src = fileOf entry;
      format = "pyproject";
      pythonRelaxDeps = true;
      pythonRemoveDeps = [ ];
      pythonImportsCheck = [ ];
    } dependencies (map (name: python.pkgs.${name}) entry.build-system);

  backend = {
    python =
      _: _:
      raw "python3-bare" { } ''
        ${hostPython} -m venv --without-pip --symlinks "$out"
        cp ${./builder/sitecustomize.py} "$out/${sitePackages}/sitecustomize.py"
        rm -f "$out"/bin/[aA]ctivate*
      '';

    fetch =
      args:
      if args.kind == "github" then
        let
          tag = "${args.owner}/${args.repo}/${args.ref}";
          entry = sources.${tag} or (throw "the laboratory has no tree of ${tag}: see tests/lab/sources.json");
          paths = builtins.attrNames entry.trees;
        in
        raw args.name {
          inherit tag paths;
          inherit (entry) without;
          development = entry.development or "";
          versions = map (path: entry.trees.${path}.file) paths;
          asked = args.hash;
          known = entry.hash;
          sdists = map (
            path:
            fetched {
              name = entry.trees.${path}.file;
              hash = "sha256:${entry.trees.${path}.sha256}";
              inherit (entry.trees.${path}) project;
            }
          ) paths;
        } "source ${./builder/source.sh}"
      else
        fetched (
          {
            inherit (args) name hash;
          }
          // (if args.kind == "pypi" then { project = args.pname; } else { inherit (args) url; })
        );

    listed =
      python: attr: entry: dependencies:
      if entry ? build-system then
        ofSdist python attr entry dependencies
      else
        raw "python3.13-${attr}-${entry.version}"
          {
            inherit python;
            WRAP = sites dependencies;
          }
          ''
            $python/bin/python3.13 -s ${tools.installScript} ${fileOf entry} $python/bin/python3.13 ${sitePackages} ${lib.optionalString entry.renamed attr}
            WRAP_SITES="$out/${sitePackages}''${WRAP:+:$WRAP}" $python/bin/python3.13 -s ${tools.wrapScript} $python
          '';

    build =
      python: args: dependencies: buildSystem:
      raw "python3.13-${args.pname}-${args.version}" (
        tools
        // {
          inherit python sitePackages;
          inherit (args)
            pname
            version
            src
            format
            ;
          sourceRoot = args.sourceRoot or "";
          patches = args.patches or [ ];
          prePatch = args.prePatch or "";
          postPatch = args.postPatch or "";
          preBuild = args.preBuild or "";
          postInstall = args.postInstall or "";
          relax = builtins.toJSON args.pythonRelaxDeps;
          remove = builtins.toJSON args.pythonRemoveDeps;
          imports = args.pythonImportsCheck;
          BUILD_PATH = sites buildSystem;
          DEPS = sites dependencies;
          PACKAGING = "${python.pkgs.packaging}/${sitePackages}";
        }
        // (args.env or { })
      ) "source ${./builder/package.sh}";

    env =
      python: packages:
      raw "python3-3.13-env" {
        inherit python;
        roots = closure packages;
      } "$python/bin/python3.13 -s ${./builder/env.py} $python ${sitePackages}";

    command = raw;
  };
in
import ./../nix/package-set.nix {
  inherit lib system backend;
  table = wheels;
  pythons.python313 = "3.13";
}
