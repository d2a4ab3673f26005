# Sourced by the builder of fetchFromGitHub: the tree of a tag, put together from the sdists of that
# release. It is not the tag's own tree, so its hash cannot be the tag's: the hash that is asked
# for must be the one that is known for the tag.
# shellcheck shell=bash disable=SC2154 # the derivation sets the variables
if [ "$asked" != "$known" ]; then
  printf 'hash mismatch in the source of %s:\n  specified: %s\n  got:       %s\n' "$tag" "$asked" "$known" >&2
  exit 1
fi
mkdir "$out"
read -r -a places <<< "$paths"
read -r -a archives <<< "$sdists"
for i in "${!places[@]}"; do
  mkdir -p "$out/${places[$i]}"
  tar -xf "${archives[$i]}" -C "$out/${places[$i]}" --strip-components=1
done
for path in $without; do
  test -e "$out/$path"
  rm -r "${out:?}/$path"
done
# Between releases the tree has one version for all, and no metadata.
if [ -n "$development" ]; then
  for file in $versions; do
    version=${file%.tar.gz}
    version=${version##*-}
    find "$out" \( -name setup.py -o -name pyproject.toml -o -name version.py \) \
      -exec sed -i "s/${version//./\\.}/$development/g" {} +
  done
  find "$out" -name PKG-INFO -delete
fi
