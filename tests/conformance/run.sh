#!/usr/bin/env bash
# Makes the example documents and the certificate designs, and lets the judges look at them.
set -euo pipefail
cd "$(dirname "$0")/../.."

venv=${ITOG_JUDGES:-$HOME/.cache/itog-judges}
python=$venv/bin/python
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
passed=0
failed=0

# Runs a check; a check that fails does not keep the others from running.
check() {
    printf '\n==> %s\n' "$*"
    if "$@"; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
}

target=${CARGO_TARGET_DIR:-target}
cargo build --locked --release --example itog
itog=$target/release/examples/itog
# These tests leave files with everything that a PDF of ours can hold.
cargo test --locked --quiet --test pdf
samples=$target/tmp/pdf
# And this one the layout cases.
cargo test --locked --quiet --test suite
for name in minimal final-document protocol resolution; do
    "$itog" render "examples/data/$name.yaml" -o "$out/documents/"
done
for design in classic modern festive letter participant; do
    "$itog" render "templates/certificate-$design/sample.yaml" --template "certificate-$design" -o "$out/designs/$design.pdf"
done

for name in minimal final-document protocol resolution; do
    check "$python" tests/conformance/words.py "examples/data/$name.yaml" "$out/documents/$name.pdf" "$out/documents/$name.docx"
done
check "$python" tests/conformance/pdf.py "$out"/documents/*.pdf "$out"/designs/*.pdf
check "$python" tests/conformance/pdf.py "$samples"/*.a-2a.pdf "$samples"/*.a-3a.pdf
check "$python" tests/conformance/pdf.py --plain "$samples"/*.none.pdf
check "$python" tests/conformance/pdf_faults.py "$samples/everything.a-2a.pdf"
check "$python" tests/conformance/docx_files.py "$out/documents"
check "$python" tests/conformance/docx_files.py "$out/designs"
check "$python" tests/conformance/browser.py "$target/tmp/suite"

size=$(stat -c %s "$out/documents/final-document.pdf")
check test "$size" -lt 60000

printf '\n%s passed, %s failed\n' "$passed" "$failed"
[ "$failed" = 0 ]
