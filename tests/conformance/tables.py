"""Gives the program tables as people have them, made at random, and reads what each printed sheet says and what was told.

    tables.py ITOG SEED...              100 tables of each seed: what is printed is right, or the fault is told
    tables.py --prove ITOG              wants other schools, other people, other words: each must be seen
    tables.py ITOG SEED -v [-k RE] [-o DIR]    shows and keeps the tables whose verdict or kinds match

A table is right if each sheet says all that its row has and nothing of another row; asked if the program makes nothing and shows what it
doubts; told if a column or a row that was not understood is named; wrong otherwise.
"""

import argparse
import collections
import json
import pathlib
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

sys.path.insert(0, str(pathlib.Path(__file__).parent / "tables"))

import proof
from made import heads, make, norm, write

TABLES, LEAST_RIGHT = 100, 98
FOLDER = pathlib.Path(__file__).parent / "tables"
WRONG, TOLD, ASKED, RIGHT = "wrong", "told", "asked", "right"


class Made:
    """What the program has made of a table: pages as norm texts, faults of the whole, records."""

    def __init__(self, itog, path, common):
        out, report = path.with_suffix(".pdf"), path.with_suffix(".json")
        shared = path.with_suffix(".yaml")
        shared.write_text(common, encoding="utf-8")
        command = [itog, "batch", path, "--common", shared, "--merge", out, "--report", report, "--overwrite", "--jobs", "1", "--message-format", "json"]
        run = subprocess.run(command, capture_output=True, text=True)
        self.said = [json.loads(line) for line in run.stderr.splitlines() if line.startswith("{")]
        self.pages, self.records = [], []
        if report.exists():
            self.records = json.loads(report.read_text(encoding="utf-8"))["records"]
        if out.exists():
            text = subprocess.run(["pdftotext", "-raw", out, "-"], capture_output=True, text=True).stdout
            self.pages = [norm(page.replace("\u00ad", "")) for page in text.split("\f")[:-1]]

    def told(self, head):
        """Whether a fault of the columns names one."""
        name = norm(head)
        return any(name in norm(fault["message"]) for fault in self.said if fault["code"].startswith("column-") or fault["severity"] == "error")

    def codes(self):
        return {fault["code"] for fault in self.said}

    def errors(self):
        return [fault["message"] for fault in self.said if fault["severity"] == "error"]


def faults(table, made):
    """What is wrong with each sheet: (grave, what). What is told is not grave."""
    if len(made.pages) != len(table.people):
        failed = [record["row"] for record in made.records if record["status"] != "made" and record["faults"] and record["faults"][0]["severity"] == "error"]
        grave = len(made.pages) + len(failed) != len(table.people)
        yield grave, f"{len(made.pages)} sheets for {len(table.people)} people; rows that failed: {failed}"
        if grave or not made.pages:
            return
        done = [record["row"] for record in made.records if record["status"] == "made"]
        rows = [table.rows_of[id(one)] + 1 for one in table.people]
        people = [one for one, row in zip(table.people, rows) if row in done]
        if len(people) != len(made.pages):
            yield True, "other rows were made"
            return
    else:
        people = table.people
    told_headings = "row-left-out" in made.codes()
    of_column = {meaning: {norm(one.values[meaning]) for one in table.people} for meaning in one_of(table)}
    for one, page in zip(people, made.pages):
        for meaning, patterns in one.says.items():
            if not any(re.search(pattern, page) for pattern in patterns):
                # Whoever gets a sheet of another name is told nothing by a warning.
                named = meaning != "name" and meaning in table.columns and made.told(table.columns[meaning])
                told = meaning == table.groups and told_headings or named
                yield not told, f"{one.values['last']}: no {meaning} {patterns[0]}: {page[:300]}"
        own = "".join(norm(value) for value in one.values.values()) + norm(table.common)
        for meaning, values in of_column.items():
            for value in values:
                if len(value) > 4 and value not in own and value in page:
                    yield True, f"{one.values['last']}: says {meaning} {value} of another row: {page[:300]}"
        for never in [*table.never, *(one.values[aside] for aside in table.columns if aside in NEVER_PRINTED)]:
            if len(norm(never)) > 4 and norm(never) in page:
                yield True, f"{one.values['last']}: says {never}: {page[:300]}"
    for code in table.tell:
        if code not in made.codes() and not any(code == f["code"] for r in made.records for f in [*r["faults"], *r["warnings"]]):
            yield True, f"{code} is not told"


# Where somebody is from may stand on the sheet: «Район» does, «Место жительства» does not.
NEVER_PRINTED = {"mail", "phone", "stamp", "birth", "parent"}


def one_of(table):
    return [meaning for meaning in table.columns if meaning not in ("consent", "note", "first", "middle", "name", "date", "period")] + ["last"]


def judge(table, made):
    """The verdict with what it stands on."""
    if not made.pages:
        errors = made.errors()
        named = any(norm(head) in norm(error) for error in errors for head in table.columns.values()) or any(re.search(r"row|sheet", error) for error in errors)
        return (ASKED if errors and named else WRONG), errors or ["nothing printed, nothing said"]
    found = list(faults(table, made))
    if not found:
        return RIGHT, []
    verdict = WRONG if any(grave for grave, _ in found) else TOLD
    return verdict, [what for grave, what in sorted(found, key=lambda pair: not pair[0])]


def table_of(itog, seed, number, names, folder):
    table = make(seed, number, names)
    path = write(table, folder)
    return table, path, Made(itog, path, table.common)


def prove(itog):
    """Spoils what a right table must say."""
    names, seen = heads(FOLDER / "heads.txt"), []
    spoils = {
        "another school": lambda t: [one.says.update(school=["гимназия99"]) for one in t.people],
        "another rank": lambda t: [one.says.update(result=["ixместо"]) for one in t.people],
        "another name": lambda t: t.people[0].says.update(name=["нетакого"]),
        "one person less": lambda t: t.people.pop(),
        "rows the other way round": lambda t: t.people.reverse(),
        "a word that must not stand there": lambda t: t.never.append(t.people[0].values["first"] + t.people[0].values["middle"] if "middle" in t.columns else t.people[0].values["last"]),
        "a warning that was not given": lambda t: t.tell.append("no-such-code"),
    }
    with tempfile.TemporaryDirectory() as folder:
        number = 0
        for what, spoil in spoils.items():
            while True:
                number += 1
                table, _, made = table_of(itog, "prove", number, names, pathlib.Path(folder))
                if judge(table, made)[0] == RIGHT and {"school", "result"} <= set(table.columns):
                    break
            spoil(table)
            verdict, why = judge(table, made)
            seen.append(proof.told(what, why if verdict == WRONG else []))
    return not all(seen)


def score(itog, seed, options, folder):
    """Judges the tables of a seed; gives how many have each verdict."""
    names, count, kinds = heads(options.heads or FOLDER / "heads.txt"), collections.Counter(), collections.Counter()
    with ThreadPoolExecutor(2) as pool:
        for number, (table, path, made) in enumerate(pool.map(lambda n: table_of(itog, seed, n, names, folder), range(options.tables))):
            verdict, why = judge(table, made)
            count[verdict] += 1
            kinds.update(table.kinds)
            told = f"{verdict}: {seed}/{number} {path.name} ({', '.join(table.kinds)}) {' | '.join(table.columns.values())}"
            if verdict == WRONG or options.verbose and verdict != RIGHT and re.search(options.kinds, told):
                print(told.replace("\n", "\\n"))
                print("".join(f"    {line}\n" for line in why[:3]), end="")
    shown = ", ".join(f"{verdict} {count[verdict]}" for verdict in (RIGHT, TOLD, ASKED, WRONG))
    print(f"seed {seed}: {shown}; {len(kinds)} kinds of shapes")
    return count


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--prove", action="store_true")
    parser.add_argument("itog")
    parser.add_argument("seeds", nargs="*")
    parser.add_argument("-v", "--verbose", action="store_true")
    parser.add_argument("-k", "--kinds", default="")
    parser.add_argument("-n", "--tables", type=int, default=TABLES)
    parser.add_argument("-o", "--out", type=pathlib.Path)
    parser.add_argument("--heads", type=pathlib.Path, help="other names of columns than heads.txt has")
    options = parser.parse_args()
    if options.prove:
        return prove(options.itog)
    bad = False
    for seed in options.seeds:
        with tempfile.TemporaryDirectory() as folder:
            if options.out:
                folder = options.out / seed
                folder.mkdir(parents=True, exist_ok=True)
            count = score(options.itog, seed, options, pathlib.Path(folder))
        bad |= count[WRONG] > 0 or count[RIGHT] < LEAST_RIGHT * options.tables // 100
    return bad


if __name__ == "__main__":
    sys.exit(main())
