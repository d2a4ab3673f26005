{
  lib,
  dagster,
  dagster-graphql,
  fetchPypi,
  python313Packages,
}:

let
  release = lib.importJSON ./release.json;
in
python313Packages.buildPythonPackage {
  pname = "dagster-webserver";
  inherit (release.packages.dagster-webserver) version;
  pyproject = true;

  # Not dagster-src: the web UI is built when a release is made. The sdist carries the
  # result, the git tree does not.
  src = fetchPypi {
    pname = "dagster_webserver";
    inherit (release.packages.dagster-webserver) version hash;
  };

  build-system = [ python313Packages.setuptools ];

  # Upper bounds of the release. Each entry takes effect only where nixpkgs is past the bound.
  pythonRelaxDeps =
    with python313Packages;
    lib.optional (lib.versionAtLeast click.version "9") "click";

  dependencies = [
    dagster
    dagster-graphql
  ]
  ++ (with python313Packages; [
    click
    starlette
    uvicorn
  ])
  ++ python313Packages.uvicorn.optional-dependencies.standard;

  optional-dependencies = {
    notebook = with python313Packages; [ nbconvert ];
  };

  # Importing the module works without the UI as well, so look for the UI itself.
  postInstall = ''
    test -f "$out/${python313Packages.python.sitePackages}/dagster_webserver/webapp/build/index.html"
  '';

  # The test suite needs the development extras of the whole monorepo.
  doCheck = false;

  pythonImportsCheck = [ "dagster_webserver" ];

  meta = {
    description = "Web UI for Dagster";
    homepage = "https://github.com/dagster-io/dagster/tree/${release.version}/python_modules/dagster-webserver";
    changelog = "https://github.com/dagster-io/dagster/releases/tag/${release.version}";
    license = lib.licenses.asl20;
    mainProgram = "dagster-webserver";
  };
}
