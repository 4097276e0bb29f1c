"""One peer on one archive, in a process of its own and on one core.

    python run.py PEER ARCHIVE OUT WORK

Writes a line for each article with its group, as flong-score reads them, to OUT; prints seconds, those of the processor, and peak
memory in bytes.
The clock runs from the file to the groups in memory; loading the peer is not part of it.
"""
import importlib
import json
import os
import resource
import sys
import time


class Clock:
    def __init__(self):
        self.began, self.took = self.now(), None

    @staticmethod
    def now():
        return time.perf_counter(), time.process_time()

    def stop(self):
        self.took = self.took or [after - before for before, after in zip(self.began, self.now())]


def main():
    name, archive, out, work = sys.argv[1:]
    os.makedirs(work, exist_ok=True)
    sys.setrecursionlimit(100000)
    from peers import PEERS

    said, sys.stdout = sys.stdout, sys.stderr
    for module in PEERS[name].modules:
        importlib.import_module(module)
    clock = Clock()
    ids, groups = PEERS[name].run(archive, work, clock)
    clock.stop()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    first = {}
    with open(out, "w", encoding="utf-8") as lines:
        for id, group in zip(ids, groups):
            text = first.setdefault(group, id)
            lines.write(json.dumps({"id": id, "text_id": text, "story_id": text}) + "\n")
    print(json.dumps({"seconds": clock.took[0], "cpu": clock.took[1], "peak": peak}), file=said)


main()
