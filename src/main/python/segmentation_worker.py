"""Segmentation worker of RTpipeline: one process for each GPU, models stay loaded.

Speaks JSON lines on standard input and output (docs/segmentation.md has the protocol). Needs nothing but Python 3.9 until a
model asks for more: numpy for all models, torch and nnunetv2 for nnU-Net, totalsegmentator for TotalSegmentator, yaml for
custom_model.yaml. Never reaches the network, never downloads weights, never falls back from the GPU to the processor.

    segmentation_worker.py              the worker itself
    segmentation_worker.py --selftest   runs a made model through the whole path, prints what is installed

Its other parts lie beside it: worker_machine, worker_nifti, worker_nnunet, worker_custom, worker_totalsegmentator.
"""

import collections
import gc
import json
import os
import signal
import sys
import tempfile
import threading
import time

from worker_custom import CustomModel
from worker_machine import Device, WorkerError, close_network, sha256
from worker_nifti import Volume, read_nifti, write_labels
from worker_nnunet import HOOKS, NETWORKS, Nnunet
from worker_totalsegmentator import TotalSegmentator

PROTOCOL = 1
VERSION = "rtpipeline worker 1"


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


class Steps:
    """Tells the other side how far an image is."""

    def __init__(self, channel, ident):
        self._channel = channel
        self._ident = ident

    def __call__(self, phase, done=0, total=0):
        self._channel.say("progress", id=self._ident, phase=phase, done=done, total=total)


class Plugin:
    """A Python file of the site: load(device, options) -> model, model(volume, step) -> (labels with x fastest, name by label)."""

    def __init__(self, model, device, rungs):
        import importlib.util

        path = model["path"]
        if not os.path.isfile(path):
            raise WorkerError("MODEL_MISSING", "there is no plug-in " + os.path.basename(path))
        spec = importlib.util.spec_from_file_location("rtpipeline_plugin", path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        self._model = module.load(device, model)
        self.facts = {"weights_sha256": sha256([path])}

    def run(self, volume, request, step, folder):
        labels, names = self._model(volume, step)
        write_labels(os.path.join(folder, "labels.nii"), volume, labels)
        return [{"file": "labels.nii", "labels": [{"value": v, "name": n} for v, n in sorted(names.items())]}], []


class Shelf:
    """Models that stay loaded, as many as there may be; the one that was unused the longest is the first to go."""

    KINDS = {"plugin": Plugin, "nnunet": Nnunet, "custom": CustomModel, "totalsegmentator": TotalSegmentator}

    def __init__(self, device, most):
        self._device = device
        self._most = most
        self._models = collections.OrderedDict()

    @staticmethod
    def key(request):
        return json.dumps([request["model"], request.get("rungs") or []], sort_keys=True)

    def model(self, request, step):
        """The model that a request names, loaded now or before."""
        key = self.key(request)
        NETWORKS.user = key
        if key not in self._models:
            self._leave(self._most - 1)
            step("load")
            kind = self.KINDS[request["model"]["kind"]]
            try:
                self._models[key] = kind(request["model"], self._device, request.get("rungs") or [])
            except Exception:
                NETWORKS.release(key)
                raise
        self._models.move_to_end(key)
        return self._models[key]

    def leave_only(self, request):
        """Lets go of all models but that of a request; whether there was another."""
        key = self.key(request)
        mine = self._models.pop(key, None)
        others = len(self._models) > 0
        self._leave(0)
        if mine is not None:
            self._models[key] = mine
        return others

    def _leave(self, count):
        before = len(self._models)
        while len(self._models) > count:
            key, _ = self._models.popitem(last=False)
            NETWORKS.release(key)
        if len(self._models) < before:
            gc.collect()
            self._device.give_back_memory()


class Worker:
    """Takes images one by one and answers each with a result or an error."""

    MEMORY = ("OOM_GPU", "OOM_HOST")

    def __init__(self, channel, device, most=1):
        self._channel = channel
        self._shelf = Shelf(device, most)

    def run(self, request):
        """Memory that does not suffice while other models are loaded is tried once more without them."""
        step = Steps(self._channel, request.get("id", ""))
        failure = self._try(request, step)
        if failure is not None and failure.kind in self.MEMORY and self._shelf.leave_only(request):
            step("unload")
            failure = self._try(request, step)
        if failure is not None:
            self._channel.say("error", id=request.get("id", ""), kind=failure.kind, message=str(failure))

    def _try(self, request, step):
        """Answers with the result; what kept it from that is returned."""
        start = time.monotonic()
        try:
            step("read")
            volume = read_nifti(request["image"])
            model = self._shelf.model(request, step)
            HOOKS.begin(step)
            layers, degraded = model.run(volume, request, step, request["folder"])
            facts = {"seconds": "%.3f" % (time.monotonic() - start), **model.facts, **self._memory()}
        except WorkerError as error:
            return error.with_traceback(None)
        except MemoryError:
            return WorkerError("OOM_HOST", "the host has too little memory")
        except Exception as error:  # the other side must hear of every error, whatever library it comes from
            return WorkerError(kind_of(error), "%s: %s" % (type(error).__name__, str(error)[:300]))
        self._channel.say("result", id=request.get("id", ""), layers=layers, degraded=[*degraded, *HOOKS.notes], facts=facts)
        return None

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
    if "background workers died" in text or "cannot allocate memory" in text or "can't allocate memory" in text:
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
    most = int(os.environ.get("RTPIPELINE_WORKER_MODELS", "1"))
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
    worker = Worker(channel, device, most)
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
