"""Tasks of TotalSegmentator, with their networks kept loaded."""

import os

from worker_machine import WorkerError, sha256
from worker_nifti import read_nifti, write_array
from worker_nnunet import tame_nnunet


class TotalSegmentator:
    """A task of TotalSegmentator, with its networks kept loaded from image to image."""

    def __init__(self, model, device, rungs):
        self._task = model["task"]
        self._subset = model.get("roi_subset") or None
        self._device = device
        torch = device.torch()
        tame_nnunet(torch)
        import importlib.metadata

        from totalsegmentator import config, python_api, registry
        from totalsegmentator.map_tasks_config import TASK_CONFIGS, TASK_ID_WEIGHTS_CONFIGS

        resolution = model["resolution"]
        modes = TASK_CONFIGS.get(self._task, {}).get("sub_modes", {})
        if "lower-resolution" in rungs and resolution == "full" and "fast" in modes:
            resolution = "fast"
        self._lowered = resolution != model["resolution"]
        self._fast = resolution == "fast"
        self._fastest = resolution == "fastest"
        self._body_crop = "body-crop" in rungs
        self._modality = registry.task_modality(self._task)
        if registry.requires_license(self._task) and config.has_valid_license_offline()[0] != "yes":
            raise WorkerError("LICENSE", "task %s needs a licence number of 18 characters" % self._task)
        self._used = {}
        self._folders = {number: entry["foldername"] for number, entry in TASK_ID_WEIGHTS_CONFIGS.items()}
        self._weights = str(config.get_weights_dir())
        self._api = python_api
        self._names = registry.get_task_classes(self._task)
        self._versions = {name: importlib.metadata.version(name) for name in ("TotalSegmentator", "nnunetv2", "torch")}
        self._versions["program"] = "TotalSegmentator " + self._versions["TotalSegmentator"]
        self.facts = dict(self._versions)

    def _require(self, number):
        """In the place of the function that downloads weights, and removes those it takes for old."""
        path = os.path.join(self._weights, self._folders[number])
        if not os.path.isdir(path):
            raise WorkerError("MODEL_MISSING", "the weights folder has no " + self._folders[number])
        if number not in self._used:
            self._used[number] = sha256(
                os.path.join(root, file) for root, _, files in os.walk(path) for file in files if file.endswith(".pth")
            )

    def run(self, volume, request, step, folder):
        modality = request.get("modality", "CT")
        if modality != self._modality:
            raise WorkerError("BAD_INPUT", "task %s is for %s, the image is %s" % (self._task, self._modality, modality))
        values = volume.numpy()
        if modality == "CT" and not (values.min() < -500 and values.max() > 100):
            raise WorkerError("BAD_INPUT", "values from %s to %s are no Hounsfield units" % (values.min(), values.max()))
        step("predict")
        output = os.path.join(folder, "labels.nii")
        threads = int(os.environ.get("RTPIPELINE_WORKER_THREADS", "1"))
        self._api.download_pretrained_weights = self._require
        try:
            self._api.totalsegmentator(
                request["image"],
                output,
                ml=True,
                nr_thr_resamp=threads,
                nr_thr_saving=threads,
                fast=self._fast,
                fastest=self._fastest,
                task=self._task,
                roi_subset=self._subset,
                body_seg=self._body_crop,
                force_split=False,
                device="gpu" if self._device.wanted == "gpu" else "cpu",
                quiet=True,
            )
        except SystemExit as error:
            raise WorkerError("INTERNAL", "TotalSegmentator ended by itself with %s" % error.code)
        step("export")
        found = read_nifti(output)
        if tuple(found.counts) != tuple(volume.counts) or any(
            abs(a - b) > 1e-3 for mine, its in zip(volume.affine, found.affine) for a, b in zip(mine, its)
        ):
            raise WorkerError("INTERNAL", "TotalSegmentator left labels on another grid")
        import numpy

        labels = found.numpy()
        names = {value: name for value, name in self._names.items() if self._subset is None or name in self._subset}
        unknown = sorted(set(numpy.unique(labels).tolist()) - set(names) - {0})
        if unknown:
            raise WorkerError("INTERNAL", "labels without a name: %s" % unknown)
        write_array(output, volume, labels)
        self.facts = {**self._versions, **{"weights_sha256_%d" % number: value for number, value in self._used.items()}}
        degraded = ["the model of 3 mm was taken"] if self._lowered else []
        return [{"file": "labels.nii", "labels": [{"value": v, "name": n} for v, n in sorted(names.items())]}], degraded
