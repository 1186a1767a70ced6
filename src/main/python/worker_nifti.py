"""Images and labels as NIfTI-1 files, and their axes."""

import array
import gzip
import os
import struct
import sys

from worker_machine import WorkerError

CODES = {2: "B", 4: "h", 8: "i", 16: "f", 64: "d", 256: "b", 512: "H"}


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
