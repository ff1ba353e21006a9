#!/usr/bin/env bash
# The packages as the registry would have them: each from its own tarball, the grammar's in the place of the registry,
# where it is not yet. The embedding crate is tried against what was unpacked.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
target=$PWD/target

# Not verified by cargo, which would look for the grammar in the registry; it is compiled below.
cargo package --quiet --allow-dirty --no-verify -p itog-lang -p itog --target-dir "$work/target"
for package in "$work"/target/package/*.crate; do
    tar -xzf "$package" -C "$work"
done
lang=$(find "$work" -maxdepth 1 -type d -name 'itog-lang-*')
library=$(find "$work" -maxdepth 1 -type d -name 'itog-[0-9]*')
for stray in tests web target fuzz examples/web_service; do
    [ ! -e "$library/$stray" ] || { echo "the package holds $stray" >&2; exit 1; }
done

cp -r tests/embedding "$work/embedding"
sed -i "s|path = \"../..\"|path = \"$library\"|" "$work/embedding/Cargo.toml"
printf '\n[patch.crates-io]\nitog-lang = { path = "%s" }\n' "$lang" >>"$work/embedding/Cargo.toml"
# In the same folder, so that dependencies are not compiled again.
CARGO_TARGET_DIR=$target cargo test --quiet --manifest-path "$work/embedding/Cargo.toml"
