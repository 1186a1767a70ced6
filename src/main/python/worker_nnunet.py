"""Model folders of nnU-Net v2, run in the process of the worker."""

import contextlib
import json
import os
import time

from worker_machine import WorkerError, sha256
from worker_nifti import reoriented, write_structures


class Hooks:
    """What nnU-Net does while it predicts, told to the other side: tiles that are done, sums that had to leave the GPU."""

    def __init__(self):
        self.step = None
        self.phase = "predict"
        self.tiles = 0
        self.said = 0.0
        self.notes = []

    def begin(self, step):
        self.step, self.phase, self.tiles, self.said, self.notes = step, "predict", 0, 0.0, []

    def network(self, phase):
        self.phase, self.tiles = phase, 0

    def tile(self):
        self.tiles += 1
        if self.step is not None and time.monotonic() - self.said > 1:
            self.said = time.monotonic()
            self.step(self.phase, self.tiles)

    def note(self, text):
        if text not in self.notes:
            self.notes.append(text)


class Networks:
    """What nnU-Net has read of checkpoints, kept as long as a model that asked for it is."""

    def __init__(self):
        self.user = None
        self._states = {}
        self._users = {}

    def state(self, key, read):
        """What was read for a key, by now or before; the model at work is a user of it."""
        if key not in self._states:
            self._states[key] = read()
        self._users.setdefault(key, set()).add(self.user)
        return self._states[key]

    def release(self, user):
        for key, users in list(self._users.items()):
            users.discard(user)
            if not users:
                del self._states[key], self._users[key]


HOOKS = Hooks()
NETWORKS = Networks()


def tame_nnunet(torch):
    """
    Makes nnU-Net fit for a process that lives long: checkpoints are loaded once, images are prepared and exported in this process
    and not in children of it, every tile is a step, and no library takes more threads than it was given.
    """
    from nnunetv2.inference import predict_from_raw_data as nnunet

    predictor = nnunet.nnUNetPredictor
    if getattr(predictor, "rtpipeline_tamed", False):
        return
    predictor.rtpipeline_tamed = True
    load = predictor.initialize_from_trained_model_folder
    mirror = predictor._internal_maybe_mirror_and_predict
    slide = predictor._internal_predict_sliding_window_return_logits
    most = int(os.environ.get("RTPIPELINE_WORKER_THREADS", "1"))
    threads = torch.set_num_threads

    def load_once(self, folder, use_folds, checkpoint_name="checkpoint_final.pth"):
        def read():
            before = dict(self.__dict__)
            with any_trainer():
                load(self, folder, use_folds, checkpoint_name)
            refuse_what_is_not_run(self)
            return {name: value for name, value in self.__dict__.items() if name not in before or value is not before[name]}

        self.__dict__.update(NETWORKS.state((str(folder), str(use_folds), checkpoint_name), read))

    def in_this_process(self, source, target, save_probabilities=False, overwrite=True, **others):
        known = {"num_processes_preprocessing", "num_processes_segmentation_export", "num_parts", "part_id"}
        previous = others.pop("folder_with_segs_from_prev_stage", None)
        if set(others) - known:
            raise WorkerError("INTERNAL", "nnU-Net is asked for %s, which is not known here" % sorted(set(others) - known))
        return self.predict_from_files_sequential(source, target, save_probabilities, overwrite, previous)

    def told(self, x):
        found = mirror(self, x)
        HOOKS.tile()
        return found

    def watched(self, data, slicers, do_on_device=True):
        if self.perform_everything_on_device and not do_on_device:
            HOOKS.note("sums were kept in the memory of the host: the GPU had too little")
        return slide(self, data, slicers, do_on_device)

    predictor.initialize_from_trained_model_folder = load_once
    predictor.predict_from_files = in_this_process
    predictor._internal_maybe_mirror_and_predict = told
    predictor._internal_predict_sliding_window_return_logits = watched
    torch.set_num_threads = lambda count: threads(min(count, most))


def refuse_what_is_not_run(predictor):
    """Cascades need the labels of another stage, and a planning CT is one channel."""
    if predictor.configuration_manager.previous_stage_name is not None:
        raise WorkerError("MODEL_MISSING", "the model is a cascade of nnU-Net, which this worker does not run")
    channels = len(predictor.dataset_json.get("channel_names") or predictor.dataset_json.get("modality") or [0])
    if channels != 1:
        raise WorkerError("MODEL_MISSING", "the model needs images of %d channels, expected 1" % channels)


class NnunetModel:
    """A model folder of nnU-Net v2, run in this process: no workers of its own, so nothing to hang."""

    def __init__(self, folder, device, folds=None, checkpoint="checkpoint_final.pth", cpu_accumulate=False, mirroring=True,
                 step_size=0.5):
        for name in ("plans.json", "dataset.json"):
            if not os.path.isfile(os.path.join(folder, name)):
                raise WorkerError("MODEL_MISSING", "the model folder has no " + name)
        torch = device.torch()
        tame_nnunet(torch)
        import importlib.metadata

        from nnunetv2.inference.predict_from_raw_data import nnUNetPredictor

        folds = self._folds(folder, folds, checkpoint)
        self._predictor = nnUNetPredictor(
            tile_step_size=step_size,
            use_gaussian=True,
            use_mirroring=mirroring,
            perform_everything_on_device=device.wanted == "gpu" and not cpu_accumulate,
            device=torch.device(device.word()),
            verbose=False,
            allow_tqdm=False,
        )
        self._predictor.initialize_from_trained_model_folder(folder, use_folds=folds, checkpoint_name=checkpoint)
        with open(os.path.join(folder, "dataset.json"), encoding="utf-8") as file:
            self.dataset = json.load(file)
        self.facts = {
            "program": "nnU-Net " + importlib.metadata.version("nnunetv2"),
            "weights_sha256": sha256([os.path.join(folder, "fold_%s" % fold, checkpoint) for fold in folds]),
        }

    @staticmethod
    def _folds(folder, wanted, checkpoint):
        """Folds that are there: those asked for; of 'all' the one trained on everything, else every numbered one."""
        there = {
            name[len("fold_"):]
            for name in os.listdir(folder)
            if name.startswith("fold_") and os.path.isfile(os.path.join(folder, name, checkpoint))
        }
        if wanted == "all" and "all" in there:
            return ("all",)
        numbered = tuple(sorted((int(fold) for fold in there if fold.isdigit())))
        chosen = (numbered or tuple(there)) if wanted in (None, "all") else tuple(wanted)
        missing = [str(fold) for fold in chosen if str(fold) not in there]
        if missing or not chosen:
            raise WorkerError("MODEL_MISSING", "the model has no fold %s with a %s" % (" ".join(missing) or "at all", checkpoint))
        return chosen

    def labels_of(self, data, spacing):
        """Labels of an array of axes z, y, x, as nnU-Net counts them."""
        return self._predict(data, spacing, False)

    def probabilities_of(self, data, spacing):
        """Labels, and the probability of every class, for ensembles."""
        return self._predict(data, spacing, True)

    def merged(self, probabilities):
        """The labels that nnU-Net makes of probabilities."""
        import numpy

        return numpy.asarray(self._predictor.label_manager.convert_probabilities_to_segmentation(probabilities))

    def _predict(self, data, spacing, probabilities):
        import numpy

        image = numpy.ascontiguousarray(data[None], dtype=numpy.float32)
        return self._predictor.predict_single_npy_array(image, {"spacing": spacing}, None, None, probabilities)

    def structures(self):
        """Structures with the labels that each is made of: one, or those of a region."""
        names = {}
        for name, value in self.dataset["labels"].items():
            values = [value] if isinstance(value, int) else list(value)
            if name != "ignore" and values != [0]:
                names[name] = values
        return names


@contextlib.contextmanager
def any_trainer():
    """
    Checkpoints name the class that trained them. One that nobody has here is taken for nnU-Net's own: what it changed is the
    training, and a network that it built otherwise does not take the weights.
    """
    from nnunetv2.inference import predict_from_raw_data as nnunet
    from nnunetv2.training.nnUNetTrainer.nnUNetTrainer import nnUNetTrainer

    find = nnunet.recursive_find_trainer_class_by_name

    def find_any(name):
        try:
            found = find(name)
        except Exception:  # nnU-Net raises what it likes when there is no such class
            found = None
        return found if found is not None else type(name, (nnUNetTrainer,), {})

    nnunet.recursive_find_trainer_class_by_name = find_any
    try:
        yield
    finally:
        nnunet.recursive_find_trainer_class_by_name = find


class Nnunet:
    """One model folder."""

    def __init__(self, model, device, rungs):
        self._orientation = model["orientation"]
        self._model = NnunetModel(model["path"], device, cpu_accumulate="cpu-accumulate" in rungs)
        self.facts = self._model.facts

    def run(self, volume, request, step, folder):
        step("predict")
        data, spacing, undo = reoriented(volume, self._orientation)
        labels = undo(self._model.labels_of(data.transpose(2, 1, 0), spacing[::-1]).transpose(2, 1, 0))
        step("export")
        return write_structures(volume, labels, self._model.structures(), folder), []
