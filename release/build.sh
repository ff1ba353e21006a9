#!/usr/bin/env bash
# Builds all that a release consists of into release/dist: the program for Linux and Windows, the
# page itog.html, a list of what is linked in (CycloneDX), checksums, and the manifests by which
# winget and scoop install it. Nothing is uploaded.
#
#   release/build.sh [URL]      URL: the folder that the files will be downloaded from
#
# Linux programs are linked against musl and nothing else, so that they run on any distribution.
# Programs for macOS need Apple's SDK, which only a Mac may have.
set -euo pipefail
cd "$(dirname "$0")"
url=${1:-https://example.org/itog}
root=$(cd .. && pwd)
target=${ITOG_RELEASE_TARGET:-$root/target/release-builds}
dist=$PWD/dist
version=$(sed -n '/^\[package\]/,/^\[/s/^version = "\(.*\)"/\1/p' "$root/Cargo.toml")
# The program tells it with --version.
ITOG_COMMIT=$(git rev-parse --short=12 HEAD 2>/dev/null || echo unknown)
export ITOG_COMMIT CARGO_INCREMENTAL=0
# The same sources give the same archives, whenever they are packed.
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct 2>/dev/null || echo 0)
export SOURCE_DATE_EPOCH
export CARGO_TARGET_X86_64_PC_WINDOWS_GNU_LINKER=x86_64-w64-mingw32-gcc

say() { printf '\n--> %s\n' "$*"; }

for tool in cargo rustup zip tar sha256sum musl-gcc x86_64-w64-mingw32-gcc x86_64-w64-mingw32-strip; do
    command -v "$tool" >/dev/null || {
        echo "missing: $tool (on Debian: apt-get install zip musl-tools gcc-mingw-w64-x86-64)" >&2
        exit 1
    }
done
rm -rf dist
mkdir dist

# What goes along with the program: how to begin, what is whose.
papers() {
    cp "$root/README.md" "$root/README.ru.md" "$root/CHANGELOG.md" "$root"/LICENSE-* "$1"
    mkdir "$1/fonts-licences"
    (cd "$root/fonts" && find . -iname '*licen[cs]e*' -o -iname 'OFL*' -o -iname '*origin*') | while read -r paper; do
        cp "$root/fonts/$paper" "$1/fonts-licences/$(tr / - <<<"${paper#./}")"
    done
}

program() {
    local triple=$1 name=$2 end=$3
    say "$name"
    rustup target add "$triple"
    cargo build --locked --release --manifest-path "$root/Cargo.toml" --example itog --target "$triple" --target-dir "$target"
    local folder=$dist/$name
    mkdir "$folder"
    cp "$target/$triple/release/examples/itog$end" "$folder/"
    papers "$folder"
}

program x86_64-unknown-linux-musl "itog-$version-linux-x86_64" ""
strip "dist/itog-$version-linux-x86_64/itog"
program x86_64-pc-windows-gnu "itog-$version-windows-x86_64" .exe
x86_64-w64-mingw32-strip "dist/itog-$version-windows-x86_64/itog.exe"

say "the page"
"$root/web/build.sh"
cp "$root/web/dist/itog.html" dist/

say "what is linked in"
command -v cargo-cyclonedx >/dev/null || cargo install --locked cargo-cyclonedx
(cd "$root" && cargo cyclonedx --format json --all-features --override-filename itog.cdx)
mv "$root/itog.cdx.json" "dist/itog-$version.cdx.json"
find "$root" -name itog.cdx.json -not -path '*/target/*' -delete

say "archives"
cd dist
linux=itog-$version-linux-x86_64
windows=itog-$version-windows-x86_64
tar --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" -czf "$linux.tar.gz" "$linux"
find "$windows" -exec touch --date="@$SOURCE_DATE_EPOCH" {} +
find "$windows" | LC_ALL=C sort | TZ=UTC zip -q -X -@ "$windows.zip"
rm -r "$linux" "$windows"
sha256sum -- * >SHA256SUMS

say "manifests"
sum=$(sha256sum "$windows.zip" | cut -d' ' -f1)
mkdir manifests
for template in ../scoop.json ../winget/*.yaml; do
    sed -e "s|@VERSION@|$version|g; s|@URL@|$url|g; s|@SHA256@|$sum|g; s|@FOLDER@|$windows|g" \
        "$template" >"manifests/$(basename "$template")"
done

say "done"
ls -l
