"""Times PyRadiomics on image and mask files: one load, then CPU seconds of one extraction each.

usage: radiomics_peer.py FOLDER CASE...   CASE is NAME=IMAGE,MASK,OPTIONS
"""

import logging
import sys
import time

import SimpleITK as sitk
import radiomics
from radiomics.featureextractor import RadiomicsFeatureExtractor

radiomics.setVerbosity(logging.CRITICAL)
sitk.ProcessObject_SetGlobalDefaultNumberOfThreads(1)


def extractor(options):
    made = RadiomicsFeatureExtractor(binWidth=25, additionalInfo=False)
    if options in ("filters", "resample1mm"):
        made.enableImageTypeByName("LoG", customArgs={"sigma": [1.0, 2.0, 3.0]})
        made.enableImageTypeByName("Wavelet")
    if options == "resample1mm":
        made.settings.update(resampledPixelSpacing=[1, 1, 1], padDistance=10)
    if options == "width2":
        made.settings.update(binWidth=2)
        made.disableAllFeatures()
        made.enableFeatureClassByName("glcm")
    return made


def main():
    folder = sys.argv[1]
    for case in sys.argv[2:]:
        name, rest = case.split("=")
        image_path, mask_path, options = rest.split(",")
        image = sitk.ReadImage(f"{folder}/{image_path}")
        mask = sitk.ReadImage(f"{folder}/{mask_path}", sitk.sitkUInt32)
        made = extractor(options)
        best = None
        for _ in range(2):
            start = time.process_time()
            features = made.execute(image, mask)
            spent = time.process_time() - start
            best = spent if best is None else min(best, spent)
        print(f"{name},{options},{len(features)},{best:.3f}", flush=True)


main()
