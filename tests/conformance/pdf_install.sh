# The judges of PDF files. Sourced by install.sh, which gives `sudo` (empty for root) and `venv`, a folder for Python packages.

install_pdf_judges() {
    DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends \
        poppler-utils qpdf mupdf-tools python3-venv
    [ -x "$venv/bin/python" ] || python3 -m venv "$venv"
    "$venv/bin/pip" install --quiet --retries 5 page-validation==0.11.0 pikepdf
    for tool in pdftotext pdffonts pdfinfo pdftoppm qpdf mutool; do
        command -v "$tool" >/dev/null || { echo "missing: $tool" >&2; return 1; }
    done
    "$venv/bin/python" -c 'import page, pikepdf'
}
