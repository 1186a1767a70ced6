"""Runs one cohort with more and more workers, as users start it, and prints what each width gives.

usage: mvn -q -DskipTests package
       python docs/benchmarks/scaling.py FOLDER [--patients N] [--size clinical] [--stages organize,dvh] [--workers 1,3,7,15]

FOLDER is made; inputs in it are used again. A run with W workers computes W courses at once; the machine needs W + 1 cores.
"""

import argparse
import json
import os
import pathlib
import shutil
import subprocess
import time

HOME = pathlib.Path(__file__).resolve().parents[2]
ENVIRONMENT = {"RTPIPELINE_JAR": os.environ.get("RTPIPELINE_JAR", str(HOME / "target/rtpipeline.jar"))}
PASS = ("dvh", "radiomics")
HEAD = "| workers | courses at once | courses | pass s | courses an hour | speed-up | of ideal | utilisation | whole run s | resident MiB |"


def program(log, *arguments):
    """Seconds and the largest resident memory (MiB) of one start of the program."""
    start = time.monotonic()
    with open(log, "wb") as out:
        process = subprocess.Popen([str(HOME / "submit/local"), *arguments], env=dict(os.environ, **ENVIRONMENT), stdout=out,
                                   stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit("exit status %d, see %s" % (os.waitstatus_to_exitcode(status), log))
    return time.monotonic() - start, usage.ru_maxrss / 1024


def measured(folder, data, stages, workers):
    output = folder / ("out%d" % workers)
    shutil.rmtree(output, ignore_errors=True)
    wall, resident = program(folder / ("run%d.log" % workers), "run", "--stages", stages, "--input", str(data), "--output", str(output),
                             "--workers", str(workers))
    summary = json.loads(next(output.glob("runs/*/summary.json")).read_text())
    courses = summary["courses"]
    if courses["done"] != courses["found"]:
        raise SystemExit("%d of %d courses done" % (courses["done"], courses["found"]))
    stage = next(use for use in summary["stages"] if use["stage"] in PASS)
    return {"workers": workers, "at_once": stage["tasksAtOnce"], "courses": courses["done"], "seconds": stage["wallSeconds"],
            "utilisation": stage["utilisation"], "wall": wall, "resident": resident}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--patients", type=int, default=30)
    parser.add_argument("--size", default="clinical")
    parser.add_argument("--stages", default="organize,dvh")
    parser.add_argument("--workers", default="1,3,7,15")
    given = parser.parse_args()
    folder = given.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    data = folder / ("in-%s-%d" % (given.size, given.patients))
    if not (data / "truth.csv").exists():
        program(folder / "phantom.log", "phantom", "--patients", str(given.patients), "--size", given.size, "--output", str(data))
    print(HEAD)
    print("|---" * (HEAD.count("|") - 1) + "|")
    first = None
    for workers in map(int, given.workers.split(",")):
        row = measured(folder, data, given.stages, workers)
        first = first or row
        gain = first["seconds"] / row["seconds"]
        print("| %d | %d | %d | %.1f | %.0f | %.2f | %.2f | %.2f | %.1f | %.0f |" % (
            workers, row["at_once"], row["courses"], row["seconds"], 3600 * row["courses"] / row["seconds"], gain,
            gain * first["workers"] / workers, row["utilisation"], row["wall"], row["resident"]), flush=True)


if __name__ == "__main__":
    main()
