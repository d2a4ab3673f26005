{%- assign hash = "sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=" -%}
{%- if kind == "script" -%}
{ lib, stdenv }:

stdenv.mkDerivation {
  pname = "{{project-name}}";
  version = "{{version}}";

  src = ../../../bin;

  dontBuild = true;

  installPhase = ''
    install -D "{{project-name}}" "$out/bin/{{project-name}}"
  '';
{% elsif kind == "make" -%}
{
  lib,
  stdenv,
  fetchFromGitHub,
}:

stdenv.mkDerivation {
  pname = "{{project-name}}";
  version = "{{version}}";

  src = fetchFromGitHub {
    owner = "{{owner}}";
    repo = "{{project-name}}";
    tag = "v{{version}}";
    # The first build says which hash stands here.
    hash = "{{hash}}";
  };

  makeFlags = [ "PREFIX=$(out)" ];
{% elsif kind == "rust" -%}
{
  lib,
  rustPlatform,
  fetchFromGitHub,
}:

rustPlatform.buildRustPackage {
  pname = "{{project-name}}";
  version = "{{version}}";

  src = fetchFromGitHub {
    owner = "{{owner}}";
    repo = "{{project-name}}";
    tag = "v{{version}}";
    # The first build says which hash stands here, the second which stands below.
    hash = "{{hash}}";
  };

  cargoHash = "{{hash}}";
{% elsif kind == "go" -%}
{
  lib,
  buildGoModule,
  fetchFromGitHub,
}:

buildGoModule {
  pname = "{{project-name}}";
  version = "{{version}}";

  src = fetchFromGitHub {
    owner = "{{owner}}";
    repo = "{{project-name}}";
    tag = "v{{version}}";
    # The first build says which hash stands here, the second which stands below.
    hash = "{{hash}}";
  };

  vendorHash = "{{hash}}";
{% else -%}
{
  lib,
  fetchPypi,
  python313Packages,
}:

python313Packages.buildPythonApplication {
  pname = "{{project-name}}";
  version = "{{version}}";
  pyproject = true;

  src = fetchPypi {
    pname = "{{crate_name}}";
    version = "{{version}}";
    # The first build says which hash stands here.
    hash = "{{hash}}";
  };

  build-system = [ python313Packages.setuptools ];

  # What the metadata requires: the build names what is missing.
  dependencies = [ ];

  pythonImportsCheck = [ "{{crate_name}}" ];
{% endif %}
  meta = {
    description = "{{description}}";
    license = lib.licenses.{{license}};
    mainProgram = "{{project-name}}";
  };
}
