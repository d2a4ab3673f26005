{
  lib,
  dagster-pipes,
  dagster-shared,
  dagster-src,
  python313Packages,
}:

let
  release = lib.importJSON ./release.json;
in
python313Packages.buildPythonPackage {
  pname = "dagster";
  inherit (release.packages.dagster) version;
  pyproject = true;

  src = dagster-src;
  sourceRoot = "${dagster-src.name}/python_modules/dagster";

  build-system = [ python313Packages.setuptools ];

  # Upper bounds of the release. Each entry takes effect only where nixpkgs is past the bound.
  pythonRelaxDeps =
    with python313Packages;
    lib.optional (lib.versionAtLeast click.version "9") "click"
    ++ lib.optional (lib.versionOlder "14.0" coloredlogs.version) "coloredlogs"
    ++ lib.optional (lib.versionAtLeast protobuf.version "7") "protobuf"
    ++ lib.optional (lib.versionAtLeast sqlalchemy.version "3") "sqlalchemy"
    ++ lib.optional (lib.versionAtLeast tomli.version "3") "tomli"
    ++ lib.optional (lib.versionAtLeast tqdm.version "5") "tqdm"
    ++ lib.optional (lib.versionAtLeast watchdog.version "7") "watchdog";

  dependencies = [
    dagster-pipes
    dagster-shared
  ]
  ++ (with python313Packages; [
    alembic
    antlr4-python3-runtime
    click
    coloredlogs
    docstring-parser
    filelock
    grpcio
    grpcio-health-checking
    jinja2
    protobuf
    python-dotenv
    pytz
    requests
    rich
    setuptools
    six
    sqlalchemy
    structlog
    tabulate
    tomli
    toposort
    tqdm
    tzdata
    universal-pathlib
    watchdog
  ]);

  optional-dependencies = {
    docker = with python313Packages; [ docker ];
  };

  # The test suite needs servers that the build sandbox does not have.
  doCheck = false;

  pythonImportsCheck = [ "dagster" ];

  meta = {
    description = "Orchestration platform for the development, production, and observation of data assets";
    homepage = "https://github.com/dagster-io/dagster/tree/${release.version}/python_modules/dagster";
    changelog = "https://github.com/dagster-io/dagster/releases/tag/${release.version}";
    license = lib.licenses.asl20;
    mainProgram = "dagster";
  };
}
