"""Makes the documents of a table on a Ray cluster: one task a shard, into a folder that all machines see.

    python with_ray.py --itog target/release/examples/itog --shards 16 TABLE OUT [--crash-once K] [-- OPTIONS OF itog batch]

Each task runs `itog batch TABLE --shard K/N`, which makes rows K, K+N, … with the names and bytes that one run would make. A task whose worker is lost is
given to another one; `--resume` lets it make only what is missing. In the end `itog report --merge` proves that nothing is missing and nothing is made
twice. Needs `pip install ray`. Without a cluster Ray starts one on this machine; `--workers` says how many tasks it runs at once.

`--crash-once K` lets the worker of shard K die in the middle of its work, to see that it is noticed.
"""

import argparse
import os
import pathlib
import signal
import subprocess
import sys
import time

import ray
from ray.exceptions import RayTaskError, WorkerCrashedError

# Exit statuses of `itog batch`: all made, some rows faulty. Whatever else is a fault of the run, which a second try may not have.
DONE = (0, 1)


@ray.remote(num_cpus=1, max_retries=0)
def shard(itog, table, out, reports, number, of, options, crash):
    """One shard; gives the exit status."""
    report = pathlib.Path(reports, f"{number:05d}-of-{of:05d}.json")
    command = [itog, "batch", table, "-o", out, "--resume", "--shard", f"{number}/{of}", "--report", str(report), "--jobs", "1", *options]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    if crash:
        # As a machine that is switched off: the worker and its child are gone without a word.
        before = set(os.listdir(out)) if os.path.isdir(out) else set()
        while process.poll() is None and not (os.path.isdir(out) and set(os.listdir(out)) - before):
            time.sleep(0.005)
        process.kill()
        os.kill(os.getpid(), signal.SIGKILL)
    _, said = process.communicate()
    if process.returncode not in DONE:
        raise RuntimeError(f"shard {number}/{of} ended with {process.returncode}:\n{said[-2000:]}")
    return process.returncode


def run(arguments):
    table, out = os.path.abspath(arguments.table), os.path.abspath(arguments.out)
    reports = os.path.abspath(arguments.reports or f"{out}-reports")
    os.makedirs(reports, exist_ok=True)
    itog = os.path.abspath(arguments.itog)
    numbers = range(1, arguments.shards + 1)
    tries = dict.fromkeys(numbers, 0)

    def start(number):
        tries[number] += 1
        crash = number == arguments.crash_once and tries[number] == 1
        return shard.remote(itog, table, out, reports, number, arguments.shards, arguments.options, crash)

    under_way = {start(number): number for number in numbers}
    faulty = False
    while under_way:
        [done], _ = ray.wait(list(under_way), num_returns=1)
        number = under_way.pop(done)
        try:
            faulty |= ray.get(done) != 0
            print(f"shard {number}/{arguments.shards}: done, try {tries[number]}", flush=True)
        except (WorkerCrashedError, RayTaskError) as fault:
            print(f"shard {number}/{arguments.shards}: lost, try {tries[number]}: {str(fault).splitlines()[-1]}", flush=True)
            if tries[number] >= arguments.tries:
                raise SystemExit(f"shard {number} failed {tries[number]} times")
            under_way[start(number)] = number
    # What a killed program had begun to write goes now that none of them writes any more.
    for begun in pathlib.Path(out).rglob(".itog-*.part"):
        begun.unlink()
    merge = [itog, "report", "--files", out, "-o", os.path.join(reports, "all.json"), "--merge"]
    merge += [os.path.join(reports, f"{number:05d}-of-{arguments.shards:05d}.json") for number in numbers]
    return subprocess.run(merge).returncode or int(faulty)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("table")
    parser.add_argument("out", help="a folder that all machines see")
    parser.add_argument("--itog", default="itog", help="the program, under the same path on all machines")
    parser.add_argument("--shards", type=int, default=16)
    parser.add_argument("--workers", type=int, help="tasks at once, if Ray is started here")
    parser.add_argument("--address", help="of a cluster that runs already")
    parser.add_argument("--reports", help="a folder for the reports [default: beside OUT]")
    parser.add_argument("--tries", type=int, default=4, help="how often a shard is tried")
    parser.add_argument("--crash-once", type=int, metavar="K")
    mine, options = sys.argv[1:], []
    if "--" in mine:
        at = mine.index("--")
        mine, options = mine[:at], mine[at + 1 :]
    arguments = parser.parse_args(mine)
    arguments.options = options
    if arguments.address:
        ray.init(address=arguments.address, log_to_driver=False)
    else:
        ray.init(num_cpus=arguments.workers, include_dashboard=False, log_to_driver=False)
    try:
        return run(arguments)
    finally:
        ray.shutdown()


if __name__ == "__main__":
    sys.exit(main())
