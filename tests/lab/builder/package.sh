# Sourced by the builder of buildPythonPackage: unpack, patch, build, relax, install, check, wrap.
# shellcheck shell=bash disable=SC2154 # the derivation sets the variables
phase=unpack
# nixpkgs ends a failed build with the name of the phase or hook; so does this.
# The child holds the output for a moment: see `raw` in nixpkgs.nix.
trap '[ $? = 0 ] || echo "$pname: $phase failed" >&2; sleep 0.1 &' EXIT
TMPDIR=$(mktemp -d)
export TMPDIR HOME=$TMPDIR SOURCE_DATE_EPOCH=315532800 PYTHONDONTWRITEBYTECODE=1
cd "$TMPDIR" || exit
run() { "$python/bin/python3.13" -s "$@"; }
mkdir dist

if [ "$format" = wheel ]; then
  # The name in the store carries a hash in front: 32 characters and a dash.
  name=$(basename "$src")
  cp "$src" "dist/${name:33}"
else
  if [ -d "$src" ]; then
    name=$(basename "$src")
    cp -r "$src" "${name:33}"
    directory=${name:33}
  else
    mkdir unpacked
    tar -xf "$src" -C unpacked
    directory=unpacked/$(ls unpacked)
  fi
  chmod -R u+w "$directory"
  cd "${sourceRoot:-$directory}" || exit
  phase="patch"
  eval "$prePatch"
  for patch in $patches; do patch -p1 < "$patch"; done
  eval "$postPatch"
  phase=wheel
  eval "$preBuild"
  run "$wheelScript" "$TMPDIR/dist" > "$TMPDIR/log" 2>&1 || { tail -40 "$TMPDIR/log" >&2; exit 1; }
  cd "$TMPDIR" || exit
fi

phase=relax
run "$relaxScript" dist/*.whl "$relax" "$remove"
phase=install
run "$installScript" dist/*.whl "$python/bin/python3.13" "$sitePackages"

cd /
own=$out/$sitePackages
phase=check
run "$checkScript" "$pname" "$version" "$own"
phase="imports check"
for module in $imports; do
  # From a file, and to the end: pyspark ends a process that is started with -c, without a failure.
  mkdir -p "$TMPDIR/imports"
  echo "import $module; print('imported', flush=True)" > "$TMPDIR/imports/it.py"
  PYTHONPATH="$own:$DEPS" run "$TMPDIR/imports/it.py" > "$TMPDIR/log"
  grep -q '^imported$' "$TMPDIR/log"
done
phase=postInstall
eval "$postInstall"
phase=wrap
WRAP_SITES="$own${DEPS:+:$DEPS}" run "$wrapScript" "$python"
