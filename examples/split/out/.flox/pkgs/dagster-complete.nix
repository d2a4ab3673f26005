# Dagster's programs on one interpreter that sees every package beside this file.
# `dagster dev`, the daemon and the code servers start further processes with
# sys.executable, and the instance loads its storage classes by name, so neither the
# programs of the single packages nor a buildEnv of them would do.
{
  lib,
  dagster,
  dagster-graphql,
  dagster-pipes,
  dagster-postgres,
  dagster-shared,
  dagster-webserver,
  python313Packages,
  runCommand,
}:

let
  release = lib.importJSON ./release.json;

  environment = python313Packages.python.withPackages (
    _:
    (
      [
        dagster
        dagster-graphql
        dagster-pipes
        dagster-postgres
        dagster-shared
        dagster-webserver
      ]
      # What the code that runs here imports.
      ++ (with python313Packages; [
        pandas
        pytest
      ])
    )
  );
in
runCommand "dagster-complete-${release.version}"
  {
    pname = "dagster-complete";
    inherit (release) version;

    passthru = { inherit environment; };

    meta = {
      description = "Dagster with its web UI, GraphQL API and PostgreSQL storage";
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
      dagster \
      dagster-daemon \
      dagster-graphql \
      dagster-webserver \
      dagster-webserver-debug
    do
      test -x "${environment}/bin/$program"
      ln -s "${environment}/bin/$program" "$out/bin/$program"
    done
    printf '#!/bin/sh\nexec %s/bin/python3 "$@"\n' "${environment}" > "$out/bin/dagster-python"
    chmod +x "$out/bin/dagster-python"
  ''
