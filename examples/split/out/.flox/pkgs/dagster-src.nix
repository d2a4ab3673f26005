# The monorepo at one tag, shared by every package that is built from git.
{ lib, fetchFromGitHub }:

let
  release = lib.importJSON ./release.json;
in
fetchFromGitHub {
  inherit (release.source)
    owner
    repo
    tag
    hash
    ;
}
// {
  pname = "dagster-src";
  inherit (release) version;
  meta = {
    # Flox wants to know what a package installs; a fetch does not say it by itself.
    outputsToInstall = [ "out" ];
    description = "Source of the Dagster monorepo";
    homepage = "https://github.com/dagster-io/dagster";
    license = lib.licenses.asl20;
  };
}
