{
  lib,
  dagster,
  dagster-src,
  python313Packages,
}:

let
  release = lib.importJSON ./release.json;
in
python313Packages.buildPythonPackage {
  pname = "dagster-postgres";
  inherit (release.packages.dagster-postgres) version;
  pyproject = true;

  src = dagster-src;
  sourceRoot = "${dagster-src.name}/python_modules/libraries/dagster-postgres";

  build-system = [ python313Packages.setuptools ];

  # psycopg2 stands in for psycopg2-binary: the same module, on every nixpkgs.
  pythonRemoveDeps = [ "psycopg2-binary" ];

  dependencies = [ dagster ] ++ (with python313Packages; [ psycopg2 ]);

  # The test suite needs a PostgreSQL server.
  doCheck = false;

  pythonImportsCheck = [ "dagster_postgres" ];

  meta = {
    description = "Dagster integration for PostgreSQL";
    homepage = "https://github.com/dagster-io/dagster/tree/${release.version}/python_modules/libraries/dagster-postgres";
    changelog = "https://github.com/dagster-io/dagster/releases/tag/${release.version}";
    license = lib.licenses.asl20;
  };
}
