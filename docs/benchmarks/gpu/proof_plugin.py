"""The job of the proof on GPUs: a U-Net with weights from a seed over every image, labels by its highest channel.

Useless for patients: it shows which device did what and when, and that all devices give the same labels. Leaves one line for
each image in record.jsonl beside this file. Without PROOF_DRY_RUN in its folder it needs torch and a GPU.
"""

import json
import os
import time

HERE = os.path.dirname(os.path.abspath(__file__))
PASSES = 240
SIDE = 128


def note(entry):
    with open(os.path.join(HERE, "record.jsonl"), "a", encoding="utf-8") as file:
        file.write(json.dumps(entry) + "\n")


def load(device, options):
    started = time.time()
    dry = os.path.exists(os.path.join(HERE, "PROOF_DRY_RUN"))
    model = dry_model() if dry else unet(device)
    uuid = device.gpu_name() if dry else seen_uuid(device)
    note({"what": "loaded", "pid": os.getpid(), "address": device.gpu_name(), "uuid": uuid, "seconds": time.time() - started})

    def run(volume, step):
        start = time.time()
        note({"what": "begin", "pid": os.getpid(), "address": device.gpu_name(), "time": start})
        labels, peak_mib = model(volume, step)
        note(
            {
                "what": "image",
                "pid": os.getpid(),
                "address": device.gpu_name(),
                "uuid": uuid,
                "start": start,
                "end": time.time(),
                "peak_mib": peak_mib,
            }
        )
        return labels, {1: "channel 1", 2: "channel 2", 3: "channel 3"}

    return run


def dry_model():
    def model(volume, step):
        for done in range(10):
            step("predict", done, 10)
            time.sleep(0.1)
        return [1 if value > 150 else 0 for value in volume.values], 0

    return model


def seen_uuid(device):
    torch = device.torch()
    return "GPU-" + str(torch.cuda.get_device_properties(0).uuid)


def unet(device):
    os.environ["CUBLAS_WORKSPACE_CONFIG"] = ":4096:8"
    torch = device.torch()
    torch.backends.cudnn.deterministic = True
    torch.backends.cudnn.benchmark = False
    torch.backends.cudnn.allow_tf32 = False
    torch.backends.cuda.matmul.allow_tf32 = False
    torch.manual_seed(20240115)
    nn = torch.nn

    def block(inputs, outputs):
        return nn.Sequential(
            nn.Conv3d(inputs, outputs, 3, padding=1), nn.InstanceNorm3d(outputs, affine=True), nn.LeakyReLU(0.01)
        )

    class Unet(nn.Module):
        def __init__(self):
            super().__init__()
            widths = [8, 16, 32, 64]
            self.down = nn.ModuleList(
                [block(1, 8)] + [nn.Sequential(nn.MaxPool3d(2), block(a, b)) for a, b in zip(widths, widths[1:])]
            )
            self.up = nn.ModuleList([block(a + b, b) for a, b in zip(widths[:0:-1], widths[-2::-1])])
            self.out = nn.Conv3d(8, 4, 1)

        def forward(self, x):
            kept = []
            for step in self.down:
                x = step(x)
                kept.append(x)
            kept.pop()
            for step in self.up:
                x = nn.functional.interpolate(x, scale_factor=2, mode="nearest")
                x = step(torch.cat([x, kept.pop()], dim=1))
            return self.out(x)

    net = Unet().to("cuda").eval()

    def model(volume, step):
        import numpy

        data = torch.from_numpy(volume.numpy().astype(numpy.float32)).to("cuda")[None, None]
        cube = nn.functional.interpolate((data.clamp(-1000, 1000)) / 500, size=(SIDE, SIDE, SIDE), mode="nearest")
        total = torch.zeros((1, 4, SIDE, SIDE, SIDE), device="cuda")
        with torch.no_grad():
            for done in range(PASSES):
                axes = [axis + 2 for axis in range(3) if done >> axis & 1]
                total += torch.flip(net(torch.flip(cube, axes)), axes)
                if done % 20 == 0:
                    torch.cuda.synchronize()
                    step("predict", done, PASSES)
        labels = total.argmax(1, keepdim=True).to(torch.float32)
        native = nn.functional.interpolate(labels, size=volume.counts, mode="nearest")[0, 0].to(torch.int32).cpu().numpy()
        import array

        return array.array("i", native.ravel(order="F").tobytes()), torch.cuda.max_memory_allocated() // (1 << 20)

    return model
