"""Certificates of a table are right to the letter, in each design, as PDF and as DOCX; and their files are small.

    certificates.py ITOG PEOPLE.tsv
    certificates.py --prove ITOG PEOPLE.tsv    wants another ending, another post, another reason: each must be seen

PEOPLE.tsv has what the certificates of examples/data/people.csv must say, written by hand.
"""

import csv
import pathlib
import re
import subprocess
import sys
import tempfile
import zipfile

import proof

DESIGNS = ["classic", "modern", "festive", "letter", "participant"]
TABLE = "examples/data/people.csv"
COMMON = "examples/data/common.yaml"
# In bytes: of one of a batch, of a single one.
LARGEST_OF_BATCH, LARGEST_SINGLE = 52_000, 35_000


def said(path):
    """All text of a file without white space and soft hyphens, so that lines do not matter."""
    if path.suffix == ".pdf":
        text = subprocess.run(["pdftotext", "-raw", path, "-"], check=True, capture_output=True, text=True).stdout
    else:
        xml = zipfile.ZipFile(path).read("word/document.xml").decode()
        # What older readers take says the same once more.
        xml = re.sub(r"<mc:Fallback>.*?</mc:Fallback>", "", xml, flags=re.S)
        text = "".join(re.findall(r"<w:t[ >][^<]*|<w:noBreakHyphen/>", xml))
        text = re.sub(r"<w:t[^>]*>", "", text).replace("<w:noBreakHyphen/>", "-").replace("&amp;", "&")
    return re.sub("[\\s\u00ad\u200b]", "", text).replace("\u2011", "-")


def wanted(expected):
    """The people of the table with what their certificates must say."""
    people = list(csv.DictReader(open(expected, encoding="utf-8"), delimiter="\t"))
    reason = re.search("^for: (.*)$", pathlib.Path(COMMON).read_text(encoding="utf-8"), re.MULTILINE)[1]
    return [{**person, "reason": person["reason"] or reason} for person in people]


def batch(itog, design, out):
    command = [itog, "batch", TABLE, "--common", COMMON, "--template", f"certificate-{design}", "--name", "{{number}}", "-o", out]
    subprocess.run(command, check=True, capture_output=True)


def unsaid(out, people):
    """What the certificates in a folder do not say."""
    for person in people:
        for ending in ["pdf", "docx"]:
            text = said(out / f"{person['number']}.{ending}")
            for part in [person["name"], person["position"], person["reason"]]:
                if re.sub(r"\s", "", part) not in text:
                    yield f"{out.name} {person['number']}.{ending} does not say «{part}»"


def prove(itog, expected):
    with tempfile.TemporaryDirectory() as folder:
        out, people = pathlib.Path(folder, "classic"), wanted(expected)
        batch(itog, "classic", out)
        change = {"name": lambda text: text[:-1] + "щ", "position": lambda text: text[:-1] + "щ", "reason": lambda text: text[:-3] + "ое"}
        seen = []
        for key, spoil in change.items():
            person = next(person for person in people if person[key])
            told = list(unsaid(out, [{**person, key: spoil(person[key])}]))
            seen += [proof.told(f"another {key} in the {e}", [t for t in told if f".{e} " in t]) for e in ("pdf", "docx")]
    return not all(seen)


def main(itog, expected):
    faults, people = [], wanted(expected)
    with tempfile.TemporaryDirectory() as folder:
        for design in DESIGNS:
            out = pathlib.Path(folder, design)
            batch(itog, design, out)
            faults += unsaid(out, people)
        # More rows than the sample by which a batch decides what its PDFs share.
        rows = list(csv.DictReader(open(TABLE, encoding="utf-8")))
        table = pathlib.Path(folder, "many.csv")
        with open(table, "w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0])
            writer.writeheader()
            writer.writerows({**rows[n % len(rows)], "number": f"{n:03}"} for n in range(200))
        many = pathlib.Path(folder, "many")
        subprocess.run([itog, "batch", table, "--common", COMMON, "--to", "pdf", "-o", many], check=True, capture_output=True)
        largest = max(path.stat().st_size for path in many.iterdir())
        single = pathlib.Path(folder, "single.pdf")
        subprocess.run([itog, "render", "templates/certificate-classic/sample.yaml", "-o", single], check=True, capture_output=True)
        print(f"{len(people)} people in {len(DESIGNS)} designs; of a batch {largest} bytes at most, a single one {single.stat().st_size}")
        if largest > LARGEST_OF_BATCH or single.stat().st_size > LARGEST_SINGLE:
            faults.append(f"more than {LARGEST_OF_BATCH} bytes in a batch, or {LARGEST_SINGLE} alone")
    for fault in faults:
        print(f"FAULT: {fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(prove(*sys.argv[2:4]) if sys.argv[1] == "--prove" else main(*sys.argv[1:3]))
