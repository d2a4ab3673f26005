# The list of Python packages of a small nixpkgs, for what `floxwright export` writes: every name that the stub has.
self: super: with self; {

  bootstrap = lib.id { };

  adbc-driver-snowflake = super.adbc-driver-snowflake;

  adlfs = super.adlfs;

  aiohappyeyeballs = super.aiohappyeyeballs;

  aiohttp = super.aiohttp;

  aiosignal = super.aiosignal;

  alembic = super.alembic;

  annotated-doc = super.annotated-doc;

  annotated-types = super.annotated-types;

  antlr4-python3-runtime = super.antlr4-python3-runtime;

  anyio = super.anyio;

  attrs = super.attrs;

  avro = super.avro;

  azure-ai-ml = super.azure-ai-ml;

  azure-core = super.azure-core;

  azure-identity = super.azure-identity;

  azure-storage-blob = super.azure-storage-blob;

  azure-storage-file-datalake = super.azure-storage-file-datalake;

  babel = super.babel;

  backoff = super.backoff;

  bokeh = super.bokeh;

  boto3 = super.boto3;

  cattrs = super.cattrs;

  celery = super.celery;

  certifi = super.certifi;

  cffi = super.cffi;

  charset-normalizer = super.charset-normalizer;

  click = super.click;

  click-aliases = super.click-aliases;

  click-spinner = super.click-spinner;

  clickhouse-driver = super.clickhouse-driver;

  coloredlogs = super.coloredlogs;

  confluent-kafka = super.confluent-kafka;

  croniter = super.croniter;

  cryptography = super.cryptography;

  dask = super.dask;

  databricks-cli = super.databricks-cli;

  databricks-sdk = super.databricks-sdk;

  datadog = super.datadog;

  db-dtypes = super.db-dtypes;

  dbt-adapters = super.dbt-adapters;

  dbt-common = super.dbt-common;

  dbt-core = super.dbt-core;

  dbt-postgres = super.dbt-postgres;

  deltalake = super.deltalake;

  distributed = super.distributed;

  docker = super.docker;

  docstring-parser = super.docstring-parser;

  duckdb = super.duckdb;

  filelock = super.filelock;

  flask = super.flask;

  flask-appbuilder = super.flask-appbuilder;

  flit-core = super.flit-core;

  frozenlist = super.frozenlist;

  fsspec = super.fsspec;

  gcsfs = super.gcsfs;

  gitdb = super.gitdb;

  github3-py = super.github3-py;

  gitpython = super.gitpython;

  google-api-python-client = super.google-api-python-client;

  google-auth = super.google-auth;

  google-cloud-bigquery = super.google-cloud-bigquery;

  google-cloud-storage = super.google-cloud-storage;

  gql = super.gql;

  graphene = super.graphene;

  graphql-core = super.graphql-core;

  graphql-relay = super.graphql-relay;

  great-expectations = super.great-expectations;

  greenlet = super.greenlet;

  grpcio = super.grpcio;

  grpcio-health-checking = super.grpcio-health-checking;

  grpcio-status = super.grpcio-status;

  grpcio-tools = super.grpcio-tools;

  gunicorn = super.gunicorn;

  h11 = super.h11;

  hatch-vcs = super.hatch-vcs;

  hatchling = super.hatchling;

  httpcore = super.httpcore;

  httptools = super.httptools;

  httpx = super.httpx;

  humanfriendly = super.humanfriendly;

  idna = super.idna;

  importlib-resources = super.importlib-resources;

  iniconfig = super.iniconfig;

  ipykernel = super.ipykernel;

  ipython-genutils = super.ipython-genutils;

  jinja2 = super.jinja2;

  jsonschema = super.jsonschema;

  jsonschema-specifications = super.jsonschema-specifications;

  jupyter-client = super.jupyter-client;

  kubernetes = super.kubernetes;

  lazy-object-proxy = super.lazy-object-proxy;

  looker-sdk = super.looker-sdk;

  mako = super.mako;

  markdown = super.markdown;

  markdown-it-py = super.markdown-it-py;

  markupsafe = super.markupsafe;

  mashumaro = super.mashumaro;

  mdurl = super.mdurl;

  mlflow = super.mlflow;

  multidict = super.multidict;

  mysql-connector-python = super.mysql-connector-python;

  nbconvert = super.nbconvert;

  networkx = super.networkx;

  numpy = super.numpy;

  oauth2client = super.oauth2client;

  openai = super.openai;

  opentelemetry-api = super.opentelemetry-api;

  opentelemetry-exporter-otlp-proto-grpc = super.opentelemetry-exporter-otlp-proto-grpc;

  opentelemetry-exporter-otlp-proto-http = super.opentelemetry-exporter-otlp-proto-http;

  opentelemetry-sdk = super.opentelemetry-sdk;

  orjson = super.orjson;

  packaging = super.packaging;

  pandas = super.pandas;

  pandera = super.pandera;

  papermill = super.papermill;

  paramiko = super.paramiko;

  pathlib-abc = super.pathlib-abc;

  pathspec = super.pathspec;

  pendulum = super.pendulum;

  pex = super.pex;

  platformdirs = super.platformdirs;

  pluggy = super.pluggy;

  poetry-core = super.poetry-core;

  polars = super.polars;

  prefect = super.prefect;

  prometheus-client = super.prometheus-client;

  prompt-toolkit = super.prompt-toolkit;

  propcache = super.propcache;

  protobuf = super.protobuf;

  psycopg2 = super.psycopg2;

  pyarrow = super.pyarrow;

  pycparser = super.pycparser;

  pydantic = super.pydantic;

  pydantic-core = super.pydantic-core;

  pygments = super.pygments;

  pyjwt = super.pyjwt;

  pymysql = super.pymysql;

  pyopenssl = super.pyopenssl;

  pyspark = super.pyspark;

  pytest = super.pytest;

  python-dateutil = super.python-dateutil;

  python-dotenv = super.python-dotenv;

  python-jose = super.python-jose;

  python-multipart = super.python-multipart;

  pytz = super.pytz;

  pyyaml = super.pyyaml;

  questionary = super.questionary;

  referencing = super.referencing;

  requests = super.requests;

  requests-mock = super.requests-mock;

  requests-toolbelt = super.requests-toolbelt;

  rich = super.rich;

  rpds-py = super.rpds-py;

  s3fs = super.s3fs;

  setuptools = super.setuptools;

  setuptools-scm = super.setuptools-scm;

  shellingham = super.shellingham;

  six = super.six;

  slack-sdk = super.slack-sdk;

  smmap = super.smmap;

  snowflake-connector-python = super.snowflake-connector-python;

  snowflake-core = super.snowflake-core;

  snowflake-sqlalchemy = super.snowflake-sqlalchemy;

  sqlalchemy = super.sqlalchemy;

  sqlglot = super.sqlglot;

  sshtunnel = super.sshtunnel;

  starlette = super.starlette;

  structlog = super.structlog;

  tableauserverclient = super.tableauserverclient;

  tabulate = super.tabulate;

  termcolor = super.termcolor;

  tomli = super.tomli;

  tomlkit = super.tomlkit;

  toposort = super.toposort;

  tqdm = super.tqdm;

  trove-classifiers = super.trove-classifiers;

  twilio = super.twilio;

  typer = super.typer;

  typing-extensions = super.typing-extensions;

  typing-inspection = super.typing-inspection;

  tzdata = super.tzdata;

  universal-pathlib = super.universal-pathlib;

  uritemplate = super.uritemplate;

  urllib3 = super.urllib3;

  uvicorn = super.uvicorn;

  uvloop = super.uvloop;

  validators = super.validators;

  vcs-versioning = super.vcs-versioning;

  wandb = super.wandb;

  watchdog = super.watchdog;

  watchfiles = super.watchfiles;

  wcwidth = super.wcwidth;

  websockets = super.websockets;

  wheel = super.wheel;

  yarl = super.yarl;

  yaspin = super.yaspin;
}
