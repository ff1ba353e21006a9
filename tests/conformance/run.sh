#!/usr/bin/env bash
# Makes the example documents and the certificate designs, and lets the judges look at them.
set -euo pipefail
cd "$(dirname "$0")/../.."

venv=${ITOG_JUDGES:-$HOME/.cache/itog-judges}
python=$venv/bin/python
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
mkdir "$out/checks"
asked=0

# Runs a check beside as many others as there are cores, and prints what it said when it has ended, so that the lines of
# two do not mix. A check that fails does not keep the others from running.
check() {
    while [ "$(jobs -rp | wc -l)" -ge "$(nproc)" ]; do wait -n || true; done
    asked=$((asked + 1))
    judge "$out/checks/$asked" "$@" &
}

judge() {
    local said=$1 begun=$SECONDS outcome=passed
    shift
    printf '\n==> %s\n' "$*" >"$said.log"
    "$@" >>"$said.log" 2>&1 || outcome=FAILED
    printf '%s in %s s\n' "$outcome" $((SECONDS - begun)) >>"$said.log"
    printf '%6d s  %s\n' $((SECONDS - begun)) "$*" >"$said.took"
    touch "$said.$outcome"
    flock "$out/checks" cat "$said.log"
}

target=${CARGO_TARGET_DIR:-target}
cargo build --locked --release --example itog
itog=$target/release/examples/itog
# The third renderer is a project of its own, so that the crate does not depend on it.
cargo build --locked --release --manifest-path tests/conformance/hayro/Cargo.toml --target-dir "$target/hayro"
export HAYRO=$target/hayro/release/render-with-hayro
# These tests leave files with everything that a PDF of ours can hold, random DOCX files, and the suite for a browser.
cargo test --locked --quiet --test pdf --test docx --test suite
samples=$target/tmp/pdf
for name in minimal final-document protocol resolution; do
    "$itog" render "examples/data/$name.yaml" -o "$out/documents/"
    "$itog" render "examples/data/$name.yaml" --to pdf,png,svg --dpi 100 -o "$out/pictures/"
done
for design in $("$itog" templates | sed -n "s/^certificate-\([^ ]*\).*/\1/p"); do
    "$itog" render "templates/certificate-$design/sample.yaml" --template "certificate-$design" -o "$out/designs/$design.pdf"
    "$itog" render "templates/certificate-$design/sample.yaml" --template "certificate-$design" --to pdf,png,svg --dpi 100 \
        -o "$out/pictures/$design.pdf"
done
"$itog" render tests/conformance/torture/sample.yaml --template tests/conformance/torture --to pdf,png,svg --dpi 100 -o "$out/pictures/torture.pdf"
"$itog" render examples/data/certificate.yaml --template tests/conformance/pictures --to pdf,png,svg --dpi 100 -o "$out/pictures/everything.pdf"
for standard in a-2a a-3a none; do
    "$itog" render tests/conformance/torture/sample.yaml --template tests/conformance/torture --standard $standard --to pdf -o "$out/torture/$standard.pdf"
done

for name in minimal final-document protocol resolution; do
    check "$python" tests/conformance/words.py "examples/data/$name.yaml" "$out/documents/$name.pdf" "$out/documents/$name.docx"
    check "$python" tests/conformance/words.py --prove "examples/data/$name.yaml" "$out/documents/$name.pdf" "$out/documents/$name.docx"
done
check "$python" tests/conformance/pdf.py "$out"/documents/*.pdf "$out"/designs/*.pdf "$out"/torture/a-?a.pdf
check "$python" tests/conformance/pdf.py "$samples"/*.a-2a.pdf "$samples"/*.a-3a.pdf
check "$python" tests/conformance/pdf.py --plain "$samples"/*.none.pdf "$out/torture/none.pdf"
"$itog" render tests/conformance/torture/sample.yaml --template tests/conformance/alphabet --to pdf -o "$out/alphabet.pdf"
check "$python" tests/conformance/pdf.py "$out/alphabet.pdf"
check "$python" tests/conformance/pdf_text.py --letters "$out/alphabet.pdf"
check "$python" tests/conformance/pdf_text.py "$out"/documents/*.pdf "$out"/designs/*.pdf "$out/torture/a-2a.pdf"
check "$python" tests/conformance/pdf_text.py --prove "$out/torture/a-2a.pdf" "$out/alphabet.pdf"
check "$python" tests/conformance/pdf_structure.py "$out/torture/a-2a.pdf"
check "$python" tests/conformance/pdf_structure.py --prove "$out/torture/a-2a.pdf"
check "$python" tests/conformance/contrast.py "$out"/documents/*.pdf "$out"/designs/*.pdf
check "$python" tests/conformance/contrast.py --prove "$out/documents/protocol.pdf"
# The proofs of pdf.py.
check "$python" tests/conformance/pdf_faults.py "$samples/everything.a-2a.pdf"
check "$python" tests/conformance/pdf_faults.py --plain "$out/torture/none.pdf"
check "$python" tests/conformance/docx_styles.py "$out/documents" "$out/designs"
check "$python" tests/conformance/docx_styles.py --prove "$out/documents"
check "$python" tests/conformance/docx_editing.py "$itog"
check "$python" tests/conformance/docx_editing.py --prove "$itog"
check "$python" tests/conformance/pdf_pictures.py "$out"/documents/*.pdf "$out/torture/a-2a.pdf"
check "$python" tests/conformance/pdf_pictures.py --art "$out"/designs/*.pdf
check "$python" tests/conformance/pdf_pictures.py --prove "$out/torture/a-2a.pdf"
check "$python" tests/conformance/pdf_pictures.py --art --prove "$out/torture/a-2a.pdf"
check "$python" tests/conformance/docx_files.py "$out/documents"
check "$python" tests/conformance/docx_files.py --prove "$out/documents"
check "$python" tests/conformance/docx_files.py "$out/designs"
check "$python" tests/conformance/numbered.py "$itog"
check "$python" tests/conformance/numbered.py --prove "$itog"
check "$python" tests/conformance/certificates.py "$itog" tests/conformance/people.tsv
check "$python" tests/conformance/certificates.py --prove "$itog" tests/conformance/people.tsv
check "$python" tests/conformance/tables.py "$itog" first second
check "$python" tests/conformance/tables.py --prove "$itog"
# The torture document asks for what Word cannot do, so that its pages differ.
"$itog" render tests/conformance/torture/sample.yaml --template tests/conformance/torture --to docx -o "$out/torture-docx/torture.docx"
check "$python" tests/conformance/docx_files.py "$out/torture-docx"
check "$python" tests/conformance/docx_files.py "$target/tmp/docx"
check "$python" tests/conformance/docx_fallback.py "$itog"
check "$python" tests/conformance/docx_fallback.py --prove "$itog"
check "$python" tests/conformance/docx_spaces.py "$itog"
check "$python" tests/conformance/docx_spaces.py --prove "$itog"
check "$python" tests/conformance/docx_pages.py "$itog"
check "$python" tests/conformance/docx_pages.py --prove "$itog"
check "$python" tests/conformance/distributed.py "$itog"
check "$python" tests/conformance/distributed.py --prove "$itog"
check "$python" tests/conformance/word_pages.py "$itog" "$out/word"
check "$python" tests/conformance/word_pages.py "$itog" "$out/word-proof" --prove -k letter
check "$python" tests/conformance/word.py "$itog"
check "$python" tests/conformance/word.py --prove "$itog"

check "$python" tests/conformance/paragraphs.py "$itog"
check "$python" tests/conformance/paragraphs.py --table "$itog"
check "$python" tests/conformance/tex.py tests/tex/*.tex
check "$python" tests/conformance/tex.py --prove tests/tex/*.tex
check "$python" tests/conformance/browser.py "$target/tmp/suite"
check "$python" tests/conformance/browser.py --prove "$target/tmp/suite"
check "$python" tests/conformance/suite_pictures.py "$target/tmp/suite"
check "$python" tests/conformance/pixels.py "$itog"
check "$python" tests/conformance/pixels.py --prove "$itog"
check "$python" tests/conformance/pictures.py "$out"/pictures/*.pdf
check "$python" tests/conformance/pictures.py --prove "$out/pictures/everything.pdf"
check "$python" tests/conformance/designs.py --pdf "$itog"
check "$python" tests/conformance/designs.py --prove "$itog"
check "$python" tests/conformance/codes.py "$itog"
check "$python" tests/conformance/codes.py --prove "$itog"
check "$python" tests/conformance/suite_pictures.py --prove "$target/tmp/suite"

# Another process writes the same bytes.
"$itog" render examples/data/resolution.yaml -o "$out/again/"
"$itog" render templates/certificate-festive/sample.yaml --template certificate-festive -o "$out/again/festive.pdf"
for ending in pdf docx; do
    check cmp "$out/documents/resolution.$ending" "$out/again/resolution.$ending"
    check cmp "$out/designs/festive.$ending" "$out/again/festive.$ending"
done

# What the structure costs.
pairs=()
for pdf in "$out"/documents/*.pdf "$out"/designs/*.pdf; do
    name=$(basename "$pdf" .pdf)
    data=examples/data/$name.yaml
    template=()
    if [ ! -f "$data" ]; then
        data=templates/certificate-$name/sample.yaml
        template=(--template "certificate-$name")
    fi
    "$itog" render "$data" "${template[@]}" --standard none --to pdf -o "$out/plain/$name.pdf"
    pairs+=("$pdf" "$out/plain/$name.pdf")
done
check "$python" tests/conformance/pdf_cost.py "${pairs[@]}"
check "$python" tests/conformance/pdf_cost.py --prove "${pairs[@]:0:2}"

# What the program costs in instructions.
check "$python" tests/conformance/instructions.py "$itog"
check "$python" tests/conformance/instructions.py --prove "$itog"

size=$(stat -c %s "$out/documents/final-document.pdf")
check test "$size" -lt 60000

wait
passed=$(find "$out/checks" -name '*.passed' | wc -l)
[ "$passed" = "$asked" ] || printf '\nOnce more what those that failed said:\n'
for said in "$out"/checks/*.FAILED; do
    [ ! -e "$said" ] || cat "${said%.FAILED}.log"
done
printf '\nThe slowest:\n'
cat "$out"/checks/*.took | sort -rn | sed -n 1,8p
printf '\n%s passed, %s failed\n' "$passed" $((asked - passed))
[ "$passed" = "$asked" ]
