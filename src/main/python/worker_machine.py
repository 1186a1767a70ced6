"""What the worker may do on this machine: its device, its errors, no network."""

import hashlib
import os
import socket
import sys


class WorkerError(Exception):
    """Something that the other side must know by its kind."""

    def __init__(self, kind, message):
        super().__init__(message)
        self.kind = kind


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

    def give_back_memory(self):
        """Lets the GPU have what models that are gone had of it."""
        torch = sys.modules.get("torch")
        if torch is not None and self.wanted == "gpu":
            torch.cuda.empty_cache()
