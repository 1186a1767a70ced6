package org.rtpipeline.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.segmentation.ContourOptions;
import org.rtpipeline.segmentation.Device;
import org.rtpipeline.segmentation.ExtraModel;
import org.rtpipeline.segmentation.ImageKind;
import org.rtpipeline.segmentation.OutputOptions;
import org.rtpipeline.segmentation.SegmentationOptions;
import org.rtpipeline.segmentation.SegmentationOptions.Method;
import org.rtpipeline.segmentation.onnx.OnnxOptions;
import org.rtpipeline.segmentation.worker.CommandOptions;
import org.rtpipeline.segmentation.worker.Rung;
import org.rtpipeline.segmentation.worker.WorkerLimits;
import org.rtpipeline.segmentation.worker.WorkerModel;
import org.rtpipeline.segmentation.worker.WorkerOptions;

/** Reads the section {@code segmentation}. */
final class SegmentationSection {

  private static final String WORKER = "segmentation.worker.";
  private static final String COMMAND = "segmentation.command.";
  private static final String ONNX = "segmentation.onnx.";
  private static final int LONGEST_SECONDS = 86_400;

  private SegmentationSection() {}

  /** The options; those of a back end only where it is the one that is asked for. */
  static SegmentationOptions read(Reading r) {
    Method method = r.choice("segmentation.back-end", Method.class);
    int cpuSlots = (int) r.whole("segmentation.cpu-slots", 1, 1024);
    ContourOptions contours =
        new ContourOptions(
            r.choice("segmentation.contours.outline", ContourOptions.Outline.class),
            r.choice("segmentation.contours.holes", ContourOptions.Holes.class));
    int nameLength = (int) r.whole("segmentation.contours.name-length", 8, 64);
    OutputOptions output =
        new OutputOptions(
            contours, nameLength, r.choices("segmentation.formats", OutputOptions.Format.class));
    WorkerOptions worker = worker(r, method);
    CommandOptions command = command(r, method);
    OnnxOptions onnx = onnx(r, method);
    List<ImageKind> images = r.choices("segmentation.images", ImageKind.class);
    List<ExtraModel> extras = extras(r, worker);
    WorkerModel mr = mr(r, worker);
    return r.record(
        "segmentation",
        () ->
            new SegmentationOptions(
                method, cpuSlots, worker, command, onnx, output, images, extras, mr),
        SegmentationOptions.CLASSICAL);
  }

  private static @Nullable WorkerOptions worker(Reading r, Method method) {
    List<String> command = r.parsed(WORKER + "command", word -> word);
    Device.Kind device = r.choice(WORKER + "device", Device.Kind.class);
    WorkerModel.Kind kind = r.choice(WORKER + "model", WorkerModel.Kind.class);
    String task = r.text(WORKER + "task");
    WorkerModel.Resolution resolution =
        r.choice(WORKER + "resolution", WorkerModel.Resolution.class);
    List<String> rois = r.parsed(WORKER + "roi-subset", word -> word);
    String path = file(r.text(WORKER + "path"));
    String orientation = r.text(WORKER + "orientation");
    WorkerLimits limits = limits(r);
    int threads = (int) r.whole(WORKER + "threads", 1, 256);
    List<Rung> ladder = r.choices(WORKER + "oom-ladder", Rung.class);
    String weights = file(r.text(WORKER + "weights-folder"));
    String licence = file(r.text(WORKER + "licence-file"));
    if (method != Method.WORKER) {
      return null;
    }
    return r.<Optional<WorkerOptions>>record(
            "segmentation.worker",
            () ->
                Optional.of(
                    new WorkerOptions(
                        command,
                        device,
                        new WorkerModel(kind, task, resolution, rois, path, orientation),
                        limits,
                        threads,
                        ladder,
                        weights,
                        licence)),
            Optional.empty())
        .orElse(null);
  }

  private static List<ExtraModel> extras(Reading r, @Nullable WorkerOptions worker) {
    WorkerModel like =
        worker == null
            ? WorkerModel.totalSegmentator("total", WorkerModel.Resolution.FULL)
            : worker.model();
    List<ExtraModel> extras = r.parsed(WORKER + "extra-models", text -> extra(text, like));
    return worker == null ? List.of() : extras;
  }

  /** A model and what it needs, as {@code lung_vessels if lung_upper_lobe_left}. */
  private static ExtraModel extra(String text, WorkerModel like) {
    String[] parts = text.strip().split("\\s+if\\s+", 2);
    List<String> needs =
        parts.length == 1 ? List.of() : List.of(parts[1].strip().split("\\s+", -1));
    int at = parts[0].indexOf('@');
    if (at < 0) {
      return new ExtraModel(
          parts[0], WorkerModel.totalSegmentator(parts[0], WorkerModel.Resolution.FULL), needs);
    }
    WorkerModel.Kind kind = kind(parts[0].substring(0, at));
    String path = file(parts[0].substring(at + 1).strip());
    WorkerModel model =
        new WorkerModel(kind, "", WorkerModel.Resolution.FULL, List.of(), path, like.orientation());
    String name = String.valueOf(Path.of(path).getFileName());
    return new ExtraModel(
        name.equals("custom_model.yaml") ? folderName(path) : name.replaceFirst("[.][a-z]+$", ""),
        model,
        needs);
  }

  private static WorkerModel.Kind kind(String word) {
    for (WorkerModel.Kind kind : WorkerModel.Kind.values()) {
      if (kind.name().toLowerCase(Locale.ROOT).equals(word)
          && kind != WorkerModel.Kind.TOTALSEGMENTATOR) {
        return kind;
      }
    }
    throw new IllegalArgumentException(
        "'" + word + "@', expected nnunet@, custom@ or plugin@ before a path");
  }

  private static String folderName(String path) {
    Path folder = Path.of(path).getParent();
    return folder == null ? "custom" : String.valueOf(folder.getFileName());
  }

  private static @Nullable WorkerModel mr(Reading r, @Nullable WorkerOptions worker) {
    String task = r.text(WORKER + "mr-task");
    return worker == null || worker.model().kind() != WorkerModel.Kind.TOTALSEGMENTATOR
        ? null
        : r.<Optional<WorkerModel>>record(
                "segmentation.worker",
                () -> Optional.of(WorkerModel.totalSegmentator(task, worker.model().resolution())),
                Optional.empty())
            .orElse(null);
  }

  private static WorkerLimits limits(Reading r) {
    return new WorkerLimits(
        seconds(r, "start-seconds"),
        seconds(r, "silence-seconds"),
        seconds(r, "stall-seconds"),
        seconds(r, "course-seconds"),
        seconds(r, "idle-seconds"),
        seconds(r, "shutdown-seconds"),
        (int) r.whole(WORKER + "courses-per-process", 1, 1_000_000),
        (int) r.whole(WORKER + "loaded-models", 1, 64));
  }

  private static Duration seconds(Reading r, String key) {
    return Duration.ofSeconds(r.whole(WORKER + key, 1, LONGEST_SECONDS));
  }

  private static @Nullable CommandOptions command(Reading r, Method method) {
    List<String> arguments = r.parsed(COMMAND + "arguments", word -> word);
    Device.Kind device = r.choice(COMMAND + "device", Device.Kind.class);
    Map<Integer, String> structures = new TreeMap<>();
    r.parsed(COMMAND + "structures", SegmentationSection::structure)
        .forEach(structure -> structures.put(structure.getKey(), structure.getValue()));
    Duration limit = Duration.ofSeconds(r.whole(COMMAND + "course-seconds", 1, LONGEST_SECONDS));
    if (method != Method.COMMAND) {
      return null;
    }
    return r.<Optional<CommandOptions>>record(
            "segmentation.command",
            () ->
                Optional.of(
                    new CommandOptions(
                        arguments, device, structures, limit, Duration.ofSeconds(5))),
            Optional.empty())
        .orElse(null);
  }

  private static @Nullable OnnxOptions onnx(Reading r, Method method) {
    String folder = file(r.text(ONNX + "model-folder"));
    Device.Kind device = r.choice(ONNX + "device", Device.Kind.class);
    int threads = (int) r.whole(ONNX + "threads", 1, 256);
    OnnxOptions.Mirroring mirroring = r.choice(ONNX + "mirroring", OnnxOptions.Mirroring.class);
    double tileStep = r.decimal(ONNX + "tile-step", 0, 1, "");
    List<Integer> folds = r.parsed(ONNX + "folds", Integer::valueOf);
    if (method != Method.ONNX) {
      return null;
    }
    return r.<Optional<OnnxOptions>>record(
            "segmentation.onnx",
            () -> Optional.of(new OnnxOptions(folder, device, threads, mirroring, tileStep, folds)),
            Optional.empty())
        .orElse(null);
  }

  /** A label and its name, as {@code 1:liver}. */
  private static Map.Entry<Integer, String> structure(String text) {
    int colon = text.indexOf(':');
    if (colon < 1 || !text.substring(0, colon).matches("[1-9][0-9]{0,4}")) {
      throw new IllegalArgumentException("'" + text + "', expected a label and a name as 1:liver");
    }
    return Map.entry(Integer.valueOf(text.substring(0, colon)), text.substring(colon + 1).strip());
  }

  private static String file(String path) {
    if (path.isEmpty()) {
      return "";
    }
    String expanded =
        path.startsWith("~/") ? System.getProperty("user.home") + path.substring(1) : path;
    return Path.of(expanded).toAbsolutePath().normalize().toString();
  }
}
