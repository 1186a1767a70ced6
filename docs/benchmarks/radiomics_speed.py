"""Runs PyRadiomics and the command radiomics of this product on the same files with the same parameter files, in one go:
CPU seconds of one extraction without reading the files, and the largest relative difference of the features.

usage: radiomics_speed.py [--program COMMAND] [--repeat N] [--sets A,B] NAME=IMAGE,MASK...

Needs a Python with PyRadiomics; COMMAND starts the product, submit/local when it is left out.
"""

import argparse
import csv
import logging
import math
import pathlib
import re
import shlex
import subprocess
import tempfile
import time

import SimpleITK as sitk
import radiomics
from radiomics.featureextractor import RadiomicsFeatureExtractor

FILTERS = """imageType:
  Original: {}
  LoG:
    sigma: [1.0, 2.0, 3.0]
  Wavelet: {}
"""
SETS = {
    "default": "setting:\n  binWidth: 25\n",
    "filters": FILTERS + "setting:\n  binWidth: 25\n",
    "resample1mm": FILTERS + "setting:\n  binWidth: 25\n  resampledPixelSpacing: [1, 1, 1]\n  padDistance: 10\n",
    "glcm-width2": "featureClass:\n  glcm:\nsetting:\n  binWidth: 2\n",
}


def peer(image_path, mask_path, params, repeat):
    """Features and best CPU seconds of PyRadiomics."""
    image = sitk.ReadImage(image_path)
    mask = sitk.ReadImage(mask_path, sitk.sitkUInt32)
    extractor = RadiomicsFeatureExtractor(str(params), additionalInfo=False)
    best = math.inf
    for _ in range(repeat):
        start = time.process_time()
        values = extractor.execute(image, mask)
        best = min(best, time.process_time() - start)
    return {k: float(v) for k, v in values.items() if not k.startswith("diagnostics")}, best


def ours(program, image_path, mask_path, params, folder, repeat):
    """Features, and best and median CPU seconds of the product."""
    table = folder / "table.csv"
    command = shlex.split(program) + ["radiomics", "--image", image_path, "--mask", mask_path]
    command += ["--params", str(params), "--output", str(table), "--repeat", str(repeat)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    if run.returncode:
        raise SystemExit(run.stderr)
    times = sorted(float(s) for s in re.findall(r"cpu seconds: ([0-9.]+)", run.stderr))
    with open(table, newline="", encoding="utf-8") as rows:
        values = {r["name"]: float(r["value"]) for r in csv.DictReader(rows) if not r["name"].startswith("diagnostics")}
    return values, times[0], times[len(times) // 2]


def largest_difference(one, other):
    if one.keys() != other.keys():
        raise SystemExit(f"features differ: {sorted(one.keys() ^ other.keys())[:5]}")
    return max(abs(one[k] - other[k]) / max(abs(other[k]), 1e-12) for k in one if not math.isnan(other[k]))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default="submit/local")
    parser.add_argument("--repeat", type=int, default=12)
    parser.add_argument("--sets", default=",".join(SETS))
    parser.add_argument("cases", nargs="+", metavar="NAME=IMAGE,MASK")
    arguments = parser.parse_args()
    radiomics.setVerbosity(logging.CRITICAL)
    sitk.ProcessObject_SetGlobalDefaultNumberOfThreads(1)
    print("| case | options | features | PyRadiomics, CPU s | this engine, CPU s (best, median) | times | largest difference |")
    print("|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as made:
        folder = pathlib.Path(made)
        for case in arguments.cases:
            name, files = case.split("=", 1)
            image, mask = files.split(",")
            for options in arguments.sets.split(","):
                text = SETS[options]
                params = folder / "params.yaml"
                params.write_text(text, encoding="utf-8")
                expected, theirs = peer(image, mask, params, 2)
                actual, best, median = ours(arguments.program, image, mask, params, folder, arguments.repeat)
                print(
                    f"| {name} | {options} | {len(expected)} | {theirs:.3f} | {best:.3f}, {median:.3f} |"
                    f" {theirs / median:.0f} to {theirs / best:.0f} | {largest_difference(actual, expected):.1e} |",
                    flush=True,
                )


main()
