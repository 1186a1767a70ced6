"""Segmentation worker of RTpipeline: one process for each GPU, models stay loaded.

Speaks JSON lines on standard input and output (docs/segmentation.md has the protocol). Needs nothing but Python 3.9 until a
model asks for more: numpy for all models, torch and nnunetv2 for nnU-Net, totalsegmentator for TotalSegmentator, yaml for
custom_model.yaml. Never reaches the network, never downloads weights, never falls back from the GPU to the processor.

    segmentation_worker.py              the worker itself
    segmentation_worker.py --selftest   runs a made model through the whole path, prints what is installed
"""

import array
import gzip
import hashlib
import json
import os
import signal
import socket
import struct
import sys
import tempfile
import threading
import time

PROTOCOL = 1
VERSION = "rtpipeline worker 1"
CODES = {2: "B", 4: "h", 8: "i", 16: "f", 64: "d", 256: "b", 512: "H"}


class WorkerError(Exception):
    """Something that the other side must know by its kind."""

    def __init__(self, kind, message):
        super().__init__(message)
        self.kind = kind


class Channel:
    """The protocol's own standard output; whatever libraries print goes to standard error."""

    def __init__(self):
        self._out = os.fdopen(os.dup(1), "w", encoding="utf-8", buffering=1)
        os.dup2(2, 1)
        self._lock = threading.Lock()

    def say(self, message, /, **fields):
        line = json.dumps({"type": message, **fields})
        with self._lock:
            self._out.write(line + "\n")
            self._out.flush()


class Volume:
    """A NIfTI-1 volume: counts, affine in RAS, and values with x fastest."""

    def __init__(self, counts, affine, values, code):
        self.counts = counts
        self.affine = affine
        self.values = values
        self.code = code

    def numpy(self):
        """The values as an array of axes x, y, z."""
        import numpy

        return numpy.frombuffer(self.values.tobytes(), dtype=numpy.dtype(self.values.typecode)).reshape(self.counts, order="F")


def read_nifti(path):
    opener = gzip.open if str(path).endswith(".gz") else open
    with opener(path, "rb") as file:
        data = file.read()
    if len(data) < 352 or struct.unpack_from("<i", data, 0)[0] != 348:
        raise WorkerError("BAD_INPUT", "the image is no little-endian NIfTI-1 file")
    counts = struct.unpack_from("<3h", data, 42)
    code = struct.unpack_from("<h", data, 70)[0]
    start = int(struct.unpack_from("<f", data, 108)[0])
    affine = [struct.unpack_from("<4f", data, 280 + 16 * row) for row in range(3)]
    values = array.array(CODES[code])
    count = counts[0] * counts[1] * counts[2]
    values.frombytes(data[start : start + count * values.itemsize])
    if sys.byteorder == "big":
        values.byteswap()
    if len(values) != count:
        raise WorkerError("BAD_INPUT", "the image is shorter than its header says")
    return Volume(counts, affine, values, code)


def write_labels(path, like, labels):
    """Writes labels with x fastest, as bytes or 16-bit integers, on the grid of another volume."""
    most = max(labels) if len(labels) else 0
    values = array.array("B" if most < 256 else "h", labels)
    if sys.byteorder == "big":
        values.byteswap()
    write_bytes(path, like, most, values.tobytes())


def write_array(path, like, labels):
    """The same for an array of axes x, y, z of numpy."""
    import numpy

    labels = numpy.asarray(labels)
    if tuple(labels.shape) != tuple(like.counts):
        raise WorkerError("INTERNAL", "labels have the shape %s, the image %s" % (labels.shape, tuple(like.counts)))
    most = int(labels.max()) if labels.size else 0
    write_bytes(path, like, most, labels.astype("u1" if most < 256 else "<i2").tobytes(order="F"))


def write_bytes(path, like, most, values):
    code, bits = (2, 8) if most < 256 else (4, 16)
    header = bytearray(352)
    struct.pack_into("<i", header, 0, 348)
    struct.pack_into("<8h", header, 40, 3, *like.counts, 1, 1, 1, 1)
    struct.pack_into("<2h", header, 70, code, bits)
    spacing = [sum(like.affine[row][column] ** 2 for row in range(3)) ** 0.5 for column in range(3)]
    struct.pack_into("<4f", header, 76, 1.0, *spacing)
    struct.pack_into("<3f", header, 108, 352.0, 1.0, 0.0)
    struct.pack_into("<2h", header, 252, 0, 1)
    for row in range(3):
        struct.pack_into("<4f", header, 280 + 16 * row, *like.affine[row])
    header[344:348] = b"n+1\0"
    with open(path, "wb") as file:
        file.write(bytes(header))
        file.write(values)


def close_network():
    """No library may reach out: every connection to another machine is refused at once."""
    connect = socket.socket.connect

    def local_only(self, address):
        if self.family != getattr(socket, "AF_UNIX", None):
            raise OSError("this worker has no network")
        return connect(self, address)

    socket.socket.connect = local_only


def sha256(paths):
    digest = hashlib.sha256()
    for path in sorted(str(p) for p in paths):
        with open(path, "rb") as file:
            for block in iter(lambda: file.read(1 << 20), b""):
                digest.update(block)
    return digest.hexdigest()


class Device:
    """What this process may compute on, looked at once and only when a model needs it."""

    def __init__(self, wanted):
        self.wanted = wanted
        self._checked = False

    def gpu_name(self):
        """The address this process was given, as far as that is known without loading torch."""
        return os.environ.get("CUDA_VISIBLE_DEVICES", "") if self.wanted == "gpu" else ""

    def torch(self):
        """torch, after a look whether it has exactly the device that was asked for."""
        import torch

        torch.set_num_threads(int(os.environ.get("RTPIPELINE_WORKER_THREADS", "1")))
        if self.wanted == "gpu" and not self._checked:
            if not torch.cuda.is_available():
                raise WorkerError("NO_GPU", "torch sees no GPU at " + self.gpu_name())
            if torch.cuda.device_count() != 1:
                raise WorkerError("NO_GPU", "torch sees %d GPUs, expected 1" % torch.cuda.device_count())
            self._checked = True
        return torch

    def word(self):
        return "cuda" if self.wanted == "gpu" else "cpu"


class Steps:
    """Tells the other side how far an image is."""

    def __init__(self, channel, ident):
        self._channel = channel
        self._ident = ident

    def __call__(self, phase, done=0, total=0):
        self._channel.say("progress", id=self._ident, phase=phase, done=done, total=total)


class Plugin:
    """A Python file of the site with load(device, options) -> model and model(volume, step) -> [(name, mask)] or labels."""

    def __init__(self, path, device, options):
        import importlib.util

        if not os.path.isfile(path):
            raise WorkerError("MODEL_MISSING", "there is no plug-in " + os.path.basename(path))
        spec = importlib.util.spec_from_file_location("rtpipeline_plugin", path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        self._model = module.load(device, options)
        self.facts = {"weights_sha256": sha256([path])}

    def run(self, volume, request, step, folder):
        labels, names = self._model(volume, step)
        write_labels(os.path.join(folder, "labels.nii"), volume, labels)
        return [{"file": "labels.nii", "labels": [{"value": v, "name": n} for v, n in sorted(names.items())]}], []


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


HOOKS = Hooks()


def tame_nnunet(torch):
    """
    Makes nnU-Net fit for a process that lives long: checkpoints are loaded once, images are prepared and exported in this process
    and not in children of it, every tile is a step, and no library takes more threads than it was given.
    """
    from nnunetv2.inference import predict_from_raw_data as nnunet

    predictor = nnunet.nnUNetPredictor
    if getattr(predictor, "rtpipeline_networks", None) is not None:
        return
    predictor.rtpipeline_networks = {}
    load = predictor.initialize_from_trained_model_folder
    mirror = predictor._internal_maybe_mirror_and_predict
    slide = predictor._internal_predict_sliding_window_return_logits
    most = int(os.environ.get("RTPIPELINE_WORKER_THREADS", "1"))
    threads = torch.set_num_threads

    def load_once(self, folder, use_folds, checkpoint_name="checkpoint_final.pth"):
        key = (str(folder), str(use_folds), checkpoint_name)
        if key not in predictor.rtpipeline_networks:
            before = dict(self.__dict__)
            load(self, folder, use_folds, checkpoint_name)
            refuse_what_is_not_run(self)
            predictor.rtpipeline_networks[key] = {
                name: value for name, value in self.__dict__.items() if name not in before or value is not before[name]
            }
        self.__dict__.update(predictor.rtpipeline_networks[key])

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
        with any_trainer():
            self._predictor.initialize_from_trained_model_folder(folder, use_folds=folds, checkpoint_name=checkpoint)
        with open(os.path.join(folder, "dataset.json"), encoding="utf-8") as file:
            self.dataset = json.load(file)
        self.facts = {"weights_sha256": sha256([os.path.join(folder, "fold_%s" % fold, checkpoint) for fold in folds])}

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


def any_trainer():
    """
    Checkpoints name the class that trained them. One that nobody has here is taken for nnU-Net's own: what it changed is the
    training, and a network that it built otherwise does not take the weights.
    """
    import contextlib

    @contextlib.contextmanager
    def known():
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

    return known()


def reoriented(volume, letters):
    """The array with axes turned to letters, its spacing, and what turns it back."""
    import numpy

    data = volume.numpy()
    directions = numpy.array([[volume.affine[row][column] for column in range(3)] for row in range(3)])
    spacing = numpy.sqrt((directions**2).sum(axis=0))
    axis_of, flips = [], []
    free = [0, 1, 2]
    for world in range(3):
        column = max(free, key=lambda c: abs(directions[world, c] / spacing[c]))
        free.remove(column)
        axis_of.append(column)
        positive = directions[world, column] > 0
        flips.append(positive != (letters[world] == "RAS"[world]))
    turned = numpy.transpose(data, axis_of)
    turned = turned[tuple(slice(None, None, -1) if flip else slice(None) for flip in flips)]
    back = numpy.argsort(axis_of)

    def undo(labels):
        labels = labels[tuple(slice(None, None, -1) if flip else slice(None) for flip in flips)]
        return numpy.transpose(labels, back)

    return turned, [float(spacing[a]) for a in axis_of], undo


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


def write_structures(volume, labels, structures, folder):
    """Label files of structures, as many as it takes until those of one file share no label."""
    import numpy

    layers = []
    for name, values in structures.items():
        layer = next((one for one in layers if not one["taken"] & set(values)), None)
        if layer is None:
            layer = {"taken": set(), "names": []}
            layers.append(layer)
        layer["taken"] |= set(values)
        layer["names"].append((name, values))
    written = []
    for number, layer in enumerate(layers, start=1):
        file = "labels.nii" if len(layers) == 1 else "labels-%d.nii" % number
        table = numpy.zeros(1 + max(int(labels.max()), max(layer["taken"])), dtype=numpy.int32)
        for name, values in layer["names"]:
            table[values] = values[0]
        write_array(os.path.join(folder, file), volume, table[labels])
        written.append({"file": file, "labels": [{"value": values[0], "name": name} for name, values in layer["names"]]})
    return written


class CustomModel:
    """Networks of a custom_model.yaml: each as a model folder, then its anchor, then the ensemble and the combination."""

    REGIONS = ("HEAD_NECK", "THORAX", "ABDOMEN", "PELVIS")
    INTERFACES = ("nnunetv2", "nnunetv2_modelfolder")

    def __init__(self, model, device, rungs):
        import yaml

        self._root = os.path.dirname(os.path.abspath(model["path"]))
        self._orientation = model["orientation"]
        with open(model["path"], encoding="utf-8") as file:
            self._spec = yaml.safe_load(file) or {}
        self._nnunet = self._spec.get("nnunet") or {}
        if self._spec.get("enabled") is False:
            raise WorkerError("MODEL_MISSING", "the model is switched off in its custom_model.yaml")
        interface = str(self._nnunet.get("interface") or "nnunetv2").strip().lower()
        if interface not in self.INTERFACES:
            raise WorkerError(
                "MODEL_MISSING", "interface %s is not run by this worker, only %s" % (interface, " and ".join(self.INTERFACES))
            )
        self._networks = [
            Network(entry, self._nnunet, self._root, device, rungs) for entry in self._nnunet.get("networks") or []
        ]
        if not self._networks:
            raise WorkerError("MODEL_MISSING", "custom_model.yaml names no networks")
        self.facts = {
            "model": str(self._spec.get("name", "")),
            "weights_sha256": " ".join(network.model.facts["weights_sha256"] for network in self._networks),
        }

    def regions(self):
        wanted = self._spec.get("required_body_regions") or self._spec.get("required_regions") or []
        if isinstance(wanted, str):
            wanted = wanted.split(",")
        wanted = [str(region).strip().upper() for region in wanted if str(region).strip()]
        unknown = [region for region in wanted if region not in self.REGIONS]
        if unknown:
            raise WorkerError("BAD_INPUT", "unknown body regions " + ", ".join(unknown))
        return wanted, float(self._spec.get("min_region_confidence", 0.5))

    def run(self, volume, request, step, folder):
        wanted, least = self.regions()
        if wanted:
            step("regions")
            seen = body_regions(volume)
            missing = [region for region in wanted if seen[region] < least]
            if missing:
                raise WorkerError("BAD_INPUT", "the image does not show " + ", ".join(missing))
        data, spacing, undo = reoriented(volume, self._orientation)
        known = Known(request, folder, volume, self._orientation)
        found, degraded = self._found(data.transpose(2, 1, 0), spacing[::-1], known)
        masks = {}
        for alias in self._order():
            masks.update(found.get(alias) or {})
        step("export")
        layers = []
        for number, (name, mask) in enumerate(masks.items(), start=1):
            file = "labels-%d.nii" % number
            write_array(os.path.join(folder, file), volume, undo(mask.transpose(2, 1, 0)))
            layers.append({"file": file, "labels": [{"value": 1, "name": name}]})
        return layers, degraded

    def _order(self):
        """Aliases in the order they are laid over one another; later ones win."""
        combine = self._nnunet.get("combine") or {}
        order = combine.get("ordered_networks") or combine.get("order") or combine.get("networks")
        order = [str(name).strip() for name in order or [network.alias for network in self._networks]]
        alias_of = {name: network.alias for network in reversed(self._networks) for name in (network.ident, network.alias)}
        known = [alias_of.get(name, name) for name in order if name in alias_of or (name == "ensemble" and self._ensemble())]
        if self._ensemble() and "ensemble" not in known:
            known.insert(0, "ensemble")
        return known or [network.alias for network in self._networks]

    def _ensemble(self):
        return self._nnunet.get("ensemble") or None

    def _found(self, data, spacing, known):
        """Masks by structure, of every network and of the ensemble that the combination names."""
        ensemble = self._ensemble()
        inputs = []
        if ensemble:
            inputs = [str(name) for name in ensemble.get("inputs") or [network.alias for network in self._networks]]
            unknown = [name for name in inputs if not any(name in (n.alias, n.ident) for n in self._networks)]
            if unknown:
                raise WorkerError("MODEL_MISSING", "the ensemble needs %s, which is no network" % ", ".join(unknown))
        order = self._order()
        found, degraded, total, members = {}, [], None, []
        for network in self._networks:
            member = network.alias in inputs or network.ident in inputs
            if not member and network.alias not in order:
                continue
            HOOKS.network("predict " + network.alias)
            anchor = network.anchor(known)
            if network.anchor_source and anchor is None and not member:
                degraded.append("network %s was left out: there is no anchor of %s" % (network.alias, network.anchor_source))
                found[network.alias] = {name: data.astype(bool) & False for name in network.names}
                continue
            if member:
                labels, probabilities = network.model.probabilities_of(data, spacing)
                total = probabilities if total is None else total + probabilities
                members.append(network)
            else:
                labels = network.model.labels_of(data, spacing)
            if network.alias in order:
                found[network.alias] = network.masks(labels, anchor, known, spacing, degraded)
        if members:
            labels = members[0].model.merged(total / len(members))
            names = [str(name) for name in ensemble.get("label_order") or ensemble.get("labels") or members[0].names]
            found["ensemble"] = {name: labels == value for value, name in enumerate(names, start=1)}
            if ensemble.get("postprocessing_json") or ensemble.get("postprocessing"):
                degraded.append("the post-processing of the ensemble was not done")
        return found, degraded


class Network:
    """An entry of the networks of a custom_model.yaml, loaded."""

    PASSED_OVER = {"-device": 1, "-npp": 1, "-nps": 1, "--verbose": 0, "--disable_progress_bar": 0, "--continue_prediction": 0, "--c": 0}

    def __init__(self, entry, nnunet, root, device, rungs):
        self._entry = entry
        self._rules = entry.get("postprocessing") or {}
        self.ident = str(entry.get("id") or entry.get("dataset") or "").strip()
        self.alias = str(entry.get("alias") or entry.get("name") or entry.get("architecture") or self.ident).strip()
        names = entry.get("label_order") or entry.get("structures") or entry.get("labels")
        if not isinstance(names, list) or not names:
            raise WorkerError("MODEL_MISSING", "network %s has no label_order" % self.alias)
        self.names = [str(name).strip() for name in names]
        tokens = {}
        for name in self.names:
            if tokens.setdefault(token(name), name) != name or self.names.count(name) > 1:
                raise WorkerError("MODEL_MISSING", "network %s has two labels like %s" % (self.alias, name))
        self.anchor_source = str(self._rule("anchor_source") or "").strip().lower()
        if self.anchor_source not in ("", "specialist_reference", "rider_clinician_bbox"):
            raise WorkerError("MODEL_MISSING", "network %s has the unknown anchor_source %s" % (self.alias, self.anchor_source))
        arguments = self._arguments()
        self._root = root
        self.model = NnunetModel(
            self._folder(nnunet, root),
            device,
            folds=folds_of(entry.get("folds", nnunet.get("folds"))),
            checkpoint=arguments.get("-chk") or os.path.basename(str(entry.get("checkpoint") or "checkpoint_final.pth")),
            cpu_accumulate="cpu-accumulate" in rungs,
            mirroring="--disable_tta" not in arguments,
            step_size=float(arguments.get("-step_size", 0.5)),
        )

    def _rule(self, key, default=None):
        value = self._entry.get(key, self._rules.get(key))
        return default if value is None else value

    def _arguments(self):
        """What predict_args change of a prediction; threads, devices and progress bars are not theirs to choose here."""
        words = [str(word) for word in self._entry.get("predict_args") or self._entry.get("extra_args") or []]
        found, at = {}, 0
        while at < len(words):
            word = words[at]
            if word in ("-chk", "-step_size") and at + 1 < len(words):
                found[word] = words[at + 1]
                at += 1
            elif word == "--disable_tta":
                found[word] = True
            elif word in self.PASSED_OVER:
                at += self.PASSED_OVER[word]
            else:
                raise WorkerError("MODEL_MISSING", "network %s asks for %s, which is not known here" % (self.alias, word))
            at += 1
        return found

    def _folder(self, nnunet, root):
        """The folder Trainer__Plans__Configuration of the network, as nnU-Net lays out its results."""
        results = str((nnunet.get("env") or {}).get("nnUNet_results") or "nnUNet_results")
        dataset = self._entry.get("dataset_directory") or self._entry.get("dataset_dir") or self._entry.get("dataset")
        places = [self._entry.get("source_directory") or self._entry.get("source_dir")]
        if dataset:
            places = [os.path.join(results, str(dataset)), *places, str(dataset)]
        elif self.ident.isdigit() and os.path.isdir(os.path.join(root, results)):
            start = "Dataset%03d_" % int(self.ident)
            places += [os.path.join(results, name) for name in sorted(os.listdir(os.path.join(root, results))) if name.startswith(start)]
        configuration = str(self._entry.get("architecture") or nnunet.get("model") or "3d_fullres")
        trainer, plans = self._entry.get("trainer"), self._entry.get("plans")
        for place in places:
            if not place:
                continue
            place = os.path.join(root, str(place))
            if os.path.isfile(os.path.join(place, "plans.json")):
                return place
            if not os.path.isdir(place):
                continue
            fitting = [name for name in sorted(os.listdir(place)) if self._fits(place, name, trainer, plans, configuration)]
            if len(fitting) > 1:
                raise WorkerError("MODEL_MISSING", "network %s may be any of %s" % (self.alias, " ".join(fitting)))
            if fitting:
                return os.path.join(place, fitting[0])
        raise WorkerError("MODEL_MISSING", "the weights of network %s are not unpacked" % self.alias)

    @staticmethod
    def _fits(place, name, trainer, plans, configuration):
        parts = name.split("__")
        return (
            len(parts) == 3
            and os.path.isfile(os.path.join(place, name, "plans.json"))
            and (not trainer or parts[0] == str(trainer))
            and (not plans or parts[1] == str(plans))
            and parts[2] == configuration
        )

    def anchor(self, known):
        """The place that components are measured from, as indices z, y, x; nothing where there is none."""
        if self.anchor_source == "specialist_reference":
            return known.centre(str(self._rule("anchor_glob", "GTV-1*-*")))
        if self.anchor_source == "rider_clinician_bbox":
            manifest = str(self._rule("anchor_manifest_path", "Segmentation_RIDER_anchor/_clinician_bbox_manifest.json"))
            return known.listed(os.path.join(self._root, manifest))
        return None

    def masks(self, labels, anchor, known, spacing, degraded):
        """A mask for each name, after the anchor and the lungs have had their say."""
        least_cm3 = max(0.0, float(self._rule("min_component_volume_cm3", 0) or 0.5))
        furthest_cm = max(0.0, float(self._rule("anchor_max_distance_cm", 0) or 5.0))
        lungs = known.lungs() if truth(self._rule("confine_to_lung_mask")) else None
        masks = {}
        for value, name in enumerate(self.names, start=1):
            mask = labels == value
            if self.anchor_source:
                mask = mask & False if anchor is None else nearest(mask, anchor, spacing, furthest_cm, least_cm3)
            if lungs is not None:
                confined = mask & lungs if self.anchor_source else largest(mask & lungs, spacing, least_cm3)
                if mask.any() and not confined.any():
                    degraded.append("nothing of %s lies in the lungs" % name)
                mask = confined
            masks[name] = mask
        if self.anchor_source and anchor is None:
            degraded.append("network %s is empty: there is no anchor of %s" % (self.alias, self.anchor_source))
        return masks


class Known:
    """Structures that are known of the image before the model runs, and boxes that people drew, in the model's axes."""

    def __init__(self, request, folder, volume, letters):
        self._layers = request.get("references") or []
        self._lungs = request.get("lungs") or []
        self._course = request.get("id", "")
        self._folder = folder
        self._volume = volume
        self._letters = letters

    def _masks(self, layers):
        """Names and masks z, y, x, one after the other."""
        for layer in layers:
            labels = read_nifti(os.path.join(self._folder, layer["file"]))
            labels, _, _ = reoriented(labels, self._letters)
            for label in layer["labels"]:
                yield label["name"], labels.transpose(2, 1, 0) == label["value"]

    def _union(self, layers, fits):
        union = None
        for name, mask in self._masks(layers):
            if fits(name):
                union = mask if union is None else union | mask
        return union

    def centre(self, pattern):
        """The middle of all structures whose names match the last part of a pattern of files."""
        import fnmatch

        import numpy

        last = pattern.rsplit("/", 1)[-1]
        for end in (".gz", ".nii"):
            last = last[: -len(end)] if last.endswith(end) else last
        union = self._union(
            self._layers,
            lambda name: fnmatch.fnmatchcase(name, last) or fnmatch.fnmatchcase(token(name), token(last, "*?[]")),
        )
        return None if union is None or not union.any() else numpy.argwhere(union).mean(axis=0)

    def listed(self, path):
        """The middle of the box that a file lists for the course, by its key."""
        import numpy

        if not os.path.isfile(path):
            return None
        with open(path, encoding="utf-8") as file:
            entry = json.load(file).get(self._course)
        if not isinstance(entry, dict) or not entry.get("bbox_zyx"):
            return None
        low, high = (numpy.asarray(corner, dtype=float) for corner in entry["bbox_zyx"])
        return numpy.asarray(entry.get("centroid_zyx") or (low + high) / 2, dtype=float)

    def lungs(self):
        """Lungs or their lobes among the known structures, else the lungs by density that come with the request."""
        import re

        lung = re.compile("(total_)?lungs?(_(upper|middle|lower)_lobe)?(_(l|r|left|right|both))?$")
        union = self._union(self._layers, lambda name: lung.match(token(name)))
        if union is None:
            union = self._union(self._lungs, lambda name: True)
        if union is None:
            raise WorkerError("BAD_INPUT", "the model keeps to the lungs, and none are known of the image")
        return union


def token(name, keep=""):
    """A name as the names of files know it: lower case, one underscore for whatever is no letter or digit."""
    import re

    return re.sub("[^0-9a-z" + re.escape(keep) + "]+", "_", name.lower()).strip("_")


def truth(value):
    return str(value).strip().lower() in ("1", "true", "yes", "on")


def folds_of(value):
    """Folds as a custom_model.yaml has them: a list, words with commas or spaces, or all."""
    if value is None or str(value).strip().lower() == "all" or value == ["all"]:
        return "all"
    return tuple(int(fold) for fold in (value if isinstance(value, list) else str(value).replace(",", " ").split()))


def components(mask, spacing, least_cm3):
    """Parts that touch by faces and are large enough: mask, voxels, centre as indices."""
    import numpy
    from scipy import ndimage

    parts, count = ndimage.label(mask)
    voxel_cm3 = float(numpy.prod(spacing)) / 1000
    for part in range(1, count + 1):
        places = numpy.argwhere(parts == part)
        if len(places) * voxel_cm3 >= least_cm3:
            yield parts == part, len(places), places.mean(axis=0)


def nearest(mask, anchor, spacing, furthest_cm, least_cm3):
    """Of all components the one whose centre is nearest to an anchor; nothing when none is near enough."""
    import numpy

    best, best_cm = mask & False, furthest_cm
    for part, _, centre in components(mask, spacing, least_cm3):
        away_cm = float(numpy.linalg.norm((centre - anchor) * numpy.asarray(spacing))) / 10
        if away_cm <= best_cm:
            best, best_cm = part, away_cm
    return best


def largest(mask, spacing, least_cm3):
    return max(components(mask, spacing, least_cm3), key=lambda part: part[1], default=(mask & False,))[0]


def body_regions(volume):
    """How sure it is that a CT shows each region, 0 to 1, from the air, bone and width of the body along z."""
    import numpy

    data, spacing, _ = reoriented(volume, "RAS")
    body = data > -300
    width_mm = body.any(axis=1).sum(axis=0) * spacing[0]
    inner = (data < -600) & (data > -980)
    area = numpy.maximum(1, body.sum(axis=(0, 1)))
    lung = inner.sum(axis=(0, 1)) / area
    bone = (data > 300).sum(axis=(0, 1)) / area
    length_mm = data.shape[2] * spacing[2]

    def share(planes, needed_mm):
        return float(min(1.0, planes.sum() * spacing[2] / needed_mm)) if length_mm > 0 else 0.0

    thorax = (lung > 0.08) & (width_mm > 250)
    narrow = (width_mm > 80) & (width_mm < 260) & (bone > 0.05)
    trunk = (width_mm >= 250) & (lung <= 0.08)
    pelvis = trunk & (bone > 0.06)
    return {
        "HEAD_NECK": share(narrow, 60.0),
        "THORAX": share(thorax, 60.0),
        "ABDOMEN": share(trunk & ~pelvis, 60.0),
        "PELVIS": share(pelvis, 60.0),
    }


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

        def require(number):
            """In the place of the function that downloads weights, and removes those it takes for old."""
            name = TASK_ID_WEIGHTS_CONFIGS[number]["foldername"]
            path = os.path.join(str(config.get_weights_dir()), name)
            if not os.path.isdir(path):
                raise WorkerError("MODEL_MISSING", "the weights folder has no " + name)
            if number not in self._used:
                self._used[number] = sha256(
                    os.path.join(root, file) for root, _, files in os.walk(path) for file in files if file.endswith(".pth")
                )

        python_api.download_pretrained_weights = require
        self._api = python_api
        self._names = registry.get_task_classes(self._task)
        self._versions = {name: importlib.metadata.version(name) for name in ("TotalSegmentator", "nnunetv2", "torch")}
        self.facts = dict(self._versions)

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


class Worker:
    """Takes images one by one and answers each with a result or an error."""

    KINDS = {"nnunet": Nnunet, "custom": CustomModel, "totalsegmentator": TotalSegmentator}

    def __init__(self, channel, device):
        self._channel = channel
        self._device = device
        self._models = {}

    def model(self, request, step):
        spec = request["model"]
        rungs = request.get("rungs") or []
        key = json.dumps([spec, rungs], sort_keys=True)
        if key not in self._models:
            step("load")
            self._models.clear()
            if spec["kind"] == "plugin":
                self._models[key] = Plugin(spec["path"], self._device, spec)
            else:
                self._models[key] = self.KINDS[spec["kind"]](spec, self._device, rungs)
        return self._models[key]

    def run(self, request):
        ident = request.get("id", "")
        step = Steps(self._channel, ident)
        start = time.monotonic()
        try:
            step("read")
            volume = read_nifti(request["image"])
            model = self.model(request, step)
            HOOKS.begin(step)
            layers, degraded = model.run(volume, request, step, request["folder"])
            degraded = [*degraded, *HOOKS.notes]
            facts = {"seconds": "%.3f" % (time.monotonic() - start), **model.facts, **self._memory()}
            self._channel.say("result", id=ident, layers=layers, degraded=degraded, facts=facts)
        except WorkerError as error:
            self._channel.say("error", id=ident, kind=error.kind, message=str(error))
        except MemoryError:
            self._channel.say("error", id=ident, kind="OOM_HOST", message="the host has too little memory")
        except Exception as error:  # the other side must hear of every error, whatever library it comes from
            self._channel.say("error", id=ident, kind=kind_of(error), message="%s: %s" % (type(error).__name__, str(error)[:300]))

    @staticmethod
    def _memory():
        torch = sys.modules.get("torch")
        if torch is None or not torch.cuda.is_available():
            return {}
        return {"peak_gpu_mib": str(torch.cuda.max_memory_allocated() // (1 << 20))}


def kind_of(error):
    text = (type(error).__name__ + " " + str(error)).lower()
    if "outofmemory" in text or "out of memory" in text:
        return "OOM_GPU"
    if "background workers died" in text or "cannot allocate memory" in text:
        return "OOM_HOST"
    if "license" in text:
        return "LICENSE"
    if "no cuda gpus" in text or "invalid device ordinal" in text:
        return "NO_GPU"
    if isinstance(error, (ModuleNotFoundError, FileNotFoundError)):
        return "MODEL_MISSING"
    return "INTERNAL"


def end_group():
    """Ends this process and all it has started."""
    try:
        if os.getpgid(0) == os.getpid():
            os.killpg(0, signal.SIGKILL)
    finally:
        os._exit(0)


def requests_alone():
    """
    The requests, out of the reach of libraries: a child that is forked while a thread reads sys.stdin waits for ever for the lock
    of that reader when it closes it.
    """
    source = os.fdopen(os.dup(0), encoding="utf-8")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    sys.stdin = open(os.devnull, encoding="utf-8")
    return source


def main():
    try:
        os.setsid()
    except OSError:
        pass  # it leads its session already
    channel = Channel()
    source = requests_alone()
    close_network()
    device = Device(os.environ.get("RTPIPELINE_WORKER_DEVICE", "cpu"))
    idle_seconds = float(os.environ.get("RTPIPELINE_WORKER_IDLE_SECONDS", "120"))
    beat_seconds = float(os.environ.get("RTPIPELINE_WORKER_BEAT_SECONDS", "5"))
    requests, arrived = [], threading.Condition()

    def listen():
        for line in source:
            with arrived:
                requests.append(line)
                arrived.notify()
        end_group()  # the other side is gone, or wants no more

    def beat():
        while True:
            time.sleep(beat_seconds)
            channel.say("beat")

    threading.Thread(target=listen, daemon=True).start()
    threading.Thread(target=beat, daemon=True).start()
    if device.wanted == "gpu" and not device.gpu_name():
        channel.say("error", id="", kind="NO_GPU", message="CUDA_VISIBLE_DEVICES names no GPU")
        end_group()
    channel.say("hello", protocol=PROTOCOL, version=VERSION, gpu=device.gpu_name(), pid=os.getpid())
    worker = Worker(channel, device)
    while True:
        with arrived:
            if not requests and not arrived.wait(idle_seconds):
                end_group()
            line = requests.pop(0)
        worker.run(json.loads(line))


def installed():
    import importlib.util
    import platform

    found = {"python": platform.python_version()}
    for name in ("numpy", "scipy", "torch", "nnunetv2", "totalsegmentator", "yaml"):
        if importlib.util.find_spec(name) is None:
            found[name] = "absent"
            continue
        try:
            import importlib.metadata

            package = {"yaml": "PyYAML", "totalsegmentator": "TotalSegmentator"}.get(name, name)
            found[name] = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            found[name] = "present"
    return found


def selftest():
    """A made image through reading, a made model, writing and reading again."""
    answers = []

    class Ear:
        def say(self, message, /, **fields):
            answers.append({"type": message, **fields})

    with tempfile.TemporaryDirectory() as folder:
        plugin = os.path.join(folder, "made.py")
        with open(plugin, "w", encoding="utf-8") as file:
            file.write(
                "def load(device, options):\n"
                "    def model(volume, step):\n"
                "        step('predict')\n"
                "        return [1 if v > 100 else 0 for v in volume.values], {1: 'dense'}\n"
                "    return model\n"
            )
        made = Volume((4, 3, 2), [(1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 2, 0)], None, 4)
        image = os.path.join(folder, "image.nii")
        write_labels(image, made, [200 if i % 5 == 0 else 0 for i in range(24)])
        Worker(Ear(), Device("cpu")).run(
            {"id": "selftest", "image": image, "folder": folder, "model": {"kind": "plugin", "path": plugin}}
        )
        last = answers[-1]
        right = last["type"] == "result" and sum(read_nifti(os.path.join(folder, "labels.nii")).values) == 5
    print(json.dumps({"worker": VERSION, "selftest": "passed" if right else "failed: %s" % last, **installed()}))
    return 0 if right else 1


if __name__ == "__main__":
    sys.exit(selftest() if sys.argv[1:] == ["--selftest"] else main())
