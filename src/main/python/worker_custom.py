"""Networks of a custom_model.yaml of the Python rtpipeline."""

import fnmatch
import json
import os
import re
import stat
import tempfile
import zipfile

from worker_machine import WorkerError
from worker_nifti import read_nifti, reoriented, write_array
from worker_nnunet import HOOKS, NnunetModel

ENSEMBLE = "ensemble"


class CustomModel:
    """Networks of a custom_model.yaml: each as a model folder, then its anchor, then the ensemble and the combination."""

    INTERFACES = ("nnunetv2", "nnunetv2_modelfolder")

    def __init__(self, model, device, rungs):
        import yaml

        root = os.path.dirname(os.path.abspath(model["path"]))
        self._orientation = model["orientation"]
        with open(model["path"], encoding="utf-8") as file:
            spec = yaml.safe_load(file) or {}
        nnunet = spec.get("nnunet") or {}
        if spec.get("enabled") is False:
            raise WorkerError("MODEL_MISSING", "the model is switched off in its custom_model.yaml")
        interface = str(nnunet.get("interface") or "nnunetv2").strip().lower()
        if interface not in self.INTERFACES:
            raise WorkerError(
                "MODEL_MISSING", "interface %s is not run by this worker, only %s" % (interface, " and ".join(self.INTERFACES))
            )
        self._networks = [Network(entry, nnunet, root, device, rungs) for entry in nnunet.get("networks") or []]
        if not self._networks:
            raise WorkerError("MODEL_MISSING", "custom_model.yaml names no networks")
        self._ensemble = Ensemble(nnunet["ensemble"], self._networks, root) if nnunet.get("ensemble") else None
        self._order = self._ordered(nnunet.get("combine") or {})
        self.facts = {
            **self._networks[0].model.facts,
            "model": str(spec.get("name", "")),
            "weights_sha256": " ".join(network.model.facts["weights_sha256"] for network in self._networks),
        }

    def _ordered(self, combine):
        """Aliases in the order they are laid over one another; later ones win."""
        order = combine.get("ordered_networks") or combine.get("order") or combine.get("networks")
        order = [str(name).strip() for name in order or [network.alias for network in self._networks]]
        alias_of = {name: network.alias for network in reversed(self._networks) for name in (network.ident, network.alias)}
        if self._ensemble:
            alias_of[ENSEMBLE] = ENSEMBLE
            order = order if ENSEMBLE in order else [ENSEMBLE, *order]
        unknown = [name for name in order if name not in alias_of]
        if unknown:
            raise WorkerError("MODEL_MISSING", "the combination needs %s, which is no network" % ", ".join(unknown))
        return [alias_of[name] for name in order]

    def run(self, volume, request, step, folder):
        data, spacing, undo = reoriented(volume, self._orientation)
        known = Known(request, folder, volume, self._orientation)
        found, degraded = self._found(data.transpose(2, 1, 0), spacing[::-1], known)
        masks = {}
        for alias in self._order:
            masks.update(found.get(alias) or {})
        step("export")
        layers = []
        for number, (name, mask) in enumerate(masks.items(), start=1):
            file = "labels-%d.nii" % number
            write_array(os.path.join(folder, file), volume, undo(mask.voxels.transpose(2, 1, 0)))
            layers.append({"file": file, "labels": [{"value": 1, "name": name, "remark": mask.remark}]})
        return layers, degraded

    def _found(self, data, spacing, known):
        """Masks by structure, of every network and of the ensemble that the combination names."""
        found, degraded, total, members = {}, [], None, 0
        for network in self._networks:
            member = self._ensemble is not None and network in self._ensemble.members
            if not member and network.alias not in self._order:
                continue
            HOOKS.network("predict " + network.alias)
            anchor = network.anchor(known)
            if network.anchor_source and anchor is None and not member:
                degraded.append("network %s was left out: there is no anchor of %s" % (network.alias, network.anchor_source))
                found[network.alias] = {name: Mask(data.astype(bool) & False) for name in network.names}
                continue
            if member:
                labels, probabilities = network.model.probabilities_of(data, spacing)
                total = probabilities if total is None else total + probabilities
                members += 1
            else:
                labels = network.model.labels_of(data, spacing)
            if network.alias in self._order:
                found[network.alias] = network.masks(labels, anchor, known, spacing, degraded)
        if self._ensemble:
            found[ENSEMBLE] = self._ensemble.masks(total / members, spacing)
        return found, degraded


class Mask:
    """A structure that was found, and what a person should read beside its name."""

    def __init__(self, voxels, remark=""):
        self.voxels = voxels
        self.remark = remark


class Ensemble:
    """The mean of what several networks find, as nnUNet_ensemble makes it."""

    def __init__(self, entry, networks, root):
        inputs = [str(name).strip() for name in entry.get("inputs") or [network.alias for network in networks]]
        unknown = [name for name in inputs if not any(name in (network.alias, network.ident) for network in networks)]
        if unknown:
            raise WorkerError("MODEL_MISSING", "the ensemble needs %s, which is no network" % ", ".join(unknown))
        self.members = [network for network in networks if network.alias in inputs or network.ident in inputs]
        names = entry.get("label_order") or entry.get("labels") or self.members[0].names
        self._names = [str(name).strip() for name in names]
        rule = entry.get("postprocessing_json") or entry.get("postprocessing")
        self._rule = LargestParts(os.path.join(root, str(rule))) if rule else None

    def masks(self, probabilities, spacing):
        labels = self.members[0].model.merged(probabilities)
        if self._rule:
            labels = self._rule.of(labels, spacing)
        return {name: Mask(labels == value) for value, name in enumerate(self._names, start=1)}


class LargestParts:
    """What a postprocessing.json of nnU-Net 1 or 2 does: of some labels only the largest part stays."""

    def __init__(self, path):
        if not os.path.isfile(path):
            raise WorkerError("MODEL_MISSING", "there is no " + os.path.basename(path))
        with open(path, encoding="utf-8") as file:
            self._rules = json.load(file)
        functions = set(self._rules.get("postprocessing_fns") or [])
        if "for_which_classes" not in self._rules and "postprocessing_fns" not in self._rules:
            raise WorkerError("MODEL_MISSING", "%s is no post-processing of nnU-Net" % os.path.basename(path))
        if functions - {"remove_all_but_largest_component_from_segmentation"}:
            raise WorkerError("MODEL_MISSING", "the post-processing asks for %s, which is not known" % ", ".join(sorted(functions)))

    def of(self, labels, spacing):
        return self._second(labels) if "postprocessing_fns" in self._rules else self._first(labels.copy(), spacing)

    def _second(self, labels):
        """By the function of nnU-Net 2 itself."""
        from nnunetv2.postprocessing.remove_connected_components import remove_all_but_largest_component_from_segmentation

        for settings in self._rules.get("postprocessing_kwargs") or []:
            labels = remove_all_but_largest_component_from_segmentation(labels, **settings)
        return labels

    def _first(self, labels, spacing):
        """As nnU-Net 1 does it: parts touch by faces, and those that are large enough in mm3 stay as well."""
        import ast

        import numpy
        from scipy import ndimage

        least = ast.literal_eval(str(self._rules.get("min_valid_object_sizes")))
        for wanted in self._rules.get("for_which_classes") or []:
            values = wanted if isinstance(wanted, list) else [wanted]
            parts, count = ndimage.label(numpy.isin(labels, values))
            sizes = numpy.bincount(parts.ravel(), minlength=count + 1) * float(numpy.prod(spacing))
            key = tuple(wanted) if isinstance(wanted, list) else wanted
            enough = numpy.inf if least is None else least.get(key, numpy.inf)
            for part in range(1, count + 1):
                if sizes[part] < min(sizes[1:].max(), enough):
                    labels[parts == part] = 0
        return labels


class Network:
    """An entry of the networks of a custom_model.yaml, loaded."""

    ANCHORS = ("", "specialist_reference", "rider_clinician_bbox")

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
        if self.anchor_source not in self.ANCHORS:
            raise WorkerError("MODEL_MISSING", "network %s has the unknown anchor_source %s" % (self.alias, self.anchor_source))
        arguments = self._arguments()
        self._root = root
        with Weights(entry, self.ident, nnunet, root) as folder:
            self.model = NnunetModel(
                folder,
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
        least_cm3 = max(0.0, float(self._rule("min_component_volume_cm3", 0.5)))
        furthest_cm = max(0.0, float(self._rule("anchor_max_distance_cm", 5.0)))
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
            masks[name] = Mask(mask, known.agreement(mask, str(self._rule("dice_reference_glob", ""))))
        if self.anchor_source and anchor is None:
            degraded.append("network %s is empty: there is no anchor of %s" % (self.alias, self.anchor_source))
        return masks


class Weights:
    """The folder Trainer__Plans__Configuration of a network, unpacked while it is read where it comes as an archive."""

    def __init__(self, entry, ident, nnunet, root):
        self._entry = entry
        self._ident = ident
        self._root = root
        self._results = str({**(nnunet.get("env") or {}), **(entry.get("env") or {})}.get("nnUNet_results") or "nnUNet_results")
        self._configuration = str(entry.get("architecture") or entry.get("model") or nnunet.get("model") or "3d_fullres")
        self._unpacked = None

    def __enter__(self):
        found = self._found(os.path.join(self._root, self._results)) or self._below(self._source())
        archive = self._entry.get("archive") or self._entry.get("weights")
        if found is None and archive and os.path.isdir(os.path.join(self._root, str(archive))):
            found = self._below(os.path.join(self._root, str(archive)))
        elif found is None and archive and os.path.isfile(os.path.join(self._root, str(archive))):
            self._unpacked = tempfile.TemporaryDirectory()
            unpack(os.path.join(self._root, str(archive)), self._unpacked.name)
            inside = os.path.splitext(os.path.basename(str(archive)))[0]
            found = self._found(self._unpacked.name) or self._below(os.path.join(self._unpacked.name, inside))
        if found is None:
            self.__exit__()
            raise WorkerError("MODEL_MISSING", "there are no weights of network %s" % self._ident)
        return found

    def __exit__(self, *_):
        if self._unpacked is not None:
            self._unpacked.cleanup()

    def _source(self):
        source = self._entry.get("source_directory") or self._entry.get("source_dir")
        return os.path.join(self._root, str(source)) if source else None

    def _found(self, results):
        """The folder below results of nnU-Net: by the name of the data set, of its archive, or by its number."""
        dataset = self._entry.get("dataset_directory") or self._entry.get("dataset_dir") or self._entry.get("dataset")
        if dataset:
            return self._below(os.path.join(results, str(dataset))) or self._below(os.path.join(self._root, str(dataset)))
        if not os.path.isdir(results):
            return None
        start = "Dataset%03d_" % int(self._ident) if self._ident.isdigit() else self._ident
        places = [name for name in sorted(os.listdir(results)) if name.startswith(start)]
        return next(filter(None, (self._below(os.path.join(results, name)) for name in places)), None)

    def _below(self, place):
        if place is None or not os.path.isdir(place):
            return None
        if os.path.isfile(os.path.join(place, "plans.json")):
            return place
        fitting = [name for name in sorted(os.listdir(place)) if self._fits(place, name)]
        if len(fitting) > 1:
            raise WorkerError("MODEL_MISSING", "network %s may be any of %s" % (self._ident, " ".join(fitting)))
        return os.path.join(place, fitting[0]) if fitting else None

    def _fits(self, place, name):
        parts = name.split("__")
        trainer, plans = self._entry.get("trainer"), self._entry.get("plans")
        return (
            len(parts) == 3
            and os.path.isfile(os.path.join(place, name, "plans.json"))
            and (not trainer or parts[0] == str(trainer))
            and (not plans or parts[1] == str(plans))
            and parts[2] == self._configuration
        )


def unpack(archive, folder):
    """Unpacks a ZIP archive that stays within the folder and holds nothing but files and folders."""
    root = os.path.realpath(folder)
    try:
        with zipfile.ZipFile(archive) as packed:
            for entry in packed.infolist():
                place = os.path.realpath(os.path.join(root, entry.filename))
                if os.path.commonpath([root, place]) != root:
                    raise WorkerError("MODEL_MISSING", "an entry of %s leaves its folder" % os.path.basename(archive))
                if stat.S_ISLNK(entry.external_attr >> 16):
                    raise WorkerError("MODEL_MISSING", "%s holds a link" % os.path.basename(archive))
            packed.extractall(folder)
    except zipfile.BadZipFile:
        raise WorkerError("MODEL_MISSING", "%s is no ZIP archive" % os.path.basename(archive))


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

    def _matching(self, pattern):
        """The union of all structures whose names match the last part of a pattern of files; nothing when none does."""
        last = pattern.rsplit("/", 1)[-1]
        for end in (".gz", ".nii"):
            last = last[: -len(end)] if last.endswith(end) else last
        return self._union(
            self._layers,
            lambda name: fnmatch.fnmatchcase(name, last) or fnmatch.fnmatchcase(token(name), token(last, "*?[]")),
        )

    def centre(self, pattern):
        """The middle of all structures that match a pattern."""
        import numpy

        union = self._matching(pattern)
        return None if union is None or not union.any() else numpy.argwhere(union).mean(axis=0)

    def agreement(self, mask, pattern):
        """The Dice coefficient with all structures that match a pattern, in words; nothing without a pattern."""
        if not pattern.strip():
            return ""
        union = self._matching(pattern.strip())
        if union is None or not (union.any() or mask.any()):
            return "no reference for Dice"
        return "Dice %.3f with reference" % (2 * (union & mask).sum() / (union.sum() + mask.sum()))

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
        lung = re.compile("(total_)?lungs?(_(upper|middle|lower)_lobe)?(_(l|r|left|right|both))?$")
        union = self._union(self._layers, lambda name: lung.match(token(name)))
        if union is None:
            union = self._union(self._lungs, lambda name: True)
        if union is None:
            raise WorkerError("BAD_INPUT", "the model keeps to the lungs, and none are known of the image")
        return union


def token(name, keep=""):
    """A name as the names of files know it: lower case, one underscore for whatever is no letter or digit."""
    return re.sub("[^0-9a-z" + re.escape(keep) + "]+", "_", name.lower()).strip("_")


def truth(value):
    return str(value).strip().lower() in ("1", "true", "yes", "on")


def folds_of(value):
    """Folds as a custom_model.yaml has them: a list, words with commas or spaces, or all."""
    if value is None or str(value).strip().lower() == "all" or value == ["all"]:
        return "all"
    words = value if isinstance(value, list) else str(value).replace(",", " ").split()
    if not all(str(word).strip().isdigit() for word in words):
        raise WorkerError("MODEL_MISSING", "folds are %s, expected numbers or all" % value)
    return tuple(int(word) for word in words)


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
