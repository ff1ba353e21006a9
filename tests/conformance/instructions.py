#!/usr/bin/env python3
"""What the program costs: instructions of eight small jobs, counted by valgrind, against those in instructions.txt.

    instructions.py ITOG            counts and compares
    instructions.py --write ITOG    counts and keeps the counts, after a change that is meant; the file goes with the change
    instructions.py --prove ITOG    a count three percent and a bit too high must be seen

Time depends on the machine and on what else it does; instructions hardly do, and a loop that has become slower by a twentieth shows. A count
more than 3 % above the one that is kept is a fault. One more than 3 % below is told, so that it is kept and what was won is not lost again.
Counts are of the release program as `cargo build --release` makes it, on x86-64 with AVX2, by the compiler that the file names.
"""

import csv
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import proof

KEPT = pathlib.Path(__file__).with_name("instructions.txt")
MOST = 0.03
# Records of a batch: enough that the next one is like the last one.
RECORDS = 150
NAMES = ["Егорова Татьяна", "Ким Виктория", "Лебедь Пётр", "Несмачных Елена", "Бойко Ольга", "Мицкевич Вера", "Зуев Олег", "Шмидт Ирина", "Ткач Анна", "Гусь Лев"]
PATRONYMICS = {"а": ["Вячеславовна", "Юрьевна", "Ильинична"], "": ["Вячеславович", "Юрьевич", "Ильич"]}
POSTS = ["методист", "директор", "заведующая отделом", "главный библиотекарь", "учёный секретарь"]


def people(path):
    """A table of certificates, always the same."""
    with open(path, "w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["number", "name", "post", "of"])
        for n in range(RECORDS):
            name = NAMES[n % len(NAMES)]
            patronymics = PATRONYMICS["а" if name[-1] in "ая" else ""]
            whole = f"{name} {patronymics[n // len(NAMES) % 3]}"
            table.writerow([f"{n + 1:03}", whole, POSTS[n % len(POSTS)], f"Школа № {n + 1}"])


def long_document(path):
    """Some thirty pages of justified text."""
    points = [
        f"{n + 1}-й филиал: провести неделю детской книги, обеспечить пополнение фонда краеведческой литературы, подготовить отчёт о работе "
        f"клубов по интересам за {2000 + n % 25} год и разместить его на сайте централизованной библиотечной системы не позднее {n % 28 + 1} марта."
        for n in range(200)
    ]
    document = {"kind": "Решение", "date": "2026-03-14", "recommendations": points}
    pathlib.Path(path).write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")


def long_table(path):
    rows = [[n + 1, f"Мероприятие {n + 1} «Книга и время»", f"{n % 28 + 1} марта", "Центральная библиотека"] for n in range(400)]
    table = {"type": "table", "columns": ["№", "Название", "Срок", "Место"], "rows": rows}
    document = {"kind": "План", "date": "2026-03-14", "sections": [table]}
    pathlib.Path(path).write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")


def jobs(itog, folder):
    """The jobs by name."""
    table, text, rows = (os.path.join(folder, name) for name in ["people.csv", "long.json", "rows.json"])
    people(table)
    long_document(text)
    long_table(rows)
    out = os.path.join(folder, "out")
    batch = [itog, "batch", table, "--common", "examples/data/common.yaml", "--template", "certificate-classic", "--jobs", "1", "--name", "{{number}}"]
    return {
        "final-document-pdf": [itog, "render", "examples/data/final-document.yaml", "--to", "pdf", "-o", f"{out}/a.pdf"],
        "final-document-docx": [itog, "render", "examples/data/final-document.yaml", "--to", "docx", "-o", f"{out}/a.docx"],
        "long-document-pdf": [itog, "render", text, "--to", "pdf", "-o", f"{out}/b.pdf"],
        "long-table-pdf": [itog, "render", rows, "--to", "pdf", "-o", f"{out}/c.pdf"],
        "long-table-docx": [itog, "render", rows, "--to", "docx", "-o", f"{out}/c.docx"],
        "certificates-pdf": [*batch, "--to", "pdf", "-o", f"{out}/pdf"],
        "certificates-merged": [*batch[:-2], "--to", "pdf", "--merge", f"{out}/all.pdf"],
        "certificates-docx": [*batch, "--to", "docx", "-o", f"{out}/docx"],
    }


def count(command):
    valgrind = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null"]
    done = subprocess.run([*valgrind, *command], capture_output=True, text=True)
    found = re.search(r"Collected : (\d+)", done.stderr)
    if done.returncode or not found:
        sys.exit(f"{' '.join(command)}\n{done.stdout}{done.stderr}")
    return int(found[1])


def counts(itog):
    with tempfile.TemporaryDirectory() as folder:
        return {name: count(command) for name, command in jobs(itog, folder).items()}


def kept():
    lines = [line.split() for line in KEPT.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return {name: int(number) for name, number in lines}


def dearer(found, known):
    """The jobs that cost more than they may; says what each costs."""
    bad = []
    for name, number in found.items():
        if name not in known:
            print(f"FAIL {name}: {number:,}, and nothing is kept of it: `instructions.py --write`")
            bad.append(name)
            continue
        change = number / known[name] - 1
        word = "FAIL" if change > MOST else "ok"
        better = ": cheaper by so much that it should be kept, `instructions.py --write`" if change < -MOST else ""
        print(f"{word:4} {name}: {number:,}, {change:+.1%}{better}")
        if change > MOST:
            bad.append(name)
    return bad


def write(itog):
    rustc = subprocess.run(["rustc", "--version"], check=True, capture_output=True, text=True).stdout.strip()
    lines = ["# Instructions of eight jobs: see instructions.py, which writes this file.", f"# {rustc}"]
    lines += [f"{name} {number}" for name, number in counts(itog).items()]
    KEPT.write_text("\n".join(lines) + "\n", encoding="utf-8")


def prove():
    known = kept()
    name = next(iter(known))
    seen = proof.told("a job dearer by 3.1 %", dearer({name: int(known[name] * 1.031)}, known))
    unknown = proof.told("a job that nothing is kept of", dearer({"other": 1}, known))
    return not (seen and unknown and not dearer(known, known))


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["--prove", _]:
            sys.exit(prove())
        case ["--write", itog]:
            write(itog)
        case [itog]:
            sys.exit(bool(dearer(counts(itog), kept())))
        case _:
            sys.exit(__doc__)
