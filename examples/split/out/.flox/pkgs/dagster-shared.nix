{
  lib,
  dagster-src,
  python313Packages,
}:

let
  release = lib.importJSON ./release.json;
in
python313Packages.buildPythonPackage {
  pname = "dagster-shared";
  inherit (release.packages.dagster-shared) version;
  pyproject = true;

  src = dagster-src;
  sourceRoot = "${dagster-src.name}/python_modules/libraries/dagster-shared";

  build-system = [ python313Packages.setuptools ];

  # Upper bounds of the release. Each entry takes effect only where nixpkgs is past the bound.
  pythonRelaxDeps =
    with python313Packages;
    lib.optional (lib.versionAtLeast pydantic.version "3") "pydantic"
    ++ lib.optional (lib.versionAtLeast typing-extensions.version "5") "typing_extensions";

  dependencies = with python313Packages; [
    packaging
    platformdirs
    pydantic
    pyyaml
    tomlkit
    typing-extensions
  ];

  # The test suite needs the development extras of the whole monorepo.
  doCheck = false;

  pythonImportsCheck = [ "dagster_shared" ];

  meta = {
    description = "Code shared between the Dagster packages";
    homepage = "https://github.com/dagster-io/dagster/tree/${release.version}/python_modules/libraries/dagster-shared";
    changelog = "https://github.com/dagster-io/dagster/releases/tag/${release.version}";
    license = lib.licenses.asl20;
  };
}
