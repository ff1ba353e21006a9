"""Words stand where a browser puts them: headless Chromium and itog print the same cases, and every word's box is compared.

    browser.py FOLDER [CASE...]

FOLDER holds NAME.html and our NAME.pdf, as `cargo test --test suite` leaves them in target/tmp/suite. Boxes are those of
`pdftotext -bbox`. A word agrees if it is on the same page and all four sides are within TOLERANCE points. A case with words that do not must
be named in docs/css-supported.md, which says why. Named cases are told word by word.
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

TOLERANCE = 0.75
# Of all words of the suite, how many must agree, and how many cases there must be.
WANTED = 0.97
CASES = 60
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


def main():
    folder, chosen = Path(sys.argv[1]), sys.argv[2:]
    pages = sorted(folder.glob("*.html"))
    if chosen:
        pages = [page for page in pages if page.stem in chosen]
    with tempfile.TemporaryDirectory() as profile:
        browser = Chromium(profile)
        try:
            for page in pages:
                browser.print(page, page.with_suffix(".browser.pdf"))
        finally:
            browser.end()
    explained = (Path(__file__).parents[2] / "docs/css-supported.md").read_text()
    good = whole = 0
    strange = []
    for page in pages:
        ours, theirs = words(page.with_suffix(".pdf")), words(page.with_suffix(".browser.pdf"))
        agreed, total, a, b = compare(ours, theirs)
        good, whole = good + agreed, whole + total
        if agreed < total and f"`{page.stem}`" not in explained:
            strange.append(page.stem)
        if agreed < total or chosen:
            print(f"{agreed:5} of {total:4}  {page.stem}")
        if chosen:
            for side, left in (("itog", a), ("browser", b)):
                for number, text, box in left:
                    print(f"    {side:8} page {number} {text:16} " + " ".join(f"{n:8.2f}" for n in box))
    share = good / max(whole, 1)
    print(f"{good} of {whole} words of {len(pages)} cases stand where the browser puts them: {share:.2%}")
    if strange:
        sys.exit(f"not explained in docs/css-supported.md: {', '.join(strange)}")
    if not chosen and (share < WANTED or len(pages) < CASES):
        sys.exit(f"wanted: {WANTED:.0%} of the words of {CASES} cases")


if __name__ == "__main__":
    main()
