"""Makes stand-ins for weights that nobody may ship, and asks the real packages what they find with them.

The networks are tiny. Those of nnU-Net are the ones of src/test/resources/segmentation/unet (trained on one scan to test the
software); those of TotalSegmentator are random, seeded by the number of their data set. Neither is usable on patients: they show
that TotalSegmentator and nnU-Net, as published, run inside the worker and give there what they give by themselves.

Everything computes on the processor, or on the card that RTPIPELINE_SEGMENTATION_CARD names (as CUDA_VISIBLE_DEVICES does).

Needs torch, nnunetv2, onnx (make) and TotalSegmentator. Written with Python 3.11, torch 2.15.0, nnunetv2 2.8.1,
TotalSegmentator 2.18.0, numpy 2.4.6.

  python segmentation_standin.py versions                        what is installed, one JSON object
  python segmentation_standin.py nnunet RESOURCES RESULTS        RESULTS/Dataset999_Fixture, ..998_Second, ..997_Regions, ..996_All
  python segmentation_standin.py totalsegmentator WEIGHTS ID...  WEIGHTS/Dataset297_..., the folders of these data sets
  python segmentation_standin.py phantom IMAGE.nii               HU of a trunk, axes L P S, 40 x 44 x 36 voxels of 5 x 5 x 6 mm
  python segmentation_standin.py predict MODEL ORIENTATION IMAGE LABELS   nnUNetPredictor by itself
  python segmentation_standin.py ensemble IMAGE LABELS MODEL FOLD MODEL FOLD   the mean of the probabilities of two, in RAS
  python segmentation_standin.py task TASK RESOLUTION WEIGHTS IMAGE LABELS [ROI...]   TotalSegmentator by itself
  python segmentation_standin.py largest LABELS RANK VALUE...    of each label the largest part; voxels touch by faces (1) or corners (3)
  python segmentation_standin.py course TASK RESOLUTION WEIGHTS DICOM RS_auto.dcm   a structure set against TotalSegmentator by itself:
                                                                 one JSON object with the voxels that differ
"""

import json
import os
import sys

CARD = os.environ.get("RTPIPELINE_SEGMENTATION_CARD", "")
if CARD:
    os.environ["CUDA_VISIBLE_DEVICES"] = CARD

PLAIN = "dynamic_network_architectures.architectures.unet.PlainConvUNet"


def architecture(features, convolutions):
    stages = len(features)
    return {
        "network_class_name": PLAIN,
        "arch_kwargs": {
            "n_stages": stages, "features_per_stage": list(features), "conv_op": "torch.nn.modules.conv.Conv3d",
            "kernel_sizes": [[3, 3, 3]] * stages, "strides": [[1, 1, 1]] + [[2, 2, 2]] * (stages - 1),
            "n_conv_per_stage": list(convolutions), "n_conv_per_stage_decoder": [1] * (stages - 1), "conv_bias": True,
            "norm_op": "torch.nn.modules.instancenorm.InstanceNorm3d", "norm_op_kwargs": {"eps": 1e-5, "affine": True},
            "dropout_op": None, "dropout_op_kwargs": None, "nonlin": "torch.nn.LeakyReLU",
            "nonlin_kwargs": {"inplace": True}},
        "_kw_requires_import": ["conv_op", "norm_op", "dropout_op", "nonlin"]}


def network(plan, configuration, dataset, trainer):
    """The network that nnU-Net itself builds from these plans."""
    from nnunetv2.utilities.find_objects import recursive_find_trainer_class_by_name
    from nnunetv2.utilities.plans_handling.plans_handler import PlansManager

    manager = PlansManager(plan)
    heads = manager.get_label_manager(dataset).num_segmentation_heads
    chosen = manager.get_configuration(configuration)
    return recursive_find_trainer_class_by_name(trainer).build_network_architecture(
        manager, chosen, 1, heads, enable_deep_supervision=False)


def save(folder, fold, net, configuration, trainer, mirroring):
    import torch

    place = os.path.join(folder, "fold_%s" % fold)
    os.makedirs(place, exist_ok=True)
    torch.save({"network_weights": net.state_dict(), "trainer_name": trainer,
                "init_args": {"configuration": configuration, "fold": fold},
                "inference_allowed_mirroring_axes": mirroring}, os.path.join(place, "checkpoint_final.pth"))


def described(folder, plan, dataset):
    os.makedirs(folder, exist_ok=True)
    for name, content in (("plans.json", plan), ("dataset.json", dataset)):
        with open(os.path.join(folder, name), "w", encoding="utf-8") as out:
            json.dump(content, out, indent=1)


def trained(resources, fold, net):
    """The weights of the ONNX network, whose initialisers have the names of PyTorch."""
    import onnx
    import torch
    from onnx import numpy_helper

    model = onnx.load(os.path.join(resources, "fold_%d" % fold, "model.onnx"))
    values = {i.name: torch.from_numpy(numpy_helper.to_array(i).copy()) for i in model.graph.initializer}
    with torch.no_grad():
        for name, parameter in net.named_parameters():
            if name in values:
                parameter.copy_(values.pop(name))
            elif not name.startswith("decoder.seg_layers"):
                raise ValueError("the ONNX network has no " + name)
    if values:
        raise ValueError("no place for %s" % sorted(values))
    return net


def nnunet(resources, results):
    """Trained networks in the layout of nnU-Net's results: two folds with mirroring, one fold, regions, fold_all."""
    with open(os.path.join(resources, "plans.json"), encoding="utf-8") as file:
        plan = json.load(file)
    with open(os.path.join(resources, "dataset.json"), encoding="utf-8") as file:
        dataset = json.load(file)
    with open(os.path.join(resources, "regions.json"), encoding="utf-8") as file:
        regions = json.load(file)
    plan["configurations"]["3d_fullres"]["architecture"] = architecture((4, 8, 16), (1, 1, 2))
    known = "nnUNetTrainer__nnUNetPlans__3d_fullres"
    for name, place, folds, content, mirroring, trainer in (
            ("Dataset999_Fixture", known, (0, 1), dataset, (0, 1, 2), "nnUNetTrainer"),
            ("Dataset998_Second", known, (1,), dataset, None, "nnUNetTrainer"),
            ("Dataset997_Regions", known, (0,), regions, None, "nnUNetTrainer"),
            ("Dataset996_All", "nnUNetTrainerOfSomebody__nnUNetPlans__3d_fullres", ("all",), dataset, None,
             "nnUNetTrainerOfSomebody")):
        folder = os.path.join(results, name, place)
        described(folder, {**plan, "dataset_name": name}, content)
        for fold in folds:
            net = network(plan, "3d_fullres", content, "nnUNetTrainer")
            save(folder, fold, trained(resources, 0 if fold == "all" else fold, net), "3d_fullres", trainer, mirroring)


def part_labels(number):
    """Names of the structures that a data set of TotalSegmentator knows."""
    from totalsegmentator import map_to_binary as maps
    from totalsegmentator.map_tasks_config import TASK_CONFIGS

    for ids, parts in ((maps.map_taskid_to_partname_ct, maps.class_map_5_parts),
                       (maps.map_taskid_to_partname_mr, maps.class_map_parts_mr)):
        if number in ids:
            return parts[ids[number]]
    for task, config in TASK_CONFIGS.items():
        for mode in [config, *config.get("sub_modes", {}).values()]:
            if mode.get("task_id") == number:
                return maps.class_map[task]
    raise ValueError("TotalSegmentator has no data set %d" % number)


def run_as(number):
    """How TotalSegmentator runs a data set: trainer, configuration, spacing in mm."""
    from totalsegmentator.map_tasks_config import DEFAULT_CONFIG, TASK_CONFIGS

    for config in TASK_CONFIGS.values():
        for mode in [config, *config.get("sub_modes", {}).values()]:
            ids = mode.get("task_id")
            if ids == number or (isinstance(ids, list) and number in ids):
                spacing = mode.get("resample") or 1.5
                spacing = [spacing] * 3 if isinstance(spacing, float) else list(spacing)
                return mode["trainer"], mode.get("model", DEFAULT_CONFIG["model"]), spacing
    raise ValueError("TotalSegmentator has no data set %d" % number)


def totalsegmentator(weights, numbers):
    import torch
    from totalsegmentator.map_tasks_config import TASK_ID_WEIGHTS_CONFIGS

    for number in numbers:
        names = part_labels(number)
        trainer, configuration, spacing = run_as(number)
        dataset = {"channel_names": {"0": "CT"}, "numTraining": 1, "file_ending": ".nii.gz",
                   "labels": {"background": 0, **{name: value for value, name in sorted(names.items())}}}
        kwargs = {"is_seg": False, "order": 3, "order_z": 0, "force_separate_z": None}
        plan = {
            "dataset_name": TASK_ID_WEIGHTS_CONFIGS[number]["foldername"], "plans_name": "nnUNetPlans",
            "image_reader_writer": "NibabelIOWithReorient", "transpose_forward": [0, 1, 2], "transpose_backward": [0, 1, 2],
            "label_manager": "LabelManager", "experiment_planner_used": "ExperimentPlanner",
            "original_median_shape_after_transp": [128, 128, 128], "original_median_spacing_after_transp": spacing[::-1],
            "foreground_intensity_properties_per_channel": {
                "0": {"mean": 0.0, "std": 300.0, "percentile_00_5": -900.0, "percentile_99_5": 800.0, "min": -1024.0,
                      "max": 3000.0, "median": 0.0}},
            "configurations": {configuration: {
                "data_identifier": "standin", "preprocessor_name": "DefaultPreprocessor", "batch_size": 2,
                "patch_size": [32, 32, 32], "median_image_size_in_voxels": [64, 64, 64], "spacing": spacing[::-1],
                "normalization_schemes": ["CTNormalization"], "use_mask_for_norm": [False],
                "resampling_fn_data": "resample_data_or_seg_to_shape", "resampling_fn_data_kwargs": kwargs,
                "resampling_fn_seg": "resample_data_or_seg_to_shape",
                "resampling_fn_seg_kwargs": {**kwargs, "is_seg": True, "order": 1},
                "resampling_fn_probabilities": "resample_data_or_seg_to_shape",
                "resampling_fn_probabilities_kwargs": {**kwargs, "order": 1},
                "architecture": architecture((8, 16), (1, 1)), "batch_dice": False}}}
        folder = os.path.join(weights, TASK_ID_WEIGHTS_CONFIGS[number]["foldername"],
                              "%s__nnUNetPlans__%s" % (trainer, configuration))
        described(folder, plan, dataset)
        torch.manual_seed(number)
        net = network(plan, configuration, dataset, trainer)
        with torch.no_grad():
            net.decoder.seg_layers[-1].weight.mul_(20)
            net.decoder.seg_layers[-1].bias.normal_()
        save(folder, 0, net, configuration, trainer, None)


def phantom(path):
    """A trunk as DICOM has it: axes to the left, to the back and upwards, so that closest-canonical must turn it."""
    import nibabel
    import numpy as np

    sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
    from unet_fixture import phantom as trunk

    hu = trunk((36, 44, 40)).transpose(2, 1, 0)
    affine = np.diag([-5.0, -5.0, 6.0, 1.0])
    affine[:3, 3] = (100, 110, -90)
    image = nibabel.Nifti1Image(hu.astype(np.int16), affine)
    image.header.set_sform(affine, 1)
    nibabel.save(image, path)


def predictions(model, orientation, image, folds, mirroring, probabilities):
    """What nnUNetPredictor finds in an image that nibabel turned to the orientation of the model, and the turned image."""
    import nibabel
    import numpy as np
    import torch
    from nibabel import orientations
    from nnunetv2.inference.predict_from_raw_data import nnUNetPredictor

    torch.set_num_threads(1)
    loaded = nibabel.load(image)
    turn = orientations.ornt_transform(
        orientations.io_orientation(loaded.affine), orientations.axcodes2ornt(orientation))
    turned = loaded.as_reoriented(turn)
    predictor = nnUNetPredictor(
        use_mirroring=mirroring, perform_everything_on_device=bool(CARD), device=torch.device("cuda" if CARD else "cpu"),
        allow_tqdm=False)
    if not os.path.basename(model).startswith("nnUNetTrainer__"):
        raise SystemExit("nnU-Net itself does not know the trainer of " + model)
    predictor.initialize_from_trained_model_folder(model, folds)
    return turned, predictor.predict_single_npy_array(
        np.asarray(turned.dataobj).astype(np.float32).transpose(2, 1, 0)[None],
        {"spacing": [float(v) for v in turned.header.get_zooms()[::-1]]}, None, None, probabilities)


def predict(model, orientation, image, labels):
    turned, found = predictions(model, orientation, image, None, True, False)
    save_back(turned, found, orientation, image, labels)


def ensemble(image, labels, first, fold, second, other):
    """As nnUNetv2_ensemble: the mean of the probabilities, the greatest wins."""
    import numpy as np

    turned, (_, one) = predictions(first, "RAS", image, (int(fold),), False, True)
    _, (_, two) = predictions(second, "RAS", image, (int(other),), True, True)
    save_back(turned, np.argmax((one + two) / 2, axis=0), "RAS", image, labels)


def save_back(turned, found, orientation, image, labels):
    import nibabel
    import numpy as np
    from nibabel import orientations

    loaded = nibabel.load(image)
    own = orientations.io_orientation(loaded.affine)
    back = nibabel.Nifti1Image(np.asarray(found).transpose(2, 1, 0).astype(np.uint8), turned.affine)
    back = back.as_reoriented(orientations.ornt_transform(orientations.axcodes2ornt(orientation), own))
    nibabel.save(nibabel.Nifti1Image(np.asarray(back.dataobj), loaded.affine), labels)


def task(name, resolution, weights, image, labels, subset):
    """What TotalSegmentator finds, by its own function with its own processes."""
    import tempfile

    with tempfile.TemporaryDirectory() as home:
        with open(os.path.join(home, "config.json"), "w", encoding="utf-8") as out:
            json.dump({"totalseg_id": "standin", "send_usage_stats": False, "prediction_counter": 0,
                       "statistics_disclaimer_shown": True}, out)
        os.environ.update(TOTALSEG_HOME_DIR=home, TOTALSEG_WEIGHTS_PATH=weights)
        from totalsegmentator.python_api import totalsegmentator as run

        run(image, labels, ml=True, task=name, fast=resolution == "fast", fastest=resolution == "fastest",
            device="gpu" if CARD else "cpu", roi_subset=subset or None, nr_thr_saving=1, quiet=True)


def largest(labels, rank, values):
    """Labels without all parts of each label but its largest, written over the file."""
    import nibabel
    import numpy as np
    from scipy import ndimage

    loaded = nibabel.load(labels)
    found = np.asarray(loaded.dataobj).astype(np.uint8)
    for value in values:
        parts, count = ndimage.label(found == value, ndimage.generate_binary_structure(3, rank))
        sizes = np.bincount(parts.ravel(), minlength=count + 1)[1:]
        if count:
            found[np.isin(parts, 1 + np.flatnonzero(sizes < sizes.max()))] = 0
    nibabel.save(nibabel.Nifti1Image(found, loaded.affine), labels)


def series(folder):
    """HU of the only axial CT in a folder with axes x, y, z, and its affine in RAS."""
    import numpy as np
    import pydicom

    slices = []
    for root, _, files in os.walk(folder):
        for file in files:
            one = pydicom.dcmread(os.path.join(root, file), force=True)
            if one.get("Modality") == "CT":
                slices.append(one)
    slices.sort(key=lambda one: float(one.ImagePositionPatient[2]))
    if len({one.SeriesInstanceUID for one in slices}) != 1:
        raise SystemExit("the folder has not one CT")
    hu = np.stack([one.pixel_array.T * float(one.RescaleSlope) + float(one.RescaleIntercept) for one in slices], axis=2)
    x, y, z = (float(v) for v in slices[0].ImagePositionPatient)
    rows, columns = (float(v) for v in slices[0].PixelSpacing)
    apart = float(slices[1].ImagePositionPatient[2]) - z
    affine = np.diag([-columns, -rows, apart, 1.0])
    affine[:3, 3] = (-x, -y, z)
    return hu, affine


def contoured(path, affine, shape):
    """Masks of a structure set by name: voxel centres that an odd number of edges lies beside."""
    import numpy as np
    import pydicom

    stored = pydicom.dcmread(path)
    names = {roi.ROINumber: str(roi.ROIName) for roi in stored.StructureSetROISequence}
    inverse = np.linalg.inv(affine)
    masks = {}
    for roi in stored.ROIContourSequence:
        rings = [
            np.array(contour.get_item("ContourData").value.decode("ascii").split("\\"), dtype=float).reshape(-1, 3)
            for contour in roi.get("ContourSequence") or []
        ]
        at, to = (
            np.concatenate(points) * (-1, -1, 1) @ inverse[:3, :3].T + inverse[:3, 3]
            for points in (rings, [np.concatenate([ring[1:], ring[:1]]) for ring in rings])
        )
        first = np.ceil(np.minimum(at[:, 1], to[:, 1])).astype(int)
        rows = np.maximum(0, np.floor(np.maximum(at[:, 1], to[:, 1])).astype(int) - first + 1)
        edge = np.repeat(np.arange(len(at)), rows)
        row = first[edge] + np.arange(len(edge)) - np.repeat(np.cumsum(rows) - rows, rows)
        share = (row - at[edge, 1]) / (to[edge, 1] - at[edge, 1])
        column = np.ceil(at[edge, 0] + share * (to[edge, 0] - at[edge, 0])).astype(int)
        cuts = np.zeros((shape[0] + 1, *shape[1:]), dtype=np.int64)
        np.add.at(cuts, (np.clip(column, 0, shape[0]), row, np.rint(at[edge, 2]).astype(int)), 1)
        masks[names[roi.ReferencedROINumber]] = np.cumsum(cuts, axis=0)[:-1] % 2 == 1
    return masks


def course(name, resolution, weights, dicom, structure_set):
    """How far the structure set of a course is from what TotalSegmentator finds in its CT by itself."""
    import tempfile

    import nibabel
    import numpy as np

    hu, affine = series(dicom)
    with tempfile.TemporaryDirectory() as folder:
        image, labels = os.path.join(folder, "image.nii"), os.path.join(folder, "labels.nii")
        nibabel.save(nibabel.Nifti1Image(hu.astype(np.int16), affine), image)
        task(name, resolution, weights, image, labels, [])
        found = np.asarray(nibabel.load(labels).dataobj)
    from totalsegmentator.map_to_binary import class_map

    import pydicom

    rois = pydicom.dcmread(structure_set).StructureSetROISequence
    masks = contoured(structure_set, affine, hu.shape)
    differing, structures = 0, 0
    for value, structure in class_map[name].items():
        alone = found == value
        structures += bool(alone.any())
        differing += int((alone ^ masks.get(structure, np.zeros(hu.shape, dtype=bool))).sum())
    print(json.dumps({"voxels": int(found.size), "found": int((found > 0).sum()), "structures": structures, "differing": differing,
                      "description": str(rois[0].ROIDescription)}))


def versions():
    import importlib.metadata as metadata

    print(json.dumps({name: metadata.version(name) for name in ("torch", "nnunetv2", "TotalSegmentator", "numpy", "scipy")}))


def main(words):
    what, rest = words[0], words[1:]
    if what == "versions":
        versions()
    elif what == "nnunet":
        nnunet(*rest)
    elif what == "totalsegmentator":
        totalsegmentator(rest[0], [int(word) for word in rest[1:]])
    elif what == "phantom":
        phantom(*rest)
    elif what == "predict":
        predict(*rest)
    elif what == "ensemble":
        ensemble(*rest)
    elif what == "task":
        task(*rest[:5], rest[5:])
    elif what == "largest":
        largest(rest[0], int(rest[1]), [int(word) for word in rest[2:]])
    elif what == "course":
        course(*rest)
    else:
        raise SystemExit("unknown word " + what)


if __name__ == "__main__":
    main(sys.argv[1:])
