"""All contenders on the same archives: times, memory, accuracy; as CSV, table and picture.

    python measure.py --bin DIR --work DIR [--python PYTHON] [--limit SECONDS] [--runs N] [--missing NAME=WHY]...
                      --csv FILE --table FILE --svg FILE ARCHIVE,... [PEER...]

For an ARCHIVE such as 10000 or 10000-clean DIR of --work holds made-up-ARCHIVE.jsonl and made-up-ARCHIVE.truth, as
flong-generate made them. --python is one that the peers are installed for. Without a PEER all are run, flong in any case.
What takes longer than the limit on an archive is not run on larger ones. The picture shows the last archive.
"""
import argparse
import csv
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time

import chart
import report
from peers import NOT_MEASURED, PEERS

HERE = os.path.dirname(os.path.abspath(__file__))
ONE_THREAD = {
    name: "1"
    for name in ("RAYON_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "POLARS_MAX_THREADS")
}
ONE_THREAD |= {"TOKENIZERS_PARALLELISM": "false", "HF_HUB_OFFLINE": "1", "HF_DATASETS_OFFLINE": "1", "TQDM_DISABLE": "1"}

# flong's own rows: title, arguments, and the flag that they need.
FLONG = {
    "flong-text": ("flong, texts only", ["cluster", "--stories", "0"], "--stories"),
    "flong": ("flong, all levels", ["cluster"], ""),
}


def one_core():
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


class Failed(Exception):
    """A contender that has no result, with the reason."""


def run(command, log, limit, **more):
    """Its standard output, and what it took of the system."""
    with open(log, "w") as errors, tempfile.TemporaryFile("w+") as said:
        child = subprocess.Popen(command, stdout=said, stderr=errors, preexec_fn=one_core, **more)
        late = threading.Timer(limit, child.kill)
        late.start()
        _, status, usage = os.wait4(child.pid, 0)
        in_time = late.is_alive()
        late.cancel()
        child.returncode = os.waitstatus_to_exitcode(status)
        if not in_time:
            raise Failed(f"more than {limit:.0f} s")
        if child.returncode:
            with open(log) as errors:
                lines = errors.read().strip().splitlines() or [f"status {child.returncode}"]
            raise Failed("ends with an error: " + lines[-1][:200])
        said.seek(0)
        return said.read(), usage


class Contest:
    def __init__(self, options):
        self.options = options
        self.out = os.path.join(options.work, "groups.jsonl")
        self.log = os.path.join(options.work, "log")

    def path(self, name):
        return os.path.join(self.options.work, name)

    def flong(self, name, archive):
        program = os.path.join(self.options.bin, "flong")
        began = time.perf_counter()
        _, usage = run([program, *FLONG[name][1], "-q", "-j1", archive, "-o", self.out], self.log, self.options.limit)
        return {"seconds": time.perf_counter() - began, "cpu": usage.ru_utime + usage.ru_stime, "peak": usage.ru_maxrss * 1024}

    def peer(self, name, archive):
        work = self.path("peer")
        shutil.rmtree(work, ignore_errors=True)
        try:
            said, _ = run([self.options.python, os.path.join(HERE, "run.py"), name, archive, self.out, work], self.log,
                          self.options.limit, env=os.environ | ONE_THREAD | {"HF_HOME": work})
        finally:
            shutil.rmtree(work, ignore_errors=True)
        return json.loads(said.splitlines()[-1])

    def accuracy(self, truth):
        """Recall and precision of pairs of one text."""
        said = subprocess.run([os.path.join(self.options.bin, "flong-score"), truth, self.out], check=True,
                              stdout=subprocess.PIPE, text=True).stdout
        found = re.search(r"text groups: +precision ([\d.]+) +recall ([\d.]+)", said)
        return {"precision": float(found[1]), "recall": float(found[2])}

    def row(self, name, title, archive):
        """What is known of one contender on one archive; `failed` says why there is nothing."""
        path, row, runs = self.path(f"made-up-{archive}.jsonl"), {"name": name, "title": title, "archive": archive}, []
        try:
            for _ in range(self.options.runs):
                runs.append(self.flong(name, path) if name in FLONG else self.peer(name, path))
        except Failed as why:
            return row | {"failed": str(why)}
        row["articles"] = report.articles(archive)
        for key in "seconds", "cpu":
            row[key] = statistics.median(got[key] for got in runs)
        row["peak"] = max(got["peak"] for got in runs)
        return row | self.accuracy(self.path(f"made-up-{archive}.truth"))


def contenders(options):
    said = subprocess.run([os.path.join(options.bin, "flong"), "help", "cluster"], stdout=subprocess.PIPE, text=True).stdout
    for name, (title, _, flag) in FLONG.items():
        if flag in said:
            yield name, title
    for name in options.peers or PEERS:
        if name not in options.missing:
            yield name, PEERS[name].title


def contest_run(options):
    contest, rows = Contest(options), []
    for name, title in contenders(options):
        too_slow = None  # so many articles, and more
        for archive in options.archives:
            n = report.articles(archive)
            if too_slow and n > too_slow:
                row = {"name": name, "title": title, "archive": archive, "failed": "not run"}
            else:
                row = contest.row(name, title, archive)
            if row.get("failed"):
                too_slow = min(too_slow or n, n)
            rows.append(row)
            print(report.line(row), file=sys.stderr, flush=True)
    return rows


def arguments():
    parser = argparse.ArgumentParser()
    for name in ("bin", "work", "csv", "table", "svg"):
        parser.add_argument("--" + name, required=True)
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--limit", type=float, default=300)
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--missing", action="append", default=[], metavar="NAME=WHY")
    parser.add_argument("archives", type=lambda text: text.split(","))
    parser.add_argument("peers", nargs="*")
    options = parser.parse_args()
    options.missing = dict(text.split("=", 1) for text in options.missing)
    for name in options.peers:
        if name not in PEERS:
            parser.error(f"no peer {name}; there are {', '.join(PEERS)}")
    return options


def main():
    options = arguments()
    rows = contest_run(options)
    missing = options.missing | NOT_MEASURED
    with open(options.csv, "w", newline="") as file:
        writer = csv.DictWriter(file, ["name", "archive", "articles", "seconds", "cpu", "peak", "recall", "precision", "failed"],
                                extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    with open(options.table, "w") as file:
        file.write(report.table(rows, options.archives, missing))
    with open(options.svg, "w") as file:
        file.write(chart.draw([row for row in rows if row["archive"] == options.archives[-1] and "seconds" in row]))


if __name__ == "__main__":
    main()
