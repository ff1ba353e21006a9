#!/usr/bin/env bash
# Builds web/dist/itog.html from a clean checkout: the library as WebAssembly, the page, and both in
# one file. Needs cargo and the rust-src of its toolchain, Node.js 20, npm and zstd.
set -euo pipefail
cd "$(dirname "$0")"
root=$(cd .. && pwd)
# A folder of its own: the flags of this build would make cargo build everything else anew.
target=${ITOG_WEB_TARGET:-$root/target/web}
cache=${ITOG_WEB_CACHE:-$HOME/.cache/itog-web}
mkdir -p build "$cache"

say() { printf '\n--> %s\n' "$*"; }

for tool in cargo node npm zstd; do
    command -v "$tool" >/dev/null || { echo "missing: $tool" >&2; exit 1; }
done

say "packages of the page"
npm ci --no-audit --no-fund --loglevel=error

say "the library as WebAssembly"
flags=()
sysroot=$(rustc --print sysroot)
if [ ! -d "$sysroot/lib/rustlib/wasm32-unknown-unknown" ]; then
    if [ ! -d "$sysroot/lib/rustlib/src/rust/library" ]; then
        echo "neither the target wasm32-unknown-unknown nor the source of std is there:" >&2
        echo "rustup target add wasm32-unknown-unknown, or: rustup component add rust-src" >&2
        exit 1
    fi
    # Without the target its std is built from source, which only a nightly would do unasked.
    export RUSTC_BOOTSTRAP=1
    flags=(-Zbuild-std=std,panic_abort)
fi
export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=rust-lld
CARGO_TARGET_DIR=$target cargo build --locked --manifest-path "$root/Cargo.toml" \
    --package itog-web --profile web --target wasm32-unknown-unknown "${flags[@]}"
module=$target/wasm32-unknown-unknown/web/itog_web.wasm

say "its JavaScript"
version=$(sed -n '/^name = "wasm-bindgen"$/{n;s/version = "\(.*\)"/\1/p}' "$root/Cargo.lock")
if ! grep -q "wasm-bindgen-cli-support = \"=$version\"" bindgen/Cargo.toml; then
    echo "web/bindgen must ask for wasm-bindgen-cli-support =$version, as Cargo.lock has it" >&2
    exit 1
fi
unset RUSTC_BOOTSTRAP
CARGO_TARGET_DIR=$cache/bindgen cargo run --locked --quiet --manifest-path bindgen/Cargo.toml -- "$module" build

say "compressed"
for piece in code data; do
    zstd --ultra -22 --quiet --force "build/engine-$piece" -o "build/engine-$piece.zst"
done

say "one page"
npx tsc --noEmit
npx vite build --logLevel warn
size=$(stat -c %s dist/itog.html)
echo "dist/itog.html: $size bytes"
if [ "$size" -gt 9000000 ]; then
    echo "the page has more than 9 MB" >&2
    exit 1
fi
