# Sourced by the builder of buildPythonPackage: unpack, patch, build, relax, install, check, wrap.
TMPDIR=$(mktemp -d)
export TMPDIR HOME=/homeless-shelter SOURCE_DATE_EPOCH=315532800 PYTHONDONTWRITEBYTECODE=1
cd "$TMPDIR"
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
  cd "${sourceRoot:-$directory}"
  eval "$prePatch"
  for patch in $patches; do patch -p1 < "$patch"; done
  eval "$postPatch"
  eval "$preBuild"
  run "$wheelScript" "$TMPDIR/dist" > "$TMPDIR/log" 2>&1 || { tail -40 "$TMPDIR/log" >&2; exit 1; }
  cd "$TMPDIR"
fi

run "$relaxScript" dist/*.whl "$relax" "$remove"
run "$installScript" dist/*.whl "$python/bin/python3.13" "$sitePackages"

cd /
own=$out/$sitePackages
run "$checkScript" "$pname" "$version" "$own"
for module in $imports; do
  PYTHONPATH="$own:$DEPS" run -c "import $module" || { echo "imports check: $module cannot be imported" >&2; exit 1; }
done
# nixpkgs ends a build with the name of the hook that failed; so does this.
trap 'echo "$pname: postInstall failed" >&2' ERR
eval "$postInstall"
trap - ERR
WRAP_SITES="$own${DEPS:+:$DEPS}" run "$wrapScript" "$python"
