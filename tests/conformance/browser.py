"""Words stand where a browser puts them: headless Chromium and itog print the same cases, and every word's box is compared.

    browser.py FOLDER [CASE...]
    browser.py --update FOLDER    writes down how far the excused cases are from the browser
    browser.py --prove FOLDER     words that are moved, lost or turned over must be seen (after a run, which leaves the browser's pages)

FOLDER holds NAME.html and our NAME.pdf, as `cargo test --test suite` leaves them in target/tmp/suite. Boxes are those of
`pdftotext -bbox`. A word agrees if it is on the same page and all four sides are within TOLERANCE points. A case with words that do not must
be named in docs/css-supported.md, which says why, and in browser.txt, which says how many words differ and how far the farthest is: a
difference that grows is no longer the one that was excused. Named cases are told word by word.
"""

import base64
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import bbox
import proof

TOLERANCE = 0.75
# Of all words of the suite, how many must agree, and how many cases there must be.
WANTED = 0.97
CASES = 60
# How far the farthest word may move before a difference has grown, in points.
SLACK = 0.5
# Markers that a browser draws as shapes.
BULLETS = "•◦▪"


class Chromium:
    """A browser spoken to through a pipe: messages of the DevTools protocol as JSON, each ended by a zero byte."""

    def __init__(self, profile):
        command_in, self.commands = os.pipe()
        self.answers, answer_out = os.pipe()

        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []

        def pipes():
            # The browser reads from descriptor 3 and writes to 4. They may be among those we hold.
            reader, writer = os.dup(command_in), os.dup(answer_out)
            os.dup2(reader, 3)
            os.dup2(writer, 4)

        self.process = subprocess.Popen(
            ["chromium", "--headless", *sandbox, "--disable-gpu", "--remote-debugging-pipe", f"--user-data-dir={profile}",
             "--font-render-hinting=none", "--disable-dev-shm-usage", "--allow-file-access-from-files", "about:blank"],
            preexec_fn=pipes, close_fds=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(command_in)
        os.close(answer_out)
        self.held = b""
        self.count = 0
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.ask("Page.enable")

    session = None

    def read(self):
        while b"\0" not in self.held:
            part = os.read(self.answers, 1 << 20)
            if not part:
                sys.exit("the browser has ended")
            self.held += part
        message, self.held = self.held.split(b"\0", 1)
        return json.loads(message)

    def ask(self, method, **params):
        self.count += 1
        message = {"id": self.count, "method": method, "params": params}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.commands, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.read()
            if answer.get("id") == self.count:
                if "error" in answer:
                    sys.exit(f"{method}: {answer['error']}")
                return answer["result"]

    def print(self, page, pdf):
        self.ask("Page.navigate", url=page.resolve().as_uri())
        while self.read().get("method") != "Page.loadEventFired":
            pass
        made = self.ask("Page.printToPDF", preferCSSPageSize=True, printBackground=True)
        pdf.write_bytes(base64.b64decode(made["data"]))

    def end(self):
        self.process.terminate()
        self.process.wait()


def words(pdf):
    """(page, text, box) of every word, in the order of the text."""
    found = []
    for page, markup in enumerate(bbox.pages(pdf), 1):
        for *box, text in bbox.words(markup):
            if text not in BULLETS:
                # A hyphen at a line's end is one character for us, and two for the browser.
                found.append((page, re.sub("[\u00ad\u2010]", "", text), box))
    # What is read first depends on the order of painting; what stands where does not.
    return sorted(found, key=lambda w: (w[0], round(w[2][3]), w[2][0], w[1]))


def agree(a, b):
    return a[0] == b[0] and a[1] == b[1] and all(abs(x - y) <= TOLERANCE for x, y in zip(a[2], b[2]))


def compare(ours, theirs):
    """How many of the browser's words agree, how many there are, and those of both that do not."""
    left = list(theirs)
    only_ours = []
    for word in ours:
        match = next((other for other in left if agree(word, other)), None)
        if match:
            left.remove(match)
        else:
            only_ours.append(word)
    total = max(len(ours), len(theirs))
    return total - max(len(left), len(only_ours)), total, only_ours, left


HERE = Path(__file__).parent
EXCUSED = HERE / "browser.txt"


def farthest(ours, theirs):
    """How far apart the words are that stand elsewhere, in points; those that only one side has are counted."""
    left, far, lost = list(theirs), 0.0, 0
    for page, text, box in ours:
        near = [(max(abs(x - y) for x, y in zip(box, other[2])), other) for other in left if other[:2] == (page, text)]
        if near:
            distance, other = min(near, key=lambda pair: pair[0])
            left.remove(other)
            far = max(far, distance)
        else:
            lost += 1
    return round(far, 1), max(lost, len(left))


def excused():
    """What was written down: the words of a case that differ, how far the farthest is, how many have no partner."""
    lines = [line.split() for line in EXCUSED.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return {case: (int(words), float(far), int(lost)) for case, words, far, lost in lines}


def grown(found, known):
    """What of a difference is more than was written down."""
    names = ("words that differ", "points", "words without a partner")
    slack = (0, SLACK, 0)
    return [f"{f} {name} instead of {k}" for f, k, more, name in zip(found, known, slack, names) if f > k + more]


def prove(folder):
    pages = [page for page in sorted(folder.glob("*.browser.pdf")) if len(words(page)) > 4][:5]
    if not pages:
        sys.exit(f"{folder} has no page of a browser: run the judge first")
    seen = []
    for pdf in pages:
        good = words(pdf)
        page, text, box = good[2]
        spoil = {
            "a word that has moved": [*good[:2], (page, text, [box[0] + 1, box[1], box[2] + 1, box[3]]), *good[3:]],
            "a word that is lost": good[:2] + good[3:],
            "a word on the next page": [*good[:2], (page + 1, text, box), *good[3:]],
        }
        for what, bad in spoil.items():
            agreed, total, *_ = compare(bad, good)
            seen.append(proof.told(f"{what}, {pdf.name}", range(total - agreed)))
            seen.append(proof.told(f"{what} in an excused case", grown((total - agreed, *farthest(bad, good)), (0, 0.0, 0))))
    seen.append(proof.told("a difference that grows by a millimetre", grown((3, 6.0, 0), (3, 3.2, 0))))
    return not all(seen)


def main():
    update, arguments = sys.argv[1] == "--update", [argument for argument in sys.argv[1:] if argument != "--update"]
    folder, chosen = Path(arguments[0]), arguments[1:]
    pages = sorted(folder.glob("*.html"))
    if chosen:
        pages = [page for page in pages if page.stem in chosen]
    # Chromium still writes into its profile while it goes away.
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        browser = Chromium(profile)
        try:
            for page in pages:
                browser.print(page, page.with_suffix(".browser.pdf"))
        finally:
            browser.end()
    explained = (HERE.parents[1] / "docs/css-supported.md").read_text(encoding="utf-8")
    known, measured = excused(), {}
    good = whole = 0
    strange, worse = [], []
    for page in pages:
        ours, theirs = words(page.with_suffix(".pdf")), words(page.with_suffix(".browser.pdf"))
        agreed, total, a, b = compare(ours, theirs)
        good, whole = good + agreed, whole + total
        if agreed < total and f"`{page.stem}`" not in explained:
            strange.append(page.stem)
        elif agreed < total:
            measured[page.stem] = (total - agreed, *farthest(a, b))
            for fault in grown(measured[page.stem], known.get(page.stem, (0, 0.0, 0))):
                worse.append(f"{page.stem}: {fault}")
        if agreed < total or chosen:
            print(f"{agreed:5} of {total:4}  {page.stem}")
        if chosen:
            for side, left in (("itog", a), ("browser", b)):
                for number, text, box in left:
                    print(f"    {side:8} page {number} {text:16} " + " ".join(f"{n:8.2f}" for n in box))
    share = good / max(whole, 1)
    print(f"{good} of {whole} words of {len(pages)} cases stand where the browser puts them: {share:.2%}")
    if update:
        head = "# case, words that differ from the browser's, points of the farthest, words without a partner: browser.py --update\n"
        lines = [" ".join(map(str, (case, *figures))) for case, figures in sorted(measured.items())]
        EXCUSED.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
        return
    if worse:
        sys.exit("more than was excused:\n" + "\n".join(worse))
    if strange:
        sys.exit(f"not explained in docs/css-supported.md: {', '.join(strange)}")
    if not chosen and (share < WANTED or len(pages) < CASES):
        sys.exit(f"wanted: {WANTED:.0%} of the words of {CASES} cases")


if __name__ == "__main__":
    if sys.argv[1] == "--prove":
        sys.exit(prove(Path(sys.argv[2])))
    main()
