"""Draws docs/gallery.md: every design of certificates, across and upright, with its sample.

    gallery.py ITOG

Pictures are kept small: 40 dpi, 64 colours. Needs poppler-utils and Pillow.
"""

import pathlib
import re
import subprocess
import sys
import tempfile

from PIL import Image

ROOT = pathlib.Path(__file__).parents[2]
DPI, COLORS = 44, 64
PALETTES = ["wine", "navy", "forest", "gold", "violet", "graphite"]


def picture(itog, design, data, name, folder):
    path = folder / f"{name}.yaml"
    path.write_text(data, encoding="utf-8")
    pdf = folder / f"{name}.pdf"
    subprocess.run([itog, "render", path, "--template", design, "--to", "pdf", "-o", pdf], check=True, capture_output=True)
    subprocess.run(["pdftoppm", "-r", str(DPI * 3), "-png", "-singlefile", pdf, folder / name], check=True)
    large = Image.open(folder / f"{name}.png").convert("RGB")
    small = large.resize((large.width // 3, large.height // 3), Image.LANCZOS).quantize(COLORS)
    target = ROOT / "docs" / "gallery" / f"{name}.png"
    target.parent.mkdir(exist_ok=True)
    small.save(target, optimize=True)
    return f"![{name}](gallery/{name}.png)"


def main(itog):
    listed = subprocess.run([itog, "templates"], check=True, capture_output=True, text=True).stdout
    designs = re.findall(r"^(certificate-\S+)\s+(.*)$", listed, re.M)
    folder = pathlib.Path(tempfile.mkdtemp())
    text = ["# Gallery", "",
            "The designs of certificates, each across and upright, drawn by `tests/conformance/gallery.py` from the samples in `templates/`. Every one "
            "has six palettes (`design: {palette: navy}`), a colour of one's own (`color: \"#22577a\"`), white or tinted paper (`paper: tinted`), and "
            "room for an emblem (`logo`) and a seal (`seal: true`).", ""]
    for design, what in designs:
        sample = (ROOT / "templates" / design / "sample.yaml").read_text(encoding="utf-8")
        sample = re.sub(r"^design:.*\n", "", sample, flags=re.M)
        text += [f"## {design}", "", what, ""]
        pictures = []
        for orientation in ["landscape", "portrait"]:
            data = sample + f"design: {{orientation: {orientation}, seal: true}}\n"
            name = f"{design.removeprefix('certificate-')}-{orientation}"
            pictures.append(picture(itog, design, data, name, folder))
        text += [" ".join(pictures), ""]
    text += ["## Palettes", "", "`wine`, `navy`, `forest`, `gold`, `violet`, `graphite`:", ""]
    sample = (ROOT / "templates/certificate-state/sample.yaml").read_text(encoding="utf-8")
    sample = re.sub(r"^design:.*\n", "", sample, flags=re.M)
    pictures = [picture(itog, "certificate-state", sample + f"design: {{palette: {name}}}\n", f"palette-{name}", folder) for name in PALETTES]
    text += [" ".join(pictures), ""]
    (ROOT / "docs" / "gallery.md").write_text("\n".join(text), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
