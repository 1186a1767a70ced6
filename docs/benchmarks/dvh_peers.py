"""Measures dicompyler-core and plastimatch on files whose true values are known.

usage: python dvh_peers.py FOLDER > docs/benchmarks/dvh_peers.csv

FOLDER holds rs_h{1,2,3}mm.dcm, rd_{AP,SI}_{1,2,3}mm.dcm and expected.csv. Needs dicompyler-core and pydicom (pip), and plastimatch on the
path; what is missing is left out. One line per program, slice and dose spacing, region and metric: the value it reports.
"""

import csv
import os
import subprocess
import sys
import tempfile
import warnings

METRICS = ["volume_cc", "Dmean_Gy", "D99_Gy", "D95_Gy", "D1_Gy"]


def dicompyler(rs, rd):
    try:
        import pydicom.dicomio

        # dicompyler-core 0.5.6 imports a name that pydicom 3 no longer has
        if not hasattr(pydicom.dicomio, "read_file"):
            pydicom.dicomio.read_file = pydicom.dicomio.dcmread
        from dicompylercore import dicomparser, dvhcalc
    except ImportError:
        return {}
    found = {}
    parser = dicomparser.DicomParser(rs)
    for number, structure in parser.GetStructures().items():
        dvh = dvhcalc.get_dvh(rs, rd, number)
        found[structure["name"]] = {
            "volume_cc": float(dvh.volume),
            "Dmean_Gy": float(dvh.mean),
            "D99_Gy": float(dvh.statistic("D99").value),
            "D95_Gy": float(dvh.statistic("D95").value),
            "D1_Gy": float(dvh.statistic("D1").value),
        }
    return found


def plastimatch(rs, rd):
    """Cumulative table in 0.05 Gy steps; no volume in cm3, the mean from the steps."""
    table = {}
    with tempfile.TemporaryDirectory() as folder:
        for source in (rs, rd):
            os.symlink(os.path.abspath(source), os.path.join(folder, os.path.basename(source)))
        out = os.path.join(folder, "dvh.csv")
        command = ["plastimatch", "dvh", "--input", folder, "--bin-width", "0.05", "--num-bins", "1300",
                   "--output-csv", out, "--cumulative", "--normalization", "pct", "--dose-units", "gy"]
        try:
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        except (OSError, subprocess.CalledProcessError):
            return {}
        with open(out) as stream:
            rows = [row for row in csv.reader(stream) if row]
    names = [name.strip() for name in rows[0][1:]]
    doses = [float(row[0]) for row in rows[1:]]
    for column, name in enumerate(names, start=1):
        share = [float(row[column]) for row in rows[1:]]
        top = share[0] or 1.0
        share = [100 * s / top for s in share]
        mean = sum((a - b) / 100 * (x + y) / 2 for a, b, x, y in zip(share, share[1:], doses, doses[1:]))
        values = {"Dmean_Gy": mean}
        for percent in (99, 95, 1):
            for a, b, x, y in zip(share, share[1:], doses, doses[1:]):
                if a >= percent > b:
                    values["D%d_Gy" % percent] = x + (y - x) * (a - percent) / (a - b)
        table[name] = values
    return table


def main():
    warnings.simplefilter("ignore")
    folder = sys.argv[1]
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["program", "gradient", "spacing_mm", "roi", "metric", "value"])
    for program, measure in (("dicompyler-core", dicompyler), ("plastimatch", plastimatch)):
        for gradient in ("AP", "SI"):
            for spacing in (1, 2, 3):
                rs = os.path.join(folder, "rs_h%dmm.dcm" % spacing)
                rd = os.path.join(folder, "rd_%s_%dmm.dcm" % (gradient, spacing))
                for roi, values in sorted(measure(rs, rd).items()):
                    for metric in METRICS:
                        if metric in values:
                            writer.writerow([program, gradient, spacing, roi, metric, "%.4f" % values[metric]])


if __name__ == "__main__":
    main()
