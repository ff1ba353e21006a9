"""The QR codes of certificates are read back by an independent decoder (zxing-cpp) from pages drawn at 150 dpi: what was asked for, in every design, upright
and across, as PDF; and the signed facts, which `itog verify` then finds genuine.

    codes.py ITOG
    codes.py --prove ITOG      a code that is covered, and another text: each must be seen
"""

import pathlib
import re
import subprocess
import sys
import tempfile

import proof
import zxingcpp
from PIL import Image, ImageDraw

DPI = 150
TEXT = "https://example.org/forum/2026/проверка?n=017&kind=диплом"
DATA = f"""kind: Сертификат участника
number: 17
recipient: Бехтенева Наталья Юрьевна
event: {{name: Форум сельских библиотек, date: 2026-10-16}}
issuer: Районная библиотека
date: 2026-10-18
qr: "{TEXT}"
signatures: [{{post: Директор, name: Заварзина Ольга Юрьевна}}]
"""


def drawn(pdf):
    """The first page as a picture."""
    subprocess.run(["pdftoppm", "-r", str(DPI), "-png", "-singlefile", pdf, pdf.with_suffix("")], check=True)
    return Image.open(pdf.with_suffix(".png")).convert("L")


def read(picture):
    return [code.text for code in zxingcpp.read_barcodes(picture)]


def page(itog, folder, design, orientation):
    data, pdf = folder / "data.yaml", folder / f"{design}-{orientation}.pdf"
    data.write_text(DATA + f"design: {{orientation: {orientation}}}\n", encoding="utf-8")
    subprocess.run([itog, "render", data, "--template", design, "--to", "pdf", "-o", pdf], check=True, capture_output=True)
    return drawn(pdf)


def signed(itog, folder):
    """The code of a signed batch is read, and what it says is genuine."""
    subprocess.run([itog, "keygen", folder / "key"], check=True, capture_output=True)
    table, common = folder / "people.csv", folder / "common.yaml"
    table.write_text("ФИО,Номер\nБехтенева Наталья Юрьевна,17\n", encoding="utf-8")
    common.write_text(DATA.replace("recipient: Бехтенева Наталья Юрьевна\n", "").replace("number: 17\n", "").replace(f'qr: "{TEXT}"\n', ""), encoding="utf-8")
    command = [itog, "batch", table, "--common", common, "--sign", folder / "key.secret", "--to", "pdf", "--name", "signed", "-o", folder]
    subprocess.run(command, check=True, capture_output=True)
    texts = read(drawn(folder / "signed.pdf"))
    if len(texts) != 1:
        return [f"the signed code is read as {texts}"]
    verified = subprocess.run([itog, "verify", texts[0], "--key", folder / "key.public"], capture_output=True, text=True)
    return [] if verified.returncode == 0 else [f"what the signed code says is not genuine: {verified.stdout}{verified.stderr}"]


def main(itog):
    listed = subprocess.run([itog, "templates"], check=True, capture_output=True, text=True).stdout
    designs = re.findall(r"^certificate-\S+", listed, re.M)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        faults = [
            f"{design}, {orientation}: the code is read as {texts}"
            for design in designs for orientation in ("landscape", "portrait")
            if (texts := read(page(itog, folder, design, orientation))) != [TEXT]
        ]
        faults += signed(itog, folder)
    print("\n".join(faults))
    print(f"{2 * len(designs) + 1} codes read at {DPI} dpi, {len(faults)} wrong")
    return bool(faults)


def prove(itog):
    with tempfile.TemporaryDirectory() as name:
        picture = page(itog, pathlib.Path(name), "certificate-participant", "landscape")
        corner = zxingcpp.read_barcodes(picture)[0].position.top_left
        seen = proof.told("a code with another text", [] if read(picture) == [TEXT + "8"] else ["another text"])
        ImageDraw.Draw(picture).rectangle([corner.x - 4, corner.y - 4, corner.x + 60, corner.y + 60], fill=255)
        return not (proof.told("a code that is covered", [] if read(picture) == [TEXT] else ["nothing read"]) and seen)


if __name__ == "__main__":
    sys.exit(prove(sys.argv[2]) if sys.argv[1] == "--prove" else main(sys.argv[1]))
