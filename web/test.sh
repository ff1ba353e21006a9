#!/usr/bin/env bash
# Tries web/dist/itog.html in Chromium and Firefox, opened from disk as by a double click. What it makes is
# compared with what the program makes.
set -euo pipefail
cd "$(dirname "$0")"
(cd .. && cargo build --locked --quiet --example itog)
node --test --test-concurrency=1 --test-reporter=spec tests/*.test.mjs
