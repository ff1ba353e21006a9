"""LibreOffice, which makes PDF of DOCX, with the Russian hyphenation that we have, too.

Debian's `hyphen-ru` is TeX's list of patterns as it stands. libhyphen looks at one pattern at a place, so that a pattern must say what the
shorter ones at its end say, too; that is what `substrings.pl` of libhyphen is for. Without it many breaks are missed: «межпо-селенческая» is
found, «меж-поселенческая» never. Here the list is made complete.
"""

import pathlib
import re
import subprocess
import sys

PATTERNS = pathlib.Path("/usr/share/hyphen/hyph_ru_RU.dic")
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Linguistic/ServiceManager/Dictionaries"><node oor:name="CompleteRussian" oor:op="replace">
<prop oor:name="Locations" oor:op="fuse"><value><it>{dictionary}</it></value></prop>
<prop oor:name="Format" oor:op="fuse"><value>DICT_HYPH</value></prop>
<prop oor:name="Locales" oor:op="fuse"><value><it>ru-RU</it></value></prop>
</node></item>
</oor:items>
"""


def complete(patterns):
    """The patterns of a list for libhyphen, each with what its ends say."""
    known = {}
    for pattern in patterns:
        values = [0]
        for c in pattern:
            if c.isdigit():
                values[-1] = int(c)
            else:
                values.append(0)
        known[re.sub(r"\d", "", pattern)] = values
    for start in sorted({word[:end] for word in known for end in range(1, len(word) + 1)}):
        ends = [at for at in range(len(start)) if start[at:] in known]
        values = [0] * (len(start) + 1)
        for at in ends:
            for place, value in enumerate(known[start[at:]], at):
                values[place] = max(values[place], value)
        if ends:
            yield "".join((str(value) if value else "") + c for value, c in zip(values, [*start, ""]))


def profile(folder):
    """A profile of LibreOffice with that dictionary, made if it is not there."""
    settings = folder / "profile" / "user" / "registrymodifications.xcu"
    if not settings.exists():
        settings.parent.mkdir(parents=True)
        dictionary = folder / "profile" / "hyph_ru_RU.dic"
        words = PATTERNS.read_text(encoding="koi8-r").split()
        dictionary.write_text("\n".join(["UTF-8", *complete(words[1:])]) + "\n", encoding="utf-8")
        settings.write_text(SETTINGS.format(dictionary=dictionary.as_uri()), encoding="utf-8")
    return (folder / "profile").as_uri()


def to_pdf(files, out, folder):
    """PDFs of DOCX files in the folder `out`; the profile lies in `folder`."""
    command = ["soffice", "--headless", f"-env:UserInstallation={profile(folder)}", "--convert-to", "pdf", "--outdir", out, *files]
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"LibreOffice failed: {done.stdout}{done.stderr}")
