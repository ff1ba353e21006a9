#!/usr/bin/env python3
"""TeX breaks paragraphs where our breaker with TeX's costs does.

    tex.py --prove FILE.tex …    lets a line of each end one rule later: TeX must not agree
    tex.py FILE.tex …    files of tests/tex, whose first line says after which rules our lines end

Each file has a paragraph as rules, glue and discretionary breaks, and sets it three times: without hyphens, with them, and with any badness. The
first time counts at which no line is overfull, which is how TeX says that it found no way. Exit status 1 if any line ends elsewhere.
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile

ATTEMPTS = "without hyphens", "with hyphens", "at any badness"


def lines(box):
    """After which rules the lines of a shown vertical box end."""
    ends, rules = [], 0
    for row in box.splitlines():
        if row.startswith("..\\rule"):
            rules += 1
        elif row.startswith(".\\hbox") and rules:
            ends.append(rules)
    return [*ends, rules]


def tex(path):
    """TeX's line ends, and at which attempt it found them."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["tex", "-ini", "-interaction=batchmode", f"-output-directory={folder}", path.name]
        # Without the settings of a distribution TeX has to be told where files are.
        subprocess.run(command, env={**os.environ, "TEXINPUTS": str(path.parent.resolve())}, capture_output=True)
        log = (pathlib.Path(folder) / f"{path.stem}.log").read_text(errors="replace")
    errors = re.findall(r"^! (?!OK)(.*)$", log, re.M)
    if errors:
        sys.exit(f"{path}: TeX says: {errors[0]}")
    # Before the box that is shown stands what TeX has to say about its lines.
    said, *shown = re.split(r"^> \\box0=", log, flags=re.M)
    for attempt, after in zip(ATTEMPTS, shown, strict=True):
        box, rest = after.split("\n\n", 1)
        if "Overfull" not in said:
            return lines(box), attempt
        said = rest
    sys.exit(f"{path}: TeX finds no lines")


def main(paths, prove=False):
    bad = 0
    for path in map(pathlib.Path, paths):
        ours = [int(number) for number in re.findall(r"\d+", path.read_text().splitlines()[0])]
        theirs, attempt = tex(path)
        if prove:
            ours[0] += 1
        good = (ours == theirs) != prove
        bad += not good
        print(f"{'ok' if good else 'FAIL':4} {path.name}: {len(theirs)} lines {attempt}{'' if good else f', TeX {theirs}, we {ours}'}")
    return bad


if __name__ == "__main__":
    proving = sys.argv[1] == "--prove"
    sys.exit(main(sys.argv[1 + proving :], proving) > 0)
