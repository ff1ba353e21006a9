"""A batch on a Ray cluster of three workers, of which one is killed, makes the names and bytes of one run.

    distributed.py ITOG
    distributed.py --prove ITOG

With --prove a file is taken away from what the cluster made, a byte of another is changed, and what it said is left out: each must be
told.
"""

import os
import pathlib
import subprocess
import sys
import tempfile

import proof

SHARDS = 16
NAMES = ["Ким Юлия Олеговна", "Лев Павел Назарович", "Бойко Ольга Сергеевна", "Шмидт Анна Львовна"]


def table(path):
    """160 rows with namesakes, QR codes of their own, a faulty row and a total."""
    rows = ["ФИО;QR-код;Дата"]
    rows += [f"{NAMES[n % 4]};https://example.org/v/{n};{'31.02.2026' if n == 70 else ''}" for n in range(160)]
    path.write_text("\n".join([*rows, "Итого: 160;;"]) + "\n", encoding="utf-8")


def files(folder):
    return {path.name: path.read_bytes() for path in pathlib.Path(folder).iterdir()}


def differences(one, many, said):
    """What tells the files of the cluster from those of one run, and its words from those of a run that lost a worker."""
    yield from (f"«{name}» is not in both" for name in sorted(one.keys() ^ many.keys()))
    yield from (f"«{name}» has other bytes" for name in sorted(one.keys() & many.keys()) if one[name] != many[name])
    if len(one) != 159:
        yield f"one run made {len(one)} files, not 159"
    if "shard 5/16: lost" not in said or "shard 5/16: done, try 2" not in said:
        yield "the killed worker was not noticed"
    if "nothing is missing, nothing is made twice" not in said:
        yield "the reports prove nothing"


def main(itog, prove):
    with tempfile.TemporaryDirectory() as folder:
        people, whole, parts = (os.path.join(folder, name) for name in ("people.csv", "whole", "parts"))
        table(pathlib.Path(people))
        options = ["--template", "certificate-participant", "--to", "pdf"]
        report = os.path.join(folder, "whole.json")
        subprocess.run([itog, "batch", people, "-o", whole, "--report", report, *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        program = pathlib.Path(__file__).parents[2] / "examples/distributed/with_ray.py"
        command = [sys.executable, program, "--itog", itog, "--shards", str(SHARDS), "--workers", "3", "--crash-once", "5", people, parts, "--", *options]
        ran = subprocess.run(command, capture_output=True, text=True)
        one, many = files(whole), files(parts)
        faults = list(differences(one, many, ran.stdout))
        if prove and not faults:
            first, second, *_ = sorted(many)
            seen = [
                proof.told("a file that is not there", differences(one, {name: many[name] for name in many if name != first}, ran.stdout)),
                proof.told("a byte that is another", differences(one, {**many, second: many[second][:-1] + b"?"}, ran.stdout)),
                proof.told("a cluster that says nothing", differences(one, many, "")),
            ]
            return not all(seen)
        print(ran.stdout)
        print("\n".join([*faults, ran.stderr[-3000:]]) if faults else f"{len(many)} files of {SHARDS} shards are those of one run")
        return bool(faults)


if __name__ == "__main__":
    arguments = [argument for argument in sys.argv[1:] if argument != "--prove"]
    sys.exit(main(os.path.abspath(arguments[0]), "--prove" in sys.argv))
