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
    code, typecode, bits = (2, "B", 8) if most < 256 else (4, "h", 16)
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
    values = array.array(typecode, labels)
    if sys.byteorder == "big":
        values.byteswap()
    with open(path, "wb") as file:
        file.write(bytes(header))
        file.write(values.tobytes())


def flat(numpy_array):
    """The values of an array of axes x, y, z with x fastest, as integers."""
    import numpy

    return array.array("i", numpy.asarray(numpy_array, dtype=numpy.int32).ravel(order="F").tobytes())


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


class NnunetModel:
    """A model folder of nnU-Net v2, run in this process: no workers of its own, so nothing to hang."""

    def __init__(self, folder, device, folds=None, checkpoint="checkpoint_final.pth", cpu_accumulate=False, mirroring=True):
        if not os.path.isfile(os.path.join(folder, "plans.json")):
            raise WorkerError("MODEL_MISSING", "the model folder has no plans.json")
        torch = device.torch()
        from nnunetv2.inference.predict_from_raw_data import nnUNetPredictor

        self._predictor = nnUNetPredictor(
            tile_step_size=0.5,
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
        weights = []
        for root, _, files in os.walk(folder):
            weights += [os.path.join(root, name) for name in files if name == checkpoint]
        self.facts = {"weights_sha256": sha256(weights)}

    def labels_of(self, data, spacing):
        """Labels of an array of axes z, y, x, as nnU-Net counts them."""
        import numpy

        properties = {"spacing": spacing}
        return self._predictor.predict_single_npy_array(data[None].astype(numpy.float32), properties, None, None, False)

    def logits_of(self, data, spacing):
        """Probabilities as well, for ensembles."""
        import numpy

        properties = {"spacing": spacing}
        return self._predictor.predict_single_npy_array(data[None].astype(numpy.float32), properties, None, None, True)


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
        names = {
            value: name
            for name, value in self._model.dataset["labels"].items()
            if isinstance(value, int) and value > 0
        }
        step("export")
        write_labels(os.path.join(folder, "labels.nii"), volume, flat(labels))
        return [{"file": "labels.nii", "labels": [{"value": v, "name": n} for v, n in sorted(names.items())]}], []


class CustomModel:
    """Networks of a custom_model.yaml: each as a model folder, then the ensemble or the combination, then the anchors."""

    REGIONS = ("HEAD_NECK", "THORAX", "ABDOMEN", "PELVIS")

    def __init__(self, model, device, rungs):
        import yaml

        self._root = os.path.dirname(os.path.abspath(model["path"]))
        self._orientation = model["orientation"]
        with open(model["path"], encoding="utf-8") as file:
            self._spec = yaml.safe_load(file)
        self._nnunet = self._spec.get("nnunet") or {}
        if self._spec.get("enabled") is False:
            raise WorkerError("MODEL_MISSING", "the model is switched off in its custom_model.yaml")
        interface = str(self._nnunet.get("interface", "nnunetv2")).lower()
        if interface not in ("nnunetv2", "nnunetv2_modelfolder"):
            raise WorkerError("MODEL_MISSING", "interface " + interface + " is not run by this worker, use a command back end")
        self._networks = []
        facts = []
        for network in self._nnunet.get("networks") or []:
            loaded = NnunetModel(
                self._folder(network),
                device,
                folds=self._folds(network),
                checkpoint=network.get("checkpoint") or "checkpoint_final.pth",
                cpu_accumulate="cpu-accumulate" in rungs,
            )
            facts.append(loaded.facts["weights_sha256"])
            self._networks.append((str(network.get("alias", network["id"])), self._names(network), network, loaded))
        if not self._networks:
            raise WorkerError("MODEL_MISSING", "custom_model.yaml names no networks")
        self.facts = {"model": str(self._spec.get("name", "")), "weights_sha256": " ".join(facts)}

    def _folder(self, network):
        results = (self._nnunet.get("env") or {}).get("nnUNet_results", "nnUNet_results")
        for candidate in (
            network.get("source_directory"),
            os.path.join(results, network.get("dataset_directory") or ""),
            network.get("dataset_directory"),
        ):
            if candidate:
                root = os.path.join(self._root, candidate)
                for found, _, files in os.walk(root):
                    if "plans.json" in files:
                        return found
        raise WorkerError("MODEL_MISSING", "the weights of network %s are not unpacked" % network.get("id"))

    def _folds(self, network):
        folds = network.get("folds", self._nnunet.get("folds"))
        if folds in (None, "all"):
            return None
        return tuple(int(f) for f in (folds if isinstance(folds, list) else str(folds).split(",")))

    @staticmethod
    def _names(network):
        order = network.get("label_order") or network.get("structures") or network.get("labels")
        if not order:
            raise WorkerError("MODEL_MISSING", "network %s has no label_order" % network.get("id"))
        return [str(name) for name in order]

    def regions(self):
        wanted = self._spec.get("required_body_regions") or self._spec.get("required_regions") or []
        if isinstance(wanted, str):
            wanted = wanted.split(",")
        wanted = [str(region).strip().upper() for region in wanted]
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
        array_zyx = data.transpose(2, 1, 0)
        masks = self._ensemble(array_zyx, spacing, step) if self._nnunet.get("ensemble") else self._combined(array_zyx, spacing, step)
        step("export")
        layers = []
        for number, (name, mask) in enumerate(sorted(masks.items()), start=1):
            file = "labels-%d.nii" % number
            write_labels(os.path.join(folder, file), volume, flat(undo(mask.transpose(2, 1, 0))))
            layers.append({"file": file, "labels": [{"value": 1, "name": name}]})
        return layers, []

    def _combined(self, data, spacing, step):
        order = [str(alias) for alias in (self._nnunet.get("combine") or {}).get("ordered_networks") or []]
        networks = sorted(self._networks, key=lambda n: order.index(n[0]) if n[0] in order else -1)
        masks = {}
        for done, (alias, names, network, loaded) in enumerate(networks):
            step("predict " + alias, done, len(networks))
            labels = loaded.labels_of(data, spacing[::-1])
            for value, name in enumerate(names, start=1):
                masks[name] = anchored(labels == value, network.get("postprocessing") or {}, data, spacing)
        return masks

    def _ensemble(self, data, spacing, step):
        import numpy

        ensemble = self._nnunet["ensemble"]
        inputs = [str(alias) for alias in ensemble.get("inputs") or [n[0] for n in self._networks]]
        total, names = None, ensemble.get("label_order")
        members = [n for n in self._networks if n[0] in inputs]
        for done, (alias, own, _, loaded) in enumerate(members):
            step("predict " + alias, done, len(members))
            _, probabilities = loaded.logits_of(data, spacing[::-1])
            total = probabilities if total is None else total + probabilities
            names = names or own
        labels = numpy.argmax(total, axis=0)
        return {str(name): labels == value for value, name in enumerate(names, start=1)}


def anchored(mask, rules, data, spacing):
    """Of several components the one nearest to an anchor, within a distance and above a volume."""
    import numpy

    anchor = rules.get("anchor_mm") or rules.get("anchor_voxel")
    least_cm3 = float(rules.get("min_component_volume_cm3", 0.5))
    if not rules or not mask.any():
        return mask
    from scipy import ndimage

    parts, count = ndimage.label(mask)
    step_mm = numpy.array(spacing[::-1])
    voxel_cm3 = float(numpy.prod(step_mm)) / 1000
    furthest_mm = 10 * float(rules.get("anchor_max_distance_cm", 5.0))
    best, best_mm = None, furthest_mm
    kept = numpy.zeros_like(mask)
    for part in range(1, count + 1):
        inside = parts == part
        if inside.sum() * voxel_cm3 < least_cm3:
            continue
        if anchor is None:
            kept |= inside
            continue
        centre = numpy.array(ndimage.center_of_mass(inside)) * step_mm
        place = numpy.array(anchor, dtype=float) * (step_mm if "anchor_voxel" in rules else 1)
        away = float(numpy.linalg.norm(centre - place))
        if away <= best_mm:
            best, best_mm = inside, away
    return kept if anchor is None else (best if best is not None else kept)


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
        resolution = model["resolution"]
        if "lower-resolution" in rungs and resolution == "full":
            resolution = "fast"
        self._fast = resolution == "fast"
        self._fastest = resolution == "fastest"
        self._body_crop = "body-crop" in rungs
        self._cpu = "cpu-accumulate" in rungs
        self._device = device
        device.torch()
        keep_networks_loaded()
        from totalsegmentator import python_api
        from totalsegmentator.map_to_binary import class_map

        self._api = python_api
        self._names = class_map[self._task]
        import importlib.metadata

        self.facts = {"totalsegmentator": importlib.metadata.version("TotalSegmentator")}

    def run(self, volume, request, step, folder):
        wanted = "MR" if self._task.endswith("_mr") else "CT"
        if request.get("modality", "CT") != wanted:
            raise WorkerError("BAD_INPUT", "task %s is for %s, the image is %s" % (self._task, wanted, request.get("modality")))
        if wanted == "CT" and not (min(volume.values) < -500 and max(volume.values) > 100):
            raise WorkerError("BAD_INPUT", "values from %s to %s are no Hounsfield units" % (min(volume.values), max(volume.values)))
        step("predict")
        output = os.path.join(folder, "labels.nii")
        threads = int(os.environ.get("RTPIPELINE_WORKER_THREADS", "1"))
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
        step("export")
        found = read_nifti(output)
        present = set(found.values)
        names = {value: name for value, name in self._names.items() if self._subset is None or name in self._subset}
        unknown = present - set(names) - {0}
        if unknown:
            raise WorkerError("INTERNAL", "labels without a name: %s" % sorted(unknown))
        write_labels(output, volume, array.array("i", (int(v) for v in found.values)))
        degraded = ["fast model"] if self._fast else []
        return [{"file": "labels.nii", "labels": [{"value": v, "name": n} for v, n in sorted(names.items())]}], degraded


def keep_networks_loaded():
    """nnU-Net loads its checkpoints for each image; here each folder and folds is loaded once."""
    from nnunetv2.inference import predict_from_raw_data as nnunet

    predictor = nnunet.nnUNetPredictor
    if getattr(predictor, "rtpipeline_cache", None) is not None:
        return
    predictor.rtpipeline_cache = {}
    load = predictor.initialize_from_trained_model_folder

    def load_once(self, folder, use_folds, checkpoint_name="checkpoint_final.pth"):
        key = (str(folder), str(use_folds), checkpoint_name, str(self.device))
        cache = predictor.rtpipeline_cache
        if key in cache:
            own = {name: self.__dict__[name] for name in ("tile_step_size", "perform_everything_on_device") if name in self.__dict__}
            self.__dict__.update(cache[key])
            self.__dict__.update(own)
            return
        load(self, folder, use_folds, checkpoint_name)
        cache[key] = dict(self.__dict__)

    predictor.initialize_from_trained_model_folder = load_once


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
            layers, degraded = model.run(volume, request, step, request["folder"])
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


def main():
    try:
        os.setsid()
    except OSError:
        pass  # it leads its session already
    channel = Channel()
    close_network()
    device = Device(os.environ.get("RTPIPELINE_WORKER_DEVICE", "cpu"))
    idle_seconds = float(os.environ.get("RTPIPELINE_WORKER_IDLE_SECONDS", "120"))
    beat_seconds = float(os.environ.get("RTPIPELINE_WORKER_BEAT_SECONDS", "5"))
    requests, arrived = [], threading.Condition()

    def listen():
        for line in sys.stdin:
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
