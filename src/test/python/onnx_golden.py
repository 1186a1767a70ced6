"""Golden values of resampling, tiles and weights for the tests of the back end onnx.

Written with Python 3.11, numpy 2.4.6, scipy 1.17.1, scikit-image 0.26.0, torch 2.11.0, nnunetv2 2.8.1 (its own functions are
called): python onnx_golden.py FOLDER
"""

import hashlib
import os
import sys

import numpy as np
import torch
from nnunetv2.inference.sliding_window_prediction import compute_gaussian, compute_steps_for_sliding_window
from nnunetv2.preprocessing.resampling.default_resampling import resample_data_or_seg_to_shape

# name, old size, new size, old spacing, new spacing, order, order along a coarse axis, separate it: auto, always, never
RESAMPLING = [
    ("up", (5, 6, 7), (7, 8, 6), (1, 1, 1), (1, 1, 1), 3, 0, "auto"),
    ("down", (11, 5, 6), (4, 3, 4), (1, 1, 1), (2, 2, 2), 3, 0, "auto"),
    ("long", (3, 2, 70), (2, 3, 47), (1, 1, 1), (1, 1, 1.5), 3, 0, "auto"),
    ("first", (40, 2, 3), (61, 2, 2), (1, 1, 1), (1, 1, 1), 3, 0, "auto"),
    ("linear", (5, 6, 7), (8, 4, 9), (1, 1, 1), (1, 1, 1), 1, 0, "auto"),
    ("nearest", (5, 6, 8), (8, 3, 4), (1, 1, 1), (1, 1, 1), 0, 0, "auto"),
    ("thin", (1, 5, 2), (2, 4, 5), (1, 1, 1), (1, 1, 1), 3, 0, "auto"),
    ("separate0", (4, 5, 6), (7, 6, 8), (5, 1, 1), (3, 1, 1), 3, 0, "auto"),
    ("separate1", (5, 4, 6), (6, 7, 5), (1, 4, 1), (1, 2, 1), 3, 0, "auto"),
    ("separate2", (5, 6, 4), (6, 5, 9), (1, 1, 6), (1, 1, 2), 3, 0, "auto"),
    ("separatenew", (8, 5, 6), (3, 6, 5), (1, 1, 1), (4, 1, 1), 3, 0, "auto"),
    ("separatelinear", (4, 5, 6), (7, 6, 8), (5, 1, 1), (3, 1, 1), 3, 1, "auto"),
    ("separatecubic", (6, 5, 4), (9, 6, 5), (5, 1, 1), (3, 1, 1), 1, 3, "auto"),
    ("always", (4, 5, 6), (7, 6, 8), (1.5, 1, 1), (1, 1, 1), 3, 0, "always"),
    ("never", (4, 5, 6), (7, 6, 8), (5, 1, 1), (3, 1, 1), 3, 0, "never"),
    ("twocoarse", (4, 4, 6), (7, 5, 8), (5, 5, 1), (3, 3, 1), 3, 0, "auto"),
    ("planesonly", (4, 5, 6), (4, 6, 8), (5, 1, 1), (5, 1, 1), 3, 0, "auto"),
]
TILES = [(16, 16, 0.5), (17, 16, 0.5), (110, 64, 0.5), (333, 128, 0.5), (333, 128, 0.8), (280, 96, 0.5), (129, 64, 1.0),
         (101, 32, 0.3), (65, 10, 0.5), (23, 7, 0.25)]
WEIGHTS = [(16, 32, 32), (5, 6, 7), (28, 96, 80), (128, 128, 128), (64, 192, 160)]


def image(size):
    i, j, k = np.mgrid[:size[0], :size[1], :size[2]]
    return (((i * i * 7 + j * 13 + k * 29 + i * j * k * 3) % 101) - 30).astype(np.float64)


def row(values):
    return " ".join(repr(value) if isinstance(value, float) else str(value) for value in values)


def main(folder):
    with open(os.path.join(folder, "onnx_resampling.csv"), "w") as out:
        out.write("# nnunetv2 2.8.1 over scipy 1.17.1 and scikit-image 0.26.0; see src/test/python/onnx_golden.py; 1e-9 relative\n")
        out.write("case,from,to,spacing,new_spacing,order,coarse_order,separate,values\n")
        for name, old, new, spacing, new_spacing, order, coarse, separate in RESAMPLING:
            force = {"auto": None, "always": True, "never": False}[separate]
            got = resample_data_or_seg_to_shape(image(old)[None], new, spacing, new_spacing, False, order, coarse, force)[0]
            out.write(",".join([name, row(old), row(new), row(spacing), row(new_spacing), str(order), str(coarse), separate,
                                " ".join(format(value, ".13g") for value in got.ravel().tolist())]) + "\n")
    with open(os.path.join(folder, "onnx_tiles.csv"), "w") as out:
        out.write("# compute_steps_for_sliding_window of nnunetv2 2.8.1; see src/test/python/onnx_golden.py; exact\n")
        out.write("size,tile,step,starts\n")
        for size, tile, step in TILES:
            out.write(f"{size},{tile},{step},{row(compute_steps_for_sliding_window((size,), (tile,), step)[0])}\n")
    with open(os.path.join(folder, "onnx_weights.csv"), "w") as out:
        out.write("# compute_gaussian of nnunetv2 2.8.1, factor 10; see src/test/python/onnx_golden.py; exact\n")
        out.write("tile,first,middle,sha256_of_little_endian_single_precision\n")
        for tile in WEIGHTS:
            weights = compute_gaussian(tile, 1 / 8, 10, device=torch.device("cpu")).numpy().astype("<f4")
            middle = float(weights[tuple(n // 2 for n in tile)])
            out.write(f"{row(tile)},{float(weights.ravel()[0])!r},{middle!r},{hashlib.sha256(weights.tobytes()).hexdigest()}\n")


if __name__ == "__main__":
    main(sys.argv[1])
