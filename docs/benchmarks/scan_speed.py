"""Times the scan and the organize stage of a first and a second run over made-up patients, as users start them.

usage: mvn -q -DskipTests package
       python docs/benchmarks/scan_speed.py FOLDER [PATIENTS ...]

FOLDER is made; inputs in it are used again. 417 patients of the product's own generator are 20,017 files, 104 are 5,000; both are
the default. HEAP in the environment is the heap of the program (512m, about the least that Spark starts with).
"""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time

HOME = pathlib.Path(__file__).resolve().parents[2]
ENVIRONMENT = {"RTPIPELINE_HEAP": os.environ.get("HEAP", "512m"), "RTPIPELINE_JAR": str(HOME / "target/rtpipeline.jar")}
PAUSE = 3  # seconds; files younger than 2 s are read again, by design


def program(log, *arguments):
    environment = dict(os.environ, **ENVIRONMENT)
    environment["RTPIPELINE_JAVA_OPTIONS"] = "-Xlog:gc:file=%s" % log
    start = time.monotonic()
    subprocess.run([str(HOME / "submit/local"), *arguments], check=True, env=environment, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)
    return time.monotonic() - start


def peak_mib(log):
    """Largest heap that a collection left in use, MiB."""
    return max((int(after) for after in re.findall(r"\d+M->(\d+)M", log.read_text())), default=0)


def row(folder, patients, which, output):
    log = folder / "gc.log"
    wall = program(log, "run", "--stages", "organize", "--input", str(folder / ("in%d" % patients)), "--output", str(output))
    summary = json.loads(max(output.glob("runs/*/summary.json"), key=os.path.getmtime).read_text())
    seconds = {use["stage"]: use["wallSeconds"] for use in summary["stages"]}
    files = summary["files"]
    print("| %d | %s | %d | %.1f | %.1f | %.1f | %.1f | %d |" % (
        files["seen"], which, files["known"], seconds["scan"], seconds["organize"], seconds["commit"], wall, peak_mib(log)), flush=True)


def main():
    folder = pathlib.Path(sys.argv[1]).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    print("| files | run | not opened | scan s | organize s | commit s | whole program s | heap after collection MiB |")
    print("|---|---|---|---|---|---|---|---|")
    for patients in [int(word) for word in sys.argv[2:]] or [104, 417]:
        data = folder / ("in%d" % patients)
        if not (data / "truth.csv").exists():
            program(folder / "gc.log", "phantom", "--patients", str(patients), "--size", "small", "--output", str(data))
            time.sleep(PAUSE)
        output = folder / ("out%d" % patients)
        shutil.rmtree(output, ignore_errors=True)
        row(folder, patients, "first", output)
        row(folder, patients, "second", output)


if __name__ == "__main__":
    main()
