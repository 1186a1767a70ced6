"""Times dicompyler-core and this program on the same plan in one go: CPU time, warm, one thread each, best run.

usage: mvn -Pbench test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath.txt
       python docs/benchmarks/dvh_speed.py FOLDER

FOLDER holds rtstruct.dcm and rtdose.dcm. Needs dicompyler-core and pydicom (pip).
"""

import os
import subprocess
import sys
import time
import warnings

warnings.simplefilter("ignore")
os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")

import pydicom.dicomio  # noqa: E402

# dicompyler-core 0.5.6 imports a name that pydicom 3 no longer has
if not hasattr(pydicom.dicomio, "read_file"):
    pydicom.dicomio.read_file = pydicom.dicomio.dcmread
from dicompylercore import dicomparser, dvhcalc  # noqa: E402


def ours(folder):
    with open("target/classpath.txt") as stream:
        path = os.pathsep.join(["target/test-classes", "target/classes", stream.read().strip()])
    command = ["java", "-XX:ActiveProcessorCount=1", "-Xmx1g", "-cp", path, "org.rtpipeline.dvh.PlanTimes", folder, "target/times.csv"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    with open("target/times.csv") as stream:
        rows = [line.rsplit(",", 2) for line in stream]
    return {name: (float(volume), float(ms)) for name, volume, ms in rows}


def theirs(folder):
    rs = os.path.join(folder, "rtstruct.dcm")
    dose = dicomparser.DicomParser(os.path.join(folder, "rtdose.dcm"))
    structures = dicomparser.DicomParser(rs)
    times = {}
    for number, structure in structures.GetStructures().items():
        best = float("inf")
        for _ in range(3):
            start = time.process_time()
            dvhcalc.get_dvh(structures.ds, dose.ds, number)
            best = min(best, time.process_time() - start)
        times[structure["name"]] = 1000 * best
    return times


def main():
    folder = sys.argv[1]
    mine = ours(folder)
    other = theirs(folder)
    print("| region | volume cm3 | dicompyler-core, CPU ms | ours, CPU ms | ratio |")
    print("|---|---|---|---|---|")
    for name, (volume, ms) in mine.items():
        print("| %s | %.1f | %.1f | %.2f | %.0f |" % (name, volume, other[name], ms, other[name] / ms))
    organs = [ms for name, (_, ms) in mine.items() if name != "BODY"]
    if "BODY" in mine and organs:
        plan = mine["BODY"][1] + sum(organs[r % len(organs)] for r in range(15))
        print("BODY and 15 organs (the organs of the plan in turn): %.0f ms" % plan)


if __name__ == "__main__":
    main()
