#!/usr/bin/env python3
"""What the program takes for work as it comes, beside the least that anything could take; makes the tables of docs/performance.md.

    cargo build --release --example itog
    jobs.py target/release/examples/itog            wall, processor, memory and floor: medians of the rounds, as Markdown
    jobs.py -n 9 --counts ITOG                      nine rounds (default 5), and instructions, counted by valgrind
    jobs.py --counts --before OLD ITOG              with the instructions of an older program beside them

The jobs are one document of three pages, 1,000 certificates as one PDF, as PDFs and as DOCX files, each by a plain sheet of its own and by
the built-in design, one document of some 300 pages, and a table of 20,000 rows. Data are made by this script, always the same ones.

The floor of a job: the streams that each of its files has for itself, taken out of what the program wrote, are deflated once more by zlib
(level 1 in batches, 6 in documents), and files of the same sizes are written. What many files share, fonts and frames, costs only its copy.
"""

import argparse
import collections
import csv
import json
import os
import pathlib
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
import zlib

HERE = pathlib.Path(__file__).parent
NAMES = ["Егорова Татьяна", "Ким Виктория", "Лебедь Пётр", "Несмачных Елена", "Бойко Ольга", "Мицкевич Вера", "Зуев Олег", "Шмидт Ирина", "Ткач Анна", "Гусь Лев"]
PATRONYMICS = {"а": ["Вячеславовна", "Юрьевна", "Ильинична"], "": ["Вячеславович", "Юрьевич", "Ильич"]}
POSTS = ["методист", "директор", "заведующая отделом", "главный библиотекарь", "учёный секретарь"]
REASONS = [
    "активное участие в подготовке и проведении ежегодного заседания Клуба деловых встреч методистов",
    "организацию культурно-просветительской деятельности и формирование привлекательного имиджа сельских библиотек",
    "высокий профессионализм и внедрение новых форм работы с читателями",
    "плодотворное сотрудничество и вклад в краеведение",
]


def name(n):
    own = NAMES[n % len(NAMES)]
    return f"{own} {PATRONYMICS['а' if own[-1] in 'ая' else ''][n // len(NAMES) % 3]}"


def data(folder):
    """The tables and documents of all jobs."""
    with open(folder / "people.csv", "w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["number", "name", "post", "of", "for"])
        for n in range(1000):
            table.writerow([f"{n + 1:04}", name(n), POSTS[n % 5], f"Центральная библиотека № {n % 70 + 1}", REASONS[n % 4]])
    event = {"name": "Ежегодное заседание Клуба деловых встреч методистов", "theme": "Инноватика в практике", "date": "2014-06-05", "host": "Областная научная библиотека"}
    signer = [{"post": "Директор Централизованной библиотечной системы", "name": "Никулина Анна Викторовна"}]
    common = {"kind": "Благодарность", "formula": "thanks", "issuer": "Областная научная библиотека", "event": {"name": event["name"]}, "place": "г. Прокопьевск", "date": "2014-06-05", "signatures": signer}
    write(folder / "common.json", common)
    for file, people in [("small", 10), ("big", 1000)]:
        members = [{"name": name(n), "from": "КемОНБ"} for n in range(people)]
        thanked = [{"name": name(n), "post": POSTS[n % 5], "of": f"Центральная библиотека № {n % 70 + 1}"} for n in range(people // 2)]
        points = [
            f"{n + 1}-й филиал: провести неделю детской книги, обеспечить пополнение фонда краеведческой литературы, подготовить отчёт о работе "
            f"клубов по интересам за {2000 + n % 25} год и разместить его на сайте системы не позднее {n % 28 + 1} марта."
            for n in range(2 * people)
        ]
        preamble = {"text": "Участники заседания, обсудив доклады и сообщения, отмечая рост интереса к книге и чтению", "resolves": "постановили"}
        body = "Клуб деловых встреч методистов"
        write(folder / f"{file}.json", {"kind": "Итоговый документ", "event": event, "preamble": preamble, "gratitude": [{"to": thanked}], "membership": [{"action": "add", "body": body, "people": members}], "recommendations": points})
    rows = [[n + 1, f"Мероприятие {n + 1} «Книга и время»", f"{n % 28 + 1} марта", "Центральная библиотека"] for n in range(20_000)]
    write(folder / "rows.json", {"kind": "План", "date": "2026-03-14", "sections": [{"type": "table", "columns": ["№", "Название", "Срок", "Место"], "rows": rows}]})


def write(path, value):
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1), encoding="utf-8")


def jobs(folder, out):
    """The arguments of each job, and how hard its floor deflates."""
    batch = ["batch", f"{folder}/people.csv", "--common", f"{folder}/common.json", "--jobs", "1"]
    sheet, document = ["--template", f"{HERE}/jobs/sheet"], ["--template", f"{HERE}/jobs/document"]
    apart, merged = ["--name", "{{number}}", "-o", f"{out}/files"], ["--merge", f"{out}/all.pdf"]
    small, big, rows = (["render", f"{folder}/{name}.json"] for name in ["small", "big", "rows"])
    return {
        "a document of 3 pages": ([*small, *document, "--to", "pdf", "-o", f"{out}/a.pdf"], 6),
        "a document of 3 pages, built-in": ([*small, "--to", "pdf", "-o", f"{out}/a.pdf"], 6),
        "1,000 certificates, one PDF": ([*batch, *sheet, "--to", "pdf", *merged], 1),
        "1,000 certificates, one PDF, built-in": ([*batch, "--to", "pdf", *merged], 1),
        "1,000 PDFs": ([*batch, *sheet, "--to", "pdf", *apart], 1),
        "1,000 PDFs, built-in": ([*batch, "--to", "pdf", *apart], 1),
        "1,000 DOCX": ([*batch, *sheet, "--to", "docx", *apart], 1),
        "1,000 DOCX, built-in": ([*batch, "--to", "docx", *apart], 1),
        "some 300 pages": ([*big, *document, "--to", "pdf", "-o", f"{out}/b.pdf"], 6),
        "a table of 20,000 rows, PDF": ([*rows, "--to", "pdf", "-o", f"{out}/c.pdf"], 6),
        "a table of 20,000 rows, DOCX": ([*rows, "--to", "docx", "-o", f"{out}/c.docx"], 6),
    }


def fresh(out):
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)


def run(command, out):
    """Wall and processor seconds, peak memory in MB."""
    fresh(out)
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    if os.waitstatus_to_exitcode(status):
        sys.exit(f"failed: {' '.join(map(str, command))}")
    return wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def count(command, out):
    """Instructions of the whole process; they do not depend on what else the machine does."""
    fresh(out)
    valgrind = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null"]
    done = subprocess.run([*valgrind, *command], capture_output=True, text=True)
    return int(re.search(r"Collected : (\d+)", done.stderr)[1])


def streams(path):
    """The streams of a PDF or the parts of a DOCX, as they were before they were deflated."""
    if path.suffix == ".docx":
        with zipfile.ZipFile(path) as package:
            yield from (package.read(part) for part in package.infolist())
        return
    pdf, at = path.read_bytes(), 0
    head = re.compile(rb"<<((?:(?!stream).)*?)/Length (\d+)((?:(?!stream).)*?)>>\s*stream\r?\n", re.S)
    while found := head.search(pdf, at):
        at = found.end() + int(found[2])
        data = pdf[found.end() : at]
        try:
            yield zlib.decompress(data) if b"FlateDecode" in found[1] + found[3] else data
        except zlib.error:
            yield data


def floor(out, level):
    """Seconds to deflate what each file has for itself and to write so many bytes."""
    files = sorted(path for path in out.rglob("*") if path.is_file())
    all_streams = [list(streams(path)) for path in files]
    seen = collections.Counter(data for own in all_streams for data in own)
    own = [[data for data in all_of if seen[data] == 1] for all_of in all_streams]
    sizes, times = [path.stat().st_size for path in files], []
    for _ in range(3):
        fresh(out / "floor")
        began = time.process_time()
        for number, (size, data) in enumerate(zip(sizes, own)):
            packed = sum(len(zlib.compress(piece, level)) for piece in data)
            with open(out / "floor" / str(number), "wb", buffering=0) as file:
                file.write(bytes(max(size, packed)))
        times.append(time.process_time() - began)
    return statistics.median(times), sum(sizes) / len(sizes)


def machine():
    text = pathlib.Path("/proc/cpuinfo").read_text() if os.path.exists("/proc/cpuinfo") else ""
    model = re.search(r"model name\s*: (.*)", text)
    load = os.getloadavg()[0]
    return f"{model[1] if model else platform.processor()}, {os.cpu_count()} cores, {platform.system()}, load {load:.1f} when measured"


def main():
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument("-n", type=int, default=5, metavar="ROUNDS")
    given.add_argument("-k", default="", metavar="REGEX", help="only the jobs whose names match")
    given.add_argument("--counts", action="store_true", help="count instructions, too")
    given.add_argument("--before", metavar="OLD", help="an older program, for its counts")
    given.add_argument("--floor", type=int, help=argparse.SUPPRESS)
    given.add_argument("itog")
    args = given.parse_args()
    if args.floor:
        print(*floor(pathlib.Path(args.itog), args.floor))
        return
    print(f"{machine()}; medians of {args.n}.\n")
    columns = ["job", "wall, ms", "processor, ms", "floor, ms", "× floor", "memory, MB", "a file, kB"]
    columns += ["instructions, millions"] * args.counts + ["before"] * bool(args.counts and args.before)
    print("| " + " | ".join(columns) + " |\n|" + "---|" * len(columns))
    # In memory if there is such a place: a disk that is waited for says nothing of the program.
    memory = "/dev/shm" if os.path.isdir("/dev/shm") else None
    with tempfile.TemporaryDirectory(dir=memory) as folder:
        folder = pathlib.Path(folder)
        data(folder)
        out = folder / "out"
        for name, (arguments, level) in jobs(folder, out).items():
            if not re.search(args.k, name):
                continue
            rounds = [run([args.itog, *arguments], out) for _ in range(args.n)]
            wall, cpu, memory = (statistics.median(column) for column in zip(*rounds))
            # Elsewhere: the memory of this process when it starts a program counts as the program's.
            asked = [sys.executable, __file__, "--floor", str(level), str(out)]
            least, size = map(float, subprocess.run(asked, check=True, capture_output=True, text=True).stdout.split())
            cells = [name, f"{wall * 1000:.0f}", f"{cpu * 1000:.0f}", f"{least * 1000:.1f}", f"{cpu / least:.1f}", f"{memory:.0f}", f"{size / 1000:.1f}"]
            programs = [args.itog] * args.counts + [args.before] * bool(args.counts and args.before)
            cells += [f"{count([program, *arguments], out) / 1e6:,.1f}" for program in programs]
            print("| " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main()
