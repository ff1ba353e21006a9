"""Every design of certificates, upright and across, holds whatever a certificate says: seven fillings of each, in PDF and as LibreOffice shows the DOCX.

    designs.py ITOG [DESIGN...]      the matrix; `--pdf` before ITOG leaves LibreOffice out
    designs.py --prove ITOG          spoils a design in six ways: each must be seen

Judged: one page; no word over another and none off the sheet; all names there; no band without ink over BAND of the height in the middle of
the sheet; the block of words in the middle of the room that its design leaves, within CENTRE of the sheet. Needs poppler-utils, numpy, Pillow, soffice.
"""

import collections
import itertools
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import numpy
from PIL import Image

BAND = 0.22
CENTRE = 0.03
ROOT = pathlib.Path(__file__).parents[2]
MM = 72 / 25.4
NAMES = ["Ефремова Нина Семёновна", "Кислых Иван Петрович", "Рогожина Евгения Борисовна", "Ткач Яна Эдуардовна", "Ли Виктор Чанович"]
REASON = ("многолетний добросовестный труд, вклад в развитие библиотечного дела района, подготовку и проведение ежегодных краеведческих чтений, "
          "создание клуба семейного чтения, обучение молодых библиотекарей, перевод каталога в цифровой вид, сбор воспоминаний старожилов, издание "
          "сборника «Сёла нашего края», помощь школам и музеям, работу с детьми и ветеранами, внимание к каждому читателю, участие в областных и "
          "всероссийских конкурсах, победу в конкурсе «Библиотека года», организацию передвижных выставок и высокий профессионализм")


def signatures(count):
    return "signatures:\n" + "".join(f"  - {{post: {post}, name: {name}}}\n" for post, name in zip(
        ["Директор", "Председатель оргкомитета", "Министр культуры", "Секретарь жюри", "Член жюри"], NAMES[:count]))


FILLINGS = {
    "shortest": "kind: Благодарность\nrecipient: Ким Юлия Олеговна\nfor: помощь\ndate: 2024-04-15\n" + signatures(1),
    "usual": "kind: Диплом\ndegree: I степени\nrecipient: Соловьёв-Заречный Архип Игнатьевич\nfor: победу в творческом туре олимпиады\nissuer: Управление образования\n"
             "date: 2024-02-10\nplace: г. Заречинск\n" + signatures(2),
    "long": f"kind: Почётная грамота\nrecipient: Орлова Вера Ильинична\nfor: {REASON}\ndate: 2024-10-02\n" + signatures(3),
    "five": "kind: Диплом\nrecipient: Петров Олег Ильич\nfor: лучший краеведческий проект года\ndate: 2024-10-02\nplace: п. Яя\n" + signatures(5),
    "everything": "kind: Диплом победителя\ndegree: II степени\nnumber: 42-Л\nseries: АБ\nrecipient: {name: Соловьёв-Заречный Архип Игнатьевич, class: 10 «А», school: Средняя школа № 5}\n"
                  "for: победу в творческом туре\nnomination: Живое слово\nwork: Мой край\nevent: {name: Региональный этап олимпиады школьников по литературе, date: 2024-01-15}\n"
                  "issuer: Управление образования\ndate: 2024-02-10\nplace: г. Заречинск\nqr: https://example.org/42\ndesign: {seal: true}\n" + signatures(2),
    "collective": "kind: Грамота\nrecipient: Команда «Книжные черви» средней школы № 12\nfor: волю к победе\ndate: 2024-05-24\nissuer: Районная библиотека\n" + signatures(2),
    "several": "kind: Благодарность\nrecipient: [Ким Юлия Олеговна, Петров Олег Ильич, Орлова Вера Ильинична]\nfor: подготовку праздника\ndate: 2024-05-24\n" + signatures(2),
}
PROOFS = [
    ("margin", "@page { size: A4 landscape; margin: 0 -20mm }"), ("second page", ".foot { break-before: page } .sheet { display: block; height: auto }"),
    ("overlap", ".recipient-name { margin-bottom: -16mm }"), ("band", ".sheet { display: block; -itog-fit: none } .foot { margin-top: 62mm }"),
    ("signature", ".signatures { display: none }"), ("centre", ".sheet { padding-top: 16mm }"),
]


def words(pdf):
    """The words of each page with their boxes, and the size of the page."""
    text = subprocess.run(["pdftotext", "-bbox", pdf, "-"], check=True, capture_output=True, text=True).stdout
    pages = []
    for page in re.findall(r"<page width=\"([\d.]+)\" height=\"([\d.]+)\">(.*?)</page>", text, re.S):
        boxes = re.findall(r'xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)</word>', page[2])
        pages.append((float(page[0]), float(page[1]), [(*map(float, box[:4]), box[4]) for box in boxes]))
    return pages


def overlapping(boxes):
    """Words that lie over each other: by a third of the smaller one's height and by more than two points of width."""
    for (ax, ay, bx, by, one), (cx, cy, dx, dy, other) in itertools.combinations(boxes, 2):
        wide, high = min(bx, dx) - max(ax, cx), min(by, dy) - max(ay, cy)
        # Boxes are as high as the face's ascent and descent; script faces have great ones.
        if wide > 2 and high > 0.45 * min(by - ay, dy - cy):
            yield f"«{one}» over «{other}»"


def band(pdf, folder):
    """The highest band without ink in the middle three fifths of the sheet."""
    subprocess.run(["pdftoppm", "-r", "30", "-gray", "-png", "-singlefile", pdf, folder / "band"], check=True)
    pixels = numpy.asarray(Image.open(folder / "band.png").convert("L"), dtype=int)
    height, width = pixels.shape
    middle = pixels[:, width // 5:width * 4 // 5]
    ground = collections.Counter(middle.ravel().tolist()).most_common(1)[0][0]
    inked = numpy.flatnonzero((abs(middle - ground) > 40).any(axis=1))
    edges = numpy.concatenate([[0], inked, [height - 1]])
    return float(numpy.diff(edges).max() / height)


def room(design, orientation):
    """The margins of a design, top, right, bottom and left in points."""
    sheet = (ROOT / "templates" / design / "style.css").read_text(encoding="utf-8")
    named = r"@page portrait" if orientation == "portrait" else r"@page"
    margins = [float(side) * MM for side in re.search(named + r" \{[^}]*margin: ([\d.]+)mm ([\d.]+)mm ([\d.]+)mm ([\d.]+)mm", sheet).groups()]
    # What a design draws above the words, the wreath for the arms, is no room for them.
    drawn = re.search((r"^\.portrait " if orientation == "portrait" else "^") + r"\.masthead \{[^}]*padding-top: ([\d.]+)mm", sheet, re.M)
    margins[0] += float(drawn[1]) * MM if drawn else 0
    return margins


def astray(pdf, margins):
    """How far the middle of all words is from that of the room between the margins, as parts of the sheet."""
    width, height, boxes = words(pdf)[0]
    top, right, bottom, left = margins
    across = (min(box[0] for box in boxes) + max(box[2] for box in boxes)) / 2 - (left + width - right) / 2
    down = (min(box[1] for box in boxes) + max(box[3] for box in boxes)) / 2 - (top + height - bottom) / 2
    return across / width, down / height


def judge(pdf, count, folder, what, margins):
    pages = words(pdf)
    if len(pages) != 1:
        yield f"{what}: {len(pages)} pages"
    text = " ".join(word for _, _, boxes in pages for *_, word in boxes)
    for name in NAMES[:count]:
        last = name.split()[0]
        if last not in text:
            yield f"{what}: {last} is missing"
    for width, height, boxes in pages:
        for ax, ay, bx, by, word in boxes:
            if ax < 8 or bx > width - 8 or by < 8 or ay > height - 8:
                yield f"{what}: «{word}» stands at the edge"
        yield from (f"{what}: {fault}" for fault in overlapping(boxes))
    across, down = astray(pdf, margins)
    if abs(across) > CENTRE or abs(down) > CENTRE:
        yield f"{what}: the block stands {across:+.1%} across and {down:+.1%} down from the middle of its room"
    empty = band(pdf, folder)
    if empty > BAND:
        yield f"{what}: an empty band of {empty:.0%}"


def made(itog, template, filling, orientation, out, to):
    data = out.with_suffix(".yaml")
    text = FILLINGS[filling]
    text = text.replace("design: {", f"design: {{orientation: {orientation}, ") if "design:" in text else text + f"design: {{orientation: {orientation}}}\n"
    data.write_text(text, encoding="utf-8")
    done = subprocess.run([itog, "render", data, "--template", template, "--to", to, "-o", out], capture_output=True, text=True)
    if done.returncode:
        return [f"{out.name}: {done.stderr.strip().splitlines()[0]}"]
    return [f"{out.name}: {line}" for line in done.stderr.splitlines() if re.match(r"(warning|error)\[(fit-overflow|box-overflow|page-overflow)", line)]


def main(itog, chosen, with_word):
    listed = subprocess.run([itog, "templates"], check=True, capture_output=True, text=True).stdout
    designs = chosen or re.findall(r"^certificate-\S+", listed, re.M)
    if not chosen and len(designs) < 12:
        sys.exit(f"there are only {len(designs)} designs")
    folder, faults = pathlib.Path(tempfile.mkdtemp()), []
    for design, orientation, filling in itertools.product(designs, ["landscape", "portrait"], FILLINGS):
        out = folder / f"{design}.{orientation}.{filling}.pdf"
        faults += made(itog, design, filling, orientation, out, "pdf,docx" if with_word else "pdf")
        if out.exists():
            faults += judge(out, FILLINGS[filling].count("post:"), folder, out.stem, room(design, orientation))
    if with_word:
        documents = sorted(folder.glob("*.docx"))
        (folder / "word").mkdir()
        for start in range(0, len(documents), 40):
            subprocess.run(["soffice", f"-env:UserInstallation=file://{folder}/office", "--headless", "--convert-to", "pdf", "--outdir", folder / "word",
                            *documents[start:start + 40]], check=True, capture_output=True)
        for document in documents:
            pages = len(words(folder / "word" / f"{document.stem}.pdf"))
            if pages != 1:
                faults.append(f"{document.stem}: {pages} pages in LibreOffice")
    print("\n".join(faults))
    count = len(designs) * 2 * len(FILLINGS)
    print(f"{count} certificates, {len({fault.split(':')[0] for fault in faults})} with faults")
    shutil.rmtree(folder)
    return bool(faults)


def prove(itog):
    folder, missed = pathlib.Path(tempfile.mkdtemp()), 0
    for number, (name, rule) in enumerate(PROOFS):
        template = folder / f"design-{number}"
        subprocess.run([itog, "templates", "--eject", "certificate-classic", template], check=True, capture_output=True)
        with open(template / "style.css", "a", encoding="utf-8") as sheet:
            sheet.write(rule)
        out = folder / f"{number}.pdf"
        faults = made(itog, template, "usual", "landscape", out, "pdf")
        if not faults and not list(judge(out, 2, folder, name, room("certificate-classic", "landscape"))):
            print(f"{name} is not seen")
            missed += 1
    print(f"{len(PROOFS)} proofs, {missed} missed")
    return missed > 0


if __name__ == "__main__":
    arguments = sys.argv[1:]
    if arguments[0] == "--prove":
        sys.exit(prove(arguments[1]))
    word = arguments[0] != "--pdf"
    arguments = arguments if word else arguments[1:]
    sys.exit(main(arguments[0], arguments[1:], word))
