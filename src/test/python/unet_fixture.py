"""Makes the test fixture of the back end onnx: a tiny nnU-Net model folder and the labels PyTorch gives with it.

The network is trained on one scan to test the software; it is not usable on patients.

Data: ct-abdomen-3mm of wasserth/TotalSegmentator (tests/reference_files, commit 0e65a448, Apache-2.0), one CT at 3 mm and the
labels TotalSegmentator itself gave it. Written with Python 3.11, torch 2.11.0 (CPU), nnunetv2 2.8.1, numpy 2.4.6, scipy 1.17.1,
scikit-image 0.26.0, nibabel 5.4; seeds 1 and 2. The inference is nnU-Net's own code, with one change: logits are summed in
single precision (nnU-Net sums in half precision; the case "half" keeps that). A label has 128 added where two classes tie.

  python unet_fixture.py train  FOLDER_OF_THE_SCAN FOLDER   trains both folds, writes FOLDER/fold_*/model.onnx and FOLDER/fold_*.pt
  python unet_fixture.py golden FOLDER_OF_THE_SCAN FOLDER   labels of every case, FOLDER/golden/*.u8.gz, and of the scan itself
  python unet_fixture.py odd    FOLDER_OF_THE_SCAN FOLDER   FOLDER/odd/*.onnx, networks of one or two nodes (onnx 1.23.2)
"""

import copy
import gzip
import json
import os
import sys

import nibabel
import numpy as np
import torch
from dynamic_network_architectures.architectures.unet import PlainConvUNet

PATCH = (16, 32, 32)
TIE = 1e-4  # logits
STRUCTURES = {"lung": 1, "bone": 2, "liver": 3, "spleen": 4, "kidneys": 5}
SOURCES = {"lung": range(10, 15), "bone": list(range(25, 51)) + list(range(75, 79)) + list(range(91, 117)),
           "liver": [5], "spleen": [1], "kidneys": [2, 3]}


def network():
    return PlainConvUNet(
        input_channels=1, n_stages=3, features_per_stage=(4, 8, 16), conv_op=torch.nn.Conv3d, kernel_sizes=3,
        strides=(1, 2, 2), n_conv_per_stage=(1, 1, 2), num_classes=6, n_conv_per_stage_decoder=1, conv_bias=True,
        norm_op=torch.nn.InstanceNorm3d, norm_op_kwargs={"eps": 1e-5, "affine": True}, nonlin=torch.nn.LeakyReLU,
        nonlin_kwargs={"inplace": True}, deep_supervision=False)


def scan(folder):
    """HU and labels in the axes nnU-Net sees, z y x, RAS directions."""
    hu = np.asarray(nibabel.load(os.path.join(folder, "example_ct.nii.gz")).dataobj).astype(np.float32).transpose(2, 1, 0)
    total = np.asarray(nibabel.load(os.path.join(folder, "example_seg_fast_force_split.nii.gz")).dataobj).transpose(2, 1, 0)
    labels = np.zeros(total.shape, np.int64)
    for name, number in STRUCTURES.items():
        labels[np.isin(total, list(SOURCES[name]))] = number
    return hu, labels


def intensities(hu, labels):
    inside = hu[labels > 0]
    return {"mean": float(inside.mean()), "std": float(inside.std()),
            "percentile_00_5": float(np.percentile(inside, 0.5)), "percentile_99_5": float(np.percentile(inside, 99.5))}


def train(scan_folder, folder):
    torch.set_num_threads(1)
    hu, labels = scan(scan_folder)
    stats = intensities(hu, labels)
    with open(os.path.join(folder, "plans.json"), "w") as out:
        json.dump(plans(stats), out, indent=1)
        out.write("\n")
    x = (np.clip(hu, stats["percentile_00_5"], stats["percentile_99_5"]) - stats["mean"]) / stats["std"]
    for fold, seed in enumerate((1, 2)):
        torch.manual_seed(seed)
        rng = np.random.default_rng(seed)
        net = network()
        optimiser = torch.optim.AdamW(net.parameters(), lr=1e-2, weight_decay=1e-4)
        steps = 400
        schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 1e-2, steps)
        foreground = {n: np.argwhere(labels == n) for n in STRUCTURES.values()}
        for step in range(steps):
            images, targets = [], []
            for _ in range(4):
                centre = rng.choice(foreground[int(rng.integers(1, 6))])
                start = [int(np.clip(c - rng.integers(p // 4, 3 * p // 4), 0, s - p)) for c, p, s in zip(centre, PATCH, x.shape)]
                cut = tuple(slice(s, s + p) for s, p in zip(start, PATCH))
                image, target = x[cut], labels[cut]
                image = image * rng.uniform(0.9, 1.1) + rng.uniform(-0.1, 0.1) + rng.normal(0, 0.05, image.shape)
                flips = [axis for axis in range(3) if rng.random() < 0.5]
                images.append(np.flip(image, flips).astype(np.float32).copy())
                targets.append(np.flip(target, flips).copy())
            logits = net(torch.from_numpy(np.stack(images))[:, None])
            target = torch.from_numpy(np.stack(targets))
            hot = torch.nn.functional.one_hot(target, 6).permute(0, 4, 1, 2, 3).float()
            soft = torch.softmax(logits, 1)
            dice = (2 * (soft * hot).sum((0, 2, 3, 4)) + 1) / ((soft + hot).sum((0, 2, 3, 4)) + 1)
            loss = torch.nn.functional.cross_entropy(logits, target) + 1 - dice[1:].mean()
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            if step % 50 == 0:
                print(fold, step, loss.item(), flush=True)
        net.eval()
        os.makedirs(os.path.join(folder, f"fold_{fold}"), exist_ok=True)
        torch.save(net.state_dict(), os.path.join(folder, f"fold_{fold}.pt"))
        torch.onnx.export(net, (torch.zeros(1, 1, *PATCH),), os.path.join(folder, f"fold_{fold}", "model.onnx"),
                          input_names=["x"], output_names=["logits"], opset_version=17, dynamo=False)


def configuration(**changes):
    resampling = {"is_seg": False, "order": 3, "order_z": 0, "force_separate_z": None}
    base = {
        "data_identifier": "fixture", "preprocessor_name": "DefaultPreprocessor", "batch_size": 2, "patch_size": list(PATCH),
        "median_image_size_in_voxels": [112, 101, 122], "spacing": [3.0, 3.0, 3.0],
        "normalization_schemes": ["CTNormalization"], "use_mask_for_norm": [False],
        "resampling_fn_data": "resample_data_or_seg_to_shape", "resampling_fn_data_kwargs": resampling,
        "resampling_fn_seg": "resample_data_or_seg_to_shape",
        "resampling_fn_seg_kwargs": {**resampling, "is_seg": True, "order": 1},
        "resampling_fn_probabilities": "resample_data_or_seg_to_shape",
        "resampling_fn_probabilities_kwargs": {**resampling, "order": 1},
        "architecture": {"network_class_name": "dynamic_network_architectures.architectures.unet.PlainConvUNet",
                         "arch_kwargs": {}, "_kw_requires_import": []}, "batch_dice": False}
    base.update(changes)
    return base


def plans(stats):
    return {
        "dataset_name": "Dataset999_Fixture", "plans_name": "nnUNetPlans", "image_reader_writer": "SimpleITKIO",
        "transpose_forward": [0, 1, 2], "transpose_backward": [0, 1, 2], "label_manager": "LabelManager",
        "experiment_planner_used": "ExperimentPlanner", "foreground_intensity_properties_per_channel": {"0": stats},
        "configurations": {
            "3d_fullres": configuration(),
            "zscore": {"inherits_from": "3d_fullres", "normalization_schemes": ["ZScoreNormalization"]},
            "masked": {"inherits_from": "zscore", "use_mask_for_norm": [True]},
            "unit": {"inherits_from": "3d_fullres", "normalization_schemes": ["RescaleTo01Normalization"]},
            "coarse": {"inherits_from": "3d_fullres", "spacing": [7.5, 3.0, 3.0]},
            "separate": {"inherits_from": "3d_fullres", "spacing": [12.0, 3.0, 3.0]},
            "cubic": {"inherits_from": "3d_fullres",
                      "resampling_fn_probabilities_kwargs":
                          {"is_seg": False, "order": 3, "order_z": 0, "force_separate_z": None}}}}


DATASET = {"channel_names": {"0": "CT"}, "labels": {"background": 0, **STRUCTURES}, "numTraining": 1, "file_ending": ".nii.gz"}
REGIONS = {"channel_names": {"0": "CT"}, "numTraining": 1, "file_ending": ".nii.gz",
           "labels": {"background": 0, "none": [6, 7], "air": [1, 7], "hard": 2, "organs": [3, 4, 5], "left": 4, "pair": 5},
           "regions_class_order": [6, 1, 2, 3, 4, 5]}

# name: image size z y x, spacing z y x, configuration, forward transposition, mirrored axes, folds, data set, half precision
CASES = {
    "same": ((24, 44, 40), (3, 3, 3), "3d_fullres", (0, 1, 2), None, (0,), DATASET, False),
    "finer": ((33, 50, 46), (2.2, 2.5, 2.6), "3d_fullres", (0, 1, 2), None, (0,), DATASET, False),
    "half": ((33, 50, 46), (2.2, 2.5, 2.6), "3d_fullres", (0, 1, 2), None, (0,), DATASET, True),
    "small": ((9, 30, 28), (3, 3.3, 3.3), "3d_fullres", (0, 1, 2), None, (0,), DATASET, False),
    "mirrored": ((20, 36, 40), (3.5, 3, 3), "3d_fullres", (0, 1, 2), (0, 1, 2), (0,), DATASET, False),
    "folds": ((24, 40, 44), (3, 3.4, 3.4), "3d_fullres", (0, 1, 2), (1, 2), (0, 1), DATASET, False),
    "transposed": ((40, 30, 44), (3, 3.6, 2.5), "3d_fullres", (1, 2, 0), None, (0,), DATASET, False),
    "zscore": ((24, 44, 40), (3, 3.2, 3), "zscore", (0, 1, 2), None, (0,), DATASET, False),
    "masked": ((30, 60, 56), (3, 3, 3), "masked", (0, 1, 2), None, (1,), DATASET, False),
    "unit": ((24, 44, 40), (3, 3, 3.1), "unit", (0, 1, 2), None, (0,), DATASET, False),
    "coarse": ((10, 44, 40), (5, 3.3, 3.3), "coarse", (0, 1, 2), None, (0,), DATASET, False),
    "thick": ((8, 60, 56), (10, 2.4, 2.4), "3d_fullres", (0, 1, 2), None, (0,), DATASET, False),
    "thickside": ((44, 9, 50), (2.4, 10, 2.5), "3d_fullres", (0, 1, 2), None, (0,), DATASET, False),
    "separate": ((30, 44, 40), (4, 3.2, 3.2), "separate", (0, 1, 2), None, (0,), DATASET, False),
    "cubic": ((20, 40, 40), (3.5, 3.4, 3.3), "cubic", (0, 1, 2), None, (0,), DATASET, False),
    "regions": ((24, 44, 40), (3, 3.4, 3), "3d_fullres", (0, 1, 2), None, (0,), REGIONS, False)}


def phantom(size):
    """HU of a trunk of whole numbers: the same formula is in the Java test."""
    nz, ny, nx = size
    z, y, x = np.mgrid[:nz, :ny, :nx].astype(np.int64)
    noise = (x * 7919 + y * 104729 + z * 1299709 + x * y * 31 + y * z * 17) % 41 - 20

    def inside(cx, cy, cz, rx, ry, rz):
        """Ellipsoid given in percent of the image."""
        dx = (200 * x + 100 - 2 * cx * nx) * ry * rz * ny * nz
        dy = (200 * y + 100 - 2 * cy * ny) * rx * rz * nx * nz
        dz = (200 * z + 100 - 2 * cz * nz) * rx * ry * nx * ny
        r = 2.0 * rx * ry * rz * nx * ny * nz
        return (dx / r) ** 2 + (dy / r) ** 2 + (dz / r) ** 2 <= 1

    hu = np.zeros(size, np.int64)
    body = inside(50, 50, 50, 44, 42, 300)
    hu[:] = np.where(body, 10 + noise, -1000)
    hu[inside(30, 45, 85, 14, 18, 40)] = -820
    hu[inside(70, 45, 85, 14, 18, 40)] = -800
    hu[inside(33, 50, 35, 16, 22, 30)] = 105
    hu[inside(72, 55, 40, 8, 10, 20)] = 120
    hu[inside(36, 68, 25, 7, 7, 22)] = 160
    hu[inside(64, 68, 25, 7, 7, 22)] = 160
    hu[inside(50, 74, 50, 7, 8, 300)] = 420
    return (hu + np.where(body, noise, 0)).astype(np.float32)


def masked_phantom(size):
    """The phantom with exact zeros outside the body, as a brain-extracted image has."""
    hu = phantom(size)
    hu[hu == -1000] = 0
    return hu


def predictor(folder, plan, name, mirrored, folds, dataset):
    from nnunetv2.inference.predict_from_raw_data import nnUNetPredictor
    from nnunetv2.utilities.plans_handling.plans_handler import PlansManager
    manager = PlansManager(plan)
    made = nnUNetPredictor(tile_step_size=0.5, use_gaussian=True, use_mirroring=mirrored is not None,
                           perform_everything_on_device=False, device=torch.device("cpu"), allow_tqdm=False)
    states = [torch.load(os.path.join(folder, f"fold_{fold}.pt")) for fold in folds]
    net = network()
    net.load_state_dict(states[0])
    made.manual_initialization(net, manager, manager.get_configuration(name), states, dataset, "nnUNetTrainer", mirrored)
    labels = manager.get_label_manager
    manager.get_label_manager = lambda *given, **named: marked(labels(*given, **named))
    made.label_manager = marked(made.label_manager)
    return made


def marked(manager):
    """Adds 128 to the label of each voxel whose two best classes, or whose region and its outside, are closer than TIE."""
    plain = manager.convert_logits_to_segmentation

    def labels(logits):
        values = torch.as_tensor(np.asarray(logits)).float()
        if manager.has_regions:
            margin = values.abs().min(0).values
        else:
            best = values.topk(2, 0).values
            margin = best[0] - best[1]
        return torch.as_tensor(np.asarray(plain(logits))).to(torch.int16) + 128 * (margin < TIE).to(torch.int16)

    manager.convert_logits_to_segmentation = labels
    return manager


def write(folder, name, labels):
    path = os.path.join(folder, "golden", name + ".u8.gz")
    with open(path, "wb") as out, gzip.GzipFile("", "wb", 9, out, 0) as packed:
        packed.write(labels.astype(np.uint8).tobytes())
    labels = labels.ravel().astype(int)
    print(name, np.bincount(labels % 128).tolist(), "ties", (labels >= 128).sum(), os.path.getsize(path), flush=True)


def golden(scan_folder, folder):
    os.makedirs(os.path.join(folder, "golden"), exist_ok=True)
    torch.set_num_threads(1)
    half = torch.half
    with open(os.path.join(folder, "plans.json")) as file:
        plan = json.load(file)
    with open(os.path.join(folder, "dataset.json"), "w") as out:
        json.dump(DATASET, out, indent=1)
        out.write("\n")
    with open(os.path.join(folder, "regions.json"), "w") as out:
        json.dump(REGIONS, out, indent=1)
        out.write("\n")
    for name, (size, spacing, config, forward, mirrored, folds, dataset, in_half) in CASES.items():
        case = copy.deepcopy(plan)
        case["transpose_forward"] = list(forward)
        case["transpose_backward"] = [forward.index(axis) for axis in range(3)]
        made = predictor(folder, case, config, mirrored, folds, dataset)
        image = masked_phantom(size) if config == "masked" else phantom(size)
        torch.half = half if in_half else torch.float32
        labels = made.predict_single_npy_array(image[None], {"spacing": list(map(float, spacing))})
        torch.half = half
        write(folder, name, np.asarray(labels))
    hu, truth = scan(scan_folder)
    made = predictor(folder, plan, "3d_fullres", None, (0, 1), DATASET)
    torch.half = torch.float32
    labels = np.asarray(made.predict_single_npy_array(hu[None], {"spacing": [3.0, 3.0, 3.0]}))
    torch.half = half
    write(folder, "scan", labels)
    for name, number in STRUCTURES.items():
        a, b = labels % 128 == number, truth == number
        print("Dice", name, round(2 * (a & b).sum() / max(1, (a.sum() + b.sum())), 3))


def odd(_, folder):
    """Networks that the back end must refuse, and one of planes: a few hundred bytes each."""
    import onnx
    from onnx import TensorProto, helper

    def save(name, inputs, outputs, nodes, constants=()):
        graph = helper.make_graph(nodes, name, inputs, outputs, list(constants))
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
        onnx.checker.check_model(model)
        os.makedirs(os.path.join(folder, "odd"), exist_ok=True)
        onnx.save(model, os.path.join(folder, "odd", name + ".onnx"))

    def value(name, kind, shape):
        return helper.make_tensor_value_info(name, kind, shape)

    single, double, whole = TensorProto.FLOAT, TensorProto.DOUBLE, TensorProto.INT64
    volume = [1, 1, "d", "h", "w"]
    same = helper.make_node("Identity", ["x"], ["y"])
    save("two_inputs", [value("x", single, volume), value("z", single, volume)], [value("y", single, volume)],
         [helper.make_node("Add", ["x", "z"], ["y"])])
    save("two_outputs", [value("x", single, volume)], [value("y", single, volume), value("z", single, volume)],
         [same, helper.make_node("Neg", ["x"], ["z"])])
    save("double", [value("x", double, volume)], [value("y", double, volume)], [same])
    save("two_channels", [value("x", single, [1, 2, "d", "h", "w"])], [value("y", single, [1, 2, "d", "h", "w"])], [same])
    save("rank_three", [value("x", single, ["d", "h", "w"])], [value("y", single, ["d", "h", "w"])], [same])
    save("whole_out", [value("x", single, volume)], [value("y", whole, volume)],
         [helper.make_node("Cast", ["x"], ["y"], to=whole)])
    save("planes", [value("x", single, [1, 1, "h", "w"])], [value("y", single, [1, 2, "h", "w"])],
         [helper.make_node("Neg", ["x"], ["n"]), helper.make_node("Concat", ["n", "x"], ["y"], axis=1)])
    save("volumes", [value("x", single, volume)], [value("y", single, [1, 2, "d", "h", "w"])],
         [helper.make_node("Neg", ["x"], ["n"]), helper.make_node("Concat", ["n", "x"], ["y"], axis=1)])


if __name__ == "__main__":
    {"train": train, "golden": golden, "odd": odd}[sys.argv[1]](sys.argv[2], sys.argv[3])
