# Dagster in one closure: the packages, and the environment in which they run together.
{
  lib,
  fetchPypi,
  python313Packages,
  runCommand,
}:

let
  release = {
    version = "1.13.27";
    source = null;
    packages = {
      create-dagster = {
        version = "1.13.27";
        hash = "sha256-oIuwyf+WQkmSAQmLbxvCwOF2tJFQghLOMdLDbuI6d8Y=";
      };
      dagster = {
        version = "1.13.27";
        hash = "sha256-5YL1MM0WBg5Q5U/6f94aCgJ16YYVkA+NPFddkf1pTbQ=";
      };
      dagster-cloud-cli = {
        version = "1.13.27";
        hash = "sha256-ZnQfidKr8mq5S/A+y9u7NGD7lJWvnWBs2tZy0F1KXQ8=";
      };
      dagster-dg-cli = {
        version = "1.13.27";
        hash = "sha256-Yt+XP03LDoE2jhvGB91ztuElCsLPS4f39LYPFL53QZ8=";
      };
      dagster-dg-core = {
        version = "1.13.27";
        hash = "sha256-KAFDO2AQP2NS49ySU/RV1F/aYP7ARounKurh6gWZiFY=";
      };
      dagster-graphql = {
        version = "1.13.27";
        hash = "sha256-H8edzKLG+dFQzHt3X8A5XqRTt/A5y2ak+dMN9fTsagc=";
      };
      dagster-pipes = {
        version = "1.13.27";
        hash = "sha256-caO7dzgowJboBWhnNX4DrccIP87zlpcLsnJhQsHWlo0=";
      };
      dagster-rest-resources = {
        version = "0.29.27";
        hash = "sha256-tafolFpo10eysdRdfe/aSI+tqDkfhIzyBqJmbrBnMSY=";
      };
      dagster-shared = {
        version = "1.13.27";
        hash = "sha256-7PIYc1bXekJwwSuQI9WJqq20O/YrZKi/xV9QnbTb1Qk=";
      };
      dagster-webserver = {
        version = "1.13.27";
        hash = "sha256-N1u7WQGzz8KLVKjTT6iwKZ4BhCdlLd7oShspKkO+HHw=";
      };
    };
  };

  dagster-pipes = python313Packages.buildPythonPackage {
    pname = "dagster-pipes";
    inherit (release.packages.dagster-pipes) version;
    pyproject = true;

    src = fetchPypi {
      pname = "dagster_pipes";
      inherit (release.packages.dagster-pipes) version hash;
    };

    build-system = [ python313Packages.hatchling ];

    # The test suite needs the development extras of the whole monorepo.
    doCheck = false;

    pythonImportsCheck = [ "dagster_pipes" ];

    meta = {
      description = "Toolkit for Dagster integrations with transform logic outside of Dagster";
      homepage = "https://github.com/dagster-io/dagster/tree/${release.version}/python_modules/dagster-pipes";
      changelog = "https://github.com/dagster-io/dagster/releases/tag/${release.version}";
      license = lib.licenses.asl20;
    };
  };

  dagster-shared = python313Packages.buildPythonPackage {
    pname = "dagster-shared";
    inherit (release.packages.dagster-shared) version;
    pyproject = true;

    src = fetchPypi {
      pname = "dagster_shared";
      inherit (release.packages.dagster-shared) version hash;
    };

    build-system = [ python313Packages.hatchling ];

    # Upper bounds of the release. Each entry takes effect only where nixpkgs is past the bound.
    pythonRelaxDeps =
      with python313Packages;
      lib.optional (lib.versionAtLeast pydantic.version "3") "pydantic"
      ++ lib.optional (lib.versionAtLeast typing-extensions.version "5") "typing-extensions";

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
  };

  dagster = python313Packages.buildPythonPackage {
    pname = "dagster";
    inherit (release.packages.dagster) version;
    pyproject = true;

    src = fetchPypi {
      pname = "dagster";
      inherit (release.packages.dagster) version hash;
    };

    build-system = [ python313Packages.hatchling ];

    # Upper bounds of the release. Each entry takes effect only where nixpkgs is past the bound.
    pythonRelaxDeps =
      with python313Packages;
      lib.optional (lib.versionAtLeast antlr4-python3-runtime.version "4.14") "antlr4-python3-runtime"
      ++ lib.optional (lib.versionAtLeast click.version "9") "click"
      ++ lib.optional (lib.versionOlder "14.0" coloredlogs.version) "coloredlogs"
      ++ lib.optional (lib.versionAtLeast grpcio-health-checking.version "1.82") "grpcio-health-checking"
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
  };

  dagster-cloud-cli = python313Packages.buildPythonPackage {
    pname = "dagster-cloud-cli";
    inherit (release.packages.dagster-cloud-cli) version;
    pyproject = true;

    src = fetchPypi {
      pname = "dagster_cloud_cli";
      inherit (release.packages.dagster-cloud-cli) version hash;
    };

    build-system = [ python313Packages.hatchling ];

    dependencies = [
      dagster-shared
    ]
    ++ (with python313Packages; [
      click
      github3-py
      gitpython
      jinja2
      packaging
      pyyaml
      questionary
      requests
      setuptools
      typer
      validators
    ]);

    # The test suite needs the development extras of the whole monorepo.
    doCheck = false;

    pythonImportsCheck = [ "dagster_cloud_cli" ];

    meta = {
      description = "Programs for Dagster+, the hosted Dagster";
      homepage = "https://github.com/dagster-io/dagster/tree/${release.version}/python_modules/libraries/dagster-cloud-cli";
      changelog = "https://github.com/dagster-io/dagster/releases/tag/${release.version}";
      license = lib.licenses.asl20;
      mainProgram = "dagster-cloud";
    };
  };

  dagster-dg-core = python313Packages.buildPythonPackage {
    pname = "dagster-dg-core";
    inherit (release.packages.dagster-dg-core) version;
    pyproject = true;

    src = fetchPypi {
      pname = "dagster_dg_core";
      inherit (release.packages.dagster-dg-core) version hash;
    };

    build-system = [ python313Packages.hatchling ];

    # Upper bounds of the release. Each entry takes effect only where nixpkgs is past the bound.
    # No entry for click<9,>=8: the relax hook goes by prefix and would hit click-aliases
    # as well.
    pythonRelaxDeps =
      with python313Packages;
      lib.optional (lib.versionAtLeast tomlkit.version "0.16") "tomlkit"
      ++ lib.optional (lib.versionAtLeast typer.version "1") "typer"
      ++ lib.optional (lib.versionAtLeast typing-extensions.version "5") "typing-extensions";

    dependencies = [
      dagster-cloud-cli
      dagster-shared
    ]
    ++ (with python313Packages; [
      click
      click-aliases
      gql
      jinja2
      jsonschema
      markdown
      packaging
      python-dotenv
      pyyaml
      rich
      setuptools
      tomlkit
      typer
      typing-extensions
      watchdog
      yaspin
    ])
    ++ python313Packages.gql.optional-dependencies.requests;

    # The test suite needs the development extras of the whole monorepo.
    doCheck = false;

    pythonImportsCheck = [ "dagster_dg_core" ];

    meta = {
      description = "Code shared between the dg programs";
      homepage = "https://github.com/dagster-io/dagster/tree/${release.version}/python_modules/libraries/dagster-dg-core";
      changelog = "https://github.com/dagster-io/dagster/releases/tag/${release.version}";
      license = lib.licenses.asl20;
    };
  };

  create-dagster = python313Packages.buildPythonPackage {
    pname = "create-dagster";
    inherit (release.packages.create-dagster) version;
    pyproject = true;

    src = fetchPypi {
      pname = "create_dagster";
      inherit (release.packages.create-dagster) version hash;
    };

    build-system = [ python313Packages.hatchling ];

    dependencies = [ dagster-dg-core ];

    # The test suite needs the development extras of the whole monorepo.
    doCheck = false;

    pythonImportsCheck = [ "create_dagster" ];

    meta = {
      description = "Program that creates Dagster projects and workspaces";
      homepage = "https://github.com/dagster-io/dagster/tree/${release.version}/python_modules/libraries/create-dagster";
      changelog = "https://github.com/dagster-io/dagster/releases/tag/${release.version}";
      license = lib.licenses.asl20;
      mainProgram = "create-dagster";
    };
  };

  dagster-graphql = python313Packages.buildPythonPackage {
    pname = "dagster-graphql";
    inherit (release.packages.dagster-graphql) version;
    pyproject = true;

    src = fetchPypi {
      pname = "dagster_graphql";
      inherit (release.packages.dagster-graphql) version hash;
    };

    build-system = [ python313Packages.hatchling ];

    # Upper bounds of the release. Each entry takes effect only where nixpkgs is past the bound.
    pythonRelaxDeps =
      with python313Packages;
      lib.optional (lib.versionAtLeast gql.version "5") "gql"
      ++ lib.optional (lib.versionAtLeast graphene.version "4") "graphene";

    dependencies = [
      dagster
    ]
    ++ (with python313Packages; [
      gql
      graphene
      requests
      starlette
    ])
    ++ python313Packages.gql.optional-dependencies.requests;

    # The test suite needs the development extras of the whole monorepo.
    doCheck = false;

    pythonImportsCheck = [ "dagster_graphql" ];

    meta = {
      description = "GraphQL frontend to Dagster";
      homepage = "https://github.com/dagster-io/dagster/tree/${release.version}/python_modules/dagster-graphql";
      changelog = "https://github.com/dagster-io/dagster/releases/tag/${release.version}";
      license = lib.licenses.asl20;
      mainProgram = "dagster-graphql";
    };
  };

  dagster-rest-resources = python313Packages.buildPythonPackage {
    pname = "dagster-rest-resources";
    inherit (release.packages.dagster-rest-resources) version;
    pyproject = true;

    src = fetchPypi {
      pname = "dagster_rest_resources";
      inherit (release.packages.dagster-rest-resources) version hash;
    };

    build-system = [ python313Packages.hatchling ];

    dependencies = [
      dagster-shared
    ]
    ++ (with python313Packages; [
      httpx
      pydantic
    ]);

    # The test suite needs the development extras of the whole monorepo.
    doCheck = false;

    pythonImportsCheck = [ "dagster_rest_resources" ];

    meta = {
      description = "Resources of the REST API of Dagster+";
      homepage = "https://github.com/dagster-io/dagster/tree/${release.version}/python_modules/libraries/dagster-rest-resources";
      changelog = "https://github.com/dagster-io/dagster/releases/tag/${release.version}";
      license = lib.licenses.asl20;
    };
  };

  dagster-dg-cli = python313Packages.buildPythonPackage {
    pname = "dagster-dg-cli";
    inherit (release.packages.dagster-dg-cli) version;
    pyproject = true;

    src = fetchPypi {
      pname = "dagster_dg_cli";
      inherit (release.packages.dagster-dg-cli) version hash;
    };

    build-system = [ python313Packages.hatchling ];

    dependencies = [
      dagster
      dagster-cloud-cli
      dagster-dg-core
      dagster-rest-resources
    ]
    ++ (with python313Packages; [
      requests
      typer
    ]);

    # The test suite needs the development extras of the whole monorepo.
    doCheck = false;

    pythonImportsCheck = [ "dagster_dg_cli" ];

    meta = {
      description = "Program dg for Dagster projects and components";
      homepage = "https://github.com/dagster-io/dagster/tree/${release.version}/python_modules/libraries/dagster-dg-cli";
      changelog = "https://github.com/dagster-io/dagster/releases/tag/${release.version}";
      license = lib.licenses.asl20;
      mainProgram = "dg";
    };
  };

  dagster-webserver = python313Packages.buildPythonPackage {
    pname = "dagster-webserver";
    inherit (release.packages.dagster-webserver) version;
    pyproject = true;

    src = fetchPypi {
      pname = "dagster_webserver";
      inherit (release.packages.dagster-webserver) version hash;
    };

    build-system = [ python313Packages.hatchling ];

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
  };

  # Dagster's programs on one interpreter that sees every package above. `dagster dev`, the
  # daemon and the code servers start further processes with sys.executable, and the
  # instance loads its storage classes by name, so neither the programs of the single
  # packages nor a buildEnv of them would do.
  environment = python313Packages.python.withPackages (_: [
    create-dagster
    dagster
    dagster-cloud-cli
    dagster-dg-cli
    dagster-dg-core
    dagster-graphql
    dagster-pipes
    dagster-rest-resources
    dagster-shared
    dagster-webserver
  ]);
in
runCommand "dagster-complete-${release.version}"
  {
    pname = "dagster-complete";
    inherit (release) version;

    passthru = { inherit environment; };

    meta = {
      description = "Dagster with its web UI, GraphQL API, create-dagster, the Dagster+ programs and dg";
      homepage = "https://dagster.io";
      changelog = "https://github.com/dagster-io/dagster/releases/tag/${release.version}";
      license = lib.licenses.asl20;
      mainProgram = "dagster";
    };
  }
  # Only these programs: a bin/python of ours would collide with the one that a Flox
  # environment installs. dagster-python is the interpreter under a name of its own.
  ''
    mkdir -p "$out/bin"
    for program in \
      create-dagster \
      dagster \
      dagster-cloud \
      dagster-daemon \
      dagster-graphql \
      dagster-plus \
      dagster-webserver \
      dagster-webserver-debug \
      dg
    do
      test -x "${environment}/bin/$program"
      ln -s "${environment}/bin/$program" "$out/bin/$program"
    done
    printf '#!/bin/sh\nexec %s/bin/python3 "$@"\n' "${environment}" > "$out/bin/dagster-python"
    chmod +x "$out/bin/dagster-python"
  ''
