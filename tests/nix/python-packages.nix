# The list of Python packages of a small nixpkgs, for what `floxwright export` writes: every name that the stub has.
self: super: with self; {

  bootstrap = lib.id { };

  adbc-driver-manager = super.adbc-driver-manager;

  adbc-driver-snowflake = super.adbc-driver-snowflake;

  adlfs = super.adlfs;

  agate = super.agate;

  aiobotocore = super.aiobotocore;

  aiofiles = super.aiofiles;

  aiohappyeyeballs = super.aiohappyeyeballs;

  aiohttp = super.aiohttp;

  aiohttp-retry = super.aiohttp-retry;

  aioitertools = super.aioitertools;

  aiosignal = super.aiosignal;

  aiosqlite = super.aiosqlite;

  alembic = super.alembic;

  altair = super.altair;

  amplitude-analytics = super.amplitude-analytics;

  amqp = super.amqp;

  annotated-doc = super.annotated-doc;

  annotated-types = super.annotated-types;

  anthropic = super.anthropic;

  antlr4-python3-runtime = super.antlr4-python3-runtime;

  anyio = super.anyio;

  apispec = super.apispec;

  apprise = super.apprise;

  arro3-core = super.arro3-core;

  asgi-lifespan = super.asgi-lifespan;

  asgiref = super.asgiref;

  asttokens = super.asttokens;

  asyncpg = super.asyncpg;

  attrs = super.attrs;

  authlib = super.authlib;

  avro = super.avro;

  azure-ai-ml = super.azure-ai-ml;

  azure-core = super.azure-core;

  azure-core-tracing-opentelemetry = super.azure-core-tracing-opentelemetry;

  azure-identity = super.azure-identity;

  azure-mgmt-appcontainers = super.azure-mgmt-appcontainers;

  azure-mgmt-core = super.azure-mgmt-core;

  azure-monitor-opentelemetry = super.azure-monitor-opentelemetry;

  azure-monitor-opentelemetry-exporter = super.azure-monitor-opentelemetry-exporter;

  azure-storage-blob = super.azure-storage-blob;

  azure-storage-file-datalake = super.azure-storage-file-datalake;

  azure-storage-file-share = super.azure-storage-file-share;

  babel = super.babel;

  backoff = super.backoff;

  bcrypt = super.bcrypt;

  beartype = super.beartype;

  beautifulsoup4 = super.beautifulsoup4;

  billiard = super.billiard;

  bleach = super.bleach;

  blinker = super.blinker;

  bokeh = super.bokeh;

  boto3 = super.boto3;

  botocore = super.botocore;

  buildkite-test-collector = super.buildkite-test-collector;

  burner-redis = super.burner-redis;

  cached-property = super.cached-property;

  cachetools = super.cachetools;

  cattrs = super.cattrs;

  celery = super.celery;

  certifi = super.certifi;

  cffi = super.cffi;

  charset-normalizer = super.charset-normalizer;

  click = super.click;

  click-aliases = super.click-aliases;

  click-default-group = super.click-default-group;

  click-didyoumean = super.click-didyoumean;

  click-plugins = super.click-plugins;

  click-repl = super.click-repl;

  click-spinner = super.click-spinner;

  clickhouse-driver = super.clickhouse-driver;

  cloudpickle = super.cloudpickle;

  colorama = super.colorama;

  coloredlogs = super.coloredlogs;

  comm = super.comm;

  confluent-kafka = super.confluent-kafka;

  contourpy = super.contourpy;

  coolname = super.coolname;

  cramjam = super.cramjam;

  croniter = super.croniter;

  cronsim = super.cronsim;

  cryptography = super.cryptography;

  cwevals = super.cwevals;

  cycler = super.cycler;

  cyclopts = super.cyclopts;

  cython = super.cython;

  daff = super.daff;

  dask = super.dask;

  dask-jobqueue = super.dask-jobqueue;

  databricks-cli = super.databricks-cli;

  databricks-sdk = super.databricks-sdk;

  datadog = super.datadog;

  dateparser = super.dateparser;

  db-dtypes = super.db-dtypes;

  dbt-adapters = super.dbt-adapters;

  dbt-common = super.dbt-common;

  dbt-core = super.dbt-core;

  dbt-extractor = super.dbt-extractor;

  dbt-postgres = super.dbt-postgres;

  dbt-protos = super.dbt-protos;

  debugpy = super.debugpy;

  decorator = super.decorator;

  deepdiff = super.deepdiff;

  defusedxml = super.defusedxml;

  deltalake = super.deltalake;

  deprecated = super.deprecated;

  distributed = super.distributed;

  distro = super.distro;

  dnspython = super.dnspython;

  docker = super.docker;

  docstring-parser = super.docstring-parser;

  duckdb = super.duckdb;

  durationpy = super.durationpy;

  ecdsa = super.ecdsa;

  email-validator = super.email-validator;

  entrypoints = super.entrypoints;

  et-xmlfile = super.et-xmlfile;

  exceptiongroup = super.exceptiongroup;

  executing = super.executing;

  expandvars = super.expandvars;

  fastapi = super.fastapi;

  fastavro = super.fastavro;

  fastjsonschema = super.fastjsonschema;

  filelock = super.filelock;

  flask = super.flask;

  flask-appbuilder = super.flask-appbuilder;

  flask-babel = super.flask-babel;

  flask-cors = super.flask-cors;

  flask-jwt-extended = super.flask-jwt-extended;

  flask-limiter = super.flask-limiter;

  flask-login = super.flask-login;

  flask-sqlalchemy = super.flask-sqlalchemy;

  flask-wtf = super.flask-wtf;

  flit-core = super.flit-core;

  flower = super.flower;

  fonttools = super.fonttools;

  frozenlist = super.frozenlist;

  fsspec = super.fsspec;

  gcsfs = super.gcsfs;

  gitdb = super.gitdb;

  github3-py = super.github3-py;

  gitpython = super.gitpython;

  giturlparse = super.giturlparse;

  google-api-core = super.google-api-core;

  google-api-python-client = super.google-api-python-client;

  google-auth = super.google-auth;

  google-auth-httplib2 = super.google-auth-httplib2;

  google-auth-oauthlib = super.google-auth-oauthlib;

  google-cloud-bigquery = super.google-cloud-bigquery;

  google-cloud-core = super.google-cloud-core;

  google-cloud-dataproc = super.google-cloud-dataproc;

  google-cloud-storage = super.google-cloud-storage;

  google-cloud-storage-control = super.google-cloud-storage-control;

  google-crc32c = super.google-crc32c;

  google-resumable-media = super.google-resumable-media;

  googleapis-common-protos = super.googleapis-common-protos;

  gql = super.gql;

  graphene = super.graphene;

  graphql-core = super.graphql-core;

  graphql-relay = super.graphql-relay;

  graphviz = super.graphviz;

  great-expectations = super.great-expectations;

  greenlet = super.greenlet;

  griffe = super.griffe;

  griffecli = super.griffecli;

  griffelib = super.griffelib;

  grpc-google-iam-v1 = super.grpc-google-iam-v1;

  grpcio = super.grpcio;

  grpcio-health-checking = super.grpcio-health-checking;

  grpcio-status = super.grpcio-status;

  grpcio-tools = super.grpcio-tools;

  gunicorn = super.gunicorn;

  h11 = super.h11;

  h2 = super.h2;

  hatch-vcs = super.hatch-vcs;

  hatchling = super.hatchling;

  hpack = super.hpack;

  httpcore = super.httpcore;

  httpcore2 = super.httpcore2;

  httplib2 = super.httplib2;

  httptools = super.httptools;

  httpx = super.httpx;

  httpx2 = super.httpx2;

  huey = super.huey;

  humanfriendly = super.humanfriendly;

  humanize = super.humanize;

  hyperframe = super.hyperframe;

  idna = super.idna;

  ijson = super.ijson;

  importlib-metadata = super.importlib-metadata;

  importlib-resources = super.importlib-resources;

  inflect = super.inflect;

  iniconfig = super.iniconfig;

  invoke = super.invoke;

  ipykernel = super.ipykernel;

  ipython = super.ipython;

  ipython-genutils = super.ipython-genutils;

  ipython-pygments-lexers = super.ipython-pygments-lexers;

  isodate = super.isodate;

  itsdangerous = super.itsdangerous;

  jaraco-functools = super.jaraco-functools;

  jedi = super.jedi;

  jinja2 = super.jinja2;

  jinja2-humanize-extension = super.jinja2-humanize-extension;

  jiter = super.jiter;

  jmespath = super.jmespath;

  joblib = super.joblib;

  joserfc = super.joserfc;

  json-logic = super.json-logic;

  jsonpatch = super.jsonpatch;

  jsonpath-ng = super.jsonpath-ng;

  jsonpointer = super.jsonpointer;

  jsonref = super.jsonref;

  jsonschema = super.jsonschema;

  jsonschema-specifications = super.jsonschema-specifications;

  jupyter-client = super.jupyter-client;

  jupyter-core = super.jupyter-core;

  jupyterlab-pygments = super.jupyterlab-pygments;

  kiwisolver = super.kiwisolver;

  kombu = super.kombu;

  kubernetes = super.kubernetes;

  lazy-importer = super.lazy-importer;

  lazy-object-proxy = super.lazy-object-proxy;

  leather = super.leather;

  limits = super.limits;

  locket = super.locket;

  loguru = super.loguru;

  looker-sdk = super.looker-sdk;

  mako = super.mako;

  markdown = super.markdown;

  markdown-it-py = super.markdown-it-py;

  markupsafe = super.markupsafe;

  marshmallow = super.marshmallow;

  marshmallow-sqlalchemy = super.marshmallow-sqlalchemy;

  mashumaro = super.mashumaro;

  matplotlib = super.matplotlib;

  matplotlib-inline = super.matplotlib-inline;

  maturin = super.maturin;

  mcp = super.mcp;

  mcp-types = super.mcp-types;

  mdurl = super.mdurl;

  metricflow = super.metricflow;

  mistune = super.mistune;

  mixpanel = super.mixpanel;

  mlflow = super.mlflow;

  more-itertools = super.more-itertools;

  msal = super.msal;

  msal-extensions = super.msal-extensions;

  msgpack = super.msgpack;

  msrest = super.msrest;

  multidict = super.multidict;

  mypy-extensions = super.mypy-extensions;

  mysql-connector-python = super.mysql-connector-python;

  narwhals = super.narwhals;

  nbclient = super.nbclient;

  nbconvert = super.nbconvert;

  nbformat = super.nbformat;

  nest-asyncio2 = super.nest-asyncio2;

  networkx = super.networkx;

  numpy = super.numpy;

  oauth2client = super.oauth2client;

  oauthlib = super.oauthlib;

  openai = super.openai;

  openpyxl = super.openpyxl;

  opentelemetry-api = super.opentelemetry-api;

  opentelemetry-exporter-http-transport = super.opentelemetry-exporter-http-transport;

  opentelemetry-exporter-otlp-common = super.opentelemetry-exporter-otlp-common;

  opentelemetry-exporter-otlp-proto-common = super.opentelemetry-exporter-otlp-proto-common;

  opentelemetry-exporter-otlp-proto-grpc = super.opentelemetry-exporter-otlp-proto-grpc;

  opentelemetry-exporter-otlp-proto-http = super.opentelemetry-exporter-otlp-proto-http;

  opentelemetry-instrumentation = super.opentelemetry-instrumentation;

  opentelemetry-instrumentation-asgi = super.opentelemetry-instrumentation-asgi;

  opentelemetry-instrumentation-dbapi = super.opentelemetry-instrumentation-dbapi;

  opentelemetry-instrumentation-django = super.opentelemetry-instrumentation-django;

  opentelemetry-instrumentation-fastapi = super.opentelemetry-instrumentation-fastapi;

  opentelemetry-instrumentation-flask = super.opentelemetry-instrumentation-flask;

  opentelemetry-instrumentation-httpx = super.opentelemetry-instrumentation-httpx;

  opentelemetry-instrumentation-logging = super.opentelemetry-instrumentation-logging;

  opentelemetry-instrumentation-psycopg2 = super.opentelemetry-instrumentation-psycopg2;

  opentelemetry-instrumentation-requests = super.opentelemetry-instrumentation-requests;

  opentelemetry-instrumentation-urllib = super.opentelemetry-instrumentation-urllib;

  opentelemetry-instrumentation-urllib3 = super.opentelemetry-instrumentation-urllib3;

  opentelemetry-instrumentation-wsgi = super.opentelemetry-instrumentation-wsgi;

  opentelemetry-proto = super.opentelemetry-proto;

  opentelemetry-resource-detector-azure = super.opentelemetry-resource-detector-azure;

  opentelemetry-sdk = super.opentelemetry-sdk;

  opentelemetry-semantic-conventions = super.opentelemetry-semantic-conventions;

  opentelemetry-util-http = super.opentelemetry-util-http;

  ordered-set = super.ordered-set;

  orderly-set = super.orderly-set;

  orjson = super.orjson;

  packaging = super.packaging;

  pandas = super.pandas;

  pandera = super.pandera;

  pandocfilters = super.pandocfilters;

  papermill = super.papermill;

  paramiko = super.paramiko;

  parsedatetime = super.parsedatetime;

  parso = super.parso;

  partd = super.partd;

  pathlib-abc = super.pathlib-abc;

  pathspec = super.pathspec;

  pathvalidate = super.pathvalidate;

  pdm-backend = super.pdm-backend;

  pendulum = super.pendulum;

  pex = super.pex;

  pexpect = super.pexpect;

  pillow = super.pillow;

  pip = super.pip;

  platformdirs = super.platformdirs;

  pluggy = super.pluggy;

  poetry-core = super.poetry-core;

  polars = super.polars;

  polars-runtime-32 = super.polars-runtime-32;

  prefect = super.prefect;

  prettytable = super.prettytable;

  prison = super.prison;

  progressbar2 = super.progressbar2;

  prometheus-client = super.prometheus-client;

  prompt-toolkit = super.prompt-toolkit;

  propcache = super.propcache;

  proto-plus = super.proto-plus;

  protobuf = super.protobuf;

  psutil = super.psutil;

  psycopg = super.psycopg;

  psycopg-pool = super.psycopg-pool;

  psycopg2 = super.psycopg2;

  ptyprocess = super.ptyprocess;

  pure-eval = super.pure-eval;

  py-key-value-aio = super.py-key-value-aio;

  py4j = super.py4j;

  pyarrow = super.pyarrow;

  pyasn1 = super.pyasn1;

  pyasn1-modules = super.pyasn1-modules;

  pycparser = super.pycparser;

  pydantic = super.pydantic;

  pydantic-core = super.pydantic-core;

  pydantic-extra-types = super.pydantic-extra-types;

  pydantic-settings = super.pydantic-settings;

  pydash = super.pydash;

  pydata-google-auth = super.pydata-google-auth;

  pydocket = super.pydocket;

  pygments = super.pygments;

  pyjwt = super.pyjwt;

  pymysql = super.pymysql;

  pynacl = super.pynacl;

  pyopenssl = super.pyopenssl;

  pyparsing = super.pyparsing;

  pyspark = super.pyspark;

  pytest = super.pytest;

  pytest-mock = super.pytest-mock;

  python-dateutil = super.python-dateutil;

  python-dotenv = super.python-dotenv;

  python-jose = super.python-jose;

  python-json-logger = super.python-json-logger;

  python-multipart = super.python-multipart;

  python-slugify = super.python-slugify;

  python-utils = super.python-utils;

  pytimeparse = super.pytimeparse;

  pytz = super.pytz;

  pyyaml = super.pyyaml;

  pyzmq = super.pyzmq;

  questionary = super.questionary;

  rapidfuzz = super.rapidfuzz;

  readchar = super.readchar;

  redis = super.redis;

  referencing = super.referencing;

  regex = super.regex;

  requests = super.requests;

  requests-file = super.requests-file;

  requests-mock = super.requests-mock;

  requests-oauthlib = super.requests-oauthlib;

  requests-toolbelt = super.requests-toolbelt;

  requirements-parser = super.requirements-parser;

  rfc3339-validator = super.rfc3339-validator;

  rich = super.rich;

  rich-argparse = super.rich-argparse;

  rich-click = super.rich-click;

  rich-rst = super.rich-rst;

  rpds-py = super.rpds-py;

  rsa = super.rsa;

  ruamel-yaml = super.ruamel-yaml;

  ruamel-yaml-clib = super.ruamel-yaml-clib;

  s3fs = super.s3fs;

  s3transfer = super.s3transfer;

  scikit-learn = super.scikit-learn;

  scipy = super.scipy;

  semver = super.semver;

  sentry-sdk = super.sentry-sdk;

  setuptools = super.setuptools;

  setuptools-scm = super.setuptools-scm;

  shellingham = super.shellingham;

  simplejson = super.simplejson;

  six = super.six;

  skops = super.skops;

  slack-sdk = super.slack-sdk;

  smmap = super.smmap;

  sniffio = super.sniffio;

  snowflake-connector-python = super.snowflake-connector-python;

  snowflake-core = super.snowflake-core;

  snowflake-sqlalchemy = super.snowflake-sqlalchemy;

  snowplow-tracker = super.snowplow-tracker;

  sortedcontainers = super.sortedcontainers;

  soupsieve = super.soupsieve;

  sqlalchemy = super.sqlalchemy;

  sqlalchemy-utils = super.sqlalchemy-utils;

  sqlglot = super.sqlglot;

  sqlglotc = super.sqlglotc;

  sqlglotrs = super.sqlglotrs;

  sqlmodel = super.sqlmodel;

  sqlparse = super.sqlparse;

  sse-starlette = super.sse-starlette;

  sshtunnel = super.sshtunnel;

  stack-data = super.stack-data;

  starlette = super.starlette;

  strictyaml = super.strictyaml;

  structlog = super.structlog;

  tableauserverclient = super.tableauserverclient;

  tabulate = super.tabulate;

  tblib = super.tblib;

  tenacity = super.tenacity;

  termcolor = super.termcolor;

  text-unidecode = super.text-unidecode;

  threadpoolctl = super.threadpoolctl;

  tinycss2 = super.tinycss2;

  toml = super.toml;

  tomli = super.tomli;

  tomlkit = super.tomlkit;

  toolz = super.toolz;

  toposort = super.toposort;

  tornado = super.tornado;

  tqdm = super.tqdm;

  traitlets = super.traitlets;

  trove-classifiers = super.trove-classifiers;

  truststore = super.truststore;

  twilio = super.twilio;

  typeguard = super.typeguard;

  typer = super.typer;

  typing-extensions = super.typing-extensions;

  typing-inspect = super.typing-inspect;

  typing-inspection = super.typing-inspection;

  tzdata = super.tzdata;

  tzlocal = super.tzlocal;

  uncalled-for = super.uncalled-for;

  universal-pathlib = super.universal-pathlib;

  uritemplate = super.uritemplate;

  urllib3 = super.urllib3;

  uv-build = super.uv-build;

  uvicorn = super.uvicorn;

  uvloop = super.uvloop;

  validators = super.validators;

  vcs-versioning = super.vcs-versioning;

  vine = super.vine;

  wandb = super.wandb;

  watchdog = super.watchdog;

  watchfiles = super.watchfiles;

  wcwidth = super.wcwidth;

  webencodings = super.webencodings;

  websocket-client = super.websocket-client;

  websockets = super.websockets;

  werkzeug = super.werkzeug;

  wheel = super.wheel;

  whenever = super.whenever;

  wrapt = super.wrapt;

  wtforms = super.wtforms;

  xxhash = super.xxhash;

  xyzservices = super.xyzservices;

  yarl = super.yarl;

  yaspin = super.yaspin;

  zict = super.zict;

  zipp = super.zipp;
}
