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

cargo build --locked --release --example itog
itog=target/release/examples/itog
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
check "$python" tests/conformance/pdf_faults.py "$out/documents/resolution.pdf"
check "$python" tests/conformance/docx.py "$out/documents"
check "$python" tests/conformance/docx.py "$out/designs"

size=$(stat -c %s "$out/documents/final-document.pdf")
check test "$size" -lt 60000

printf '\n%s passed, %s failed\n' "$passed" "$failed"
[ "$failed" = 0 ]
