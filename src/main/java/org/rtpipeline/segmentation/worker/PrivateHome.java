package org.rtpipeline.segmentation.worker;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.rtpipeline.segmentation.Device;

/**
 * The home of one worker process: a folder that only its owner may enter, with settings that keep
 * tools from reporting their use and from fetching anything, and with no way to the network.
 */
final class PrivateHome {

  /** The worker that comes with the product, on the class path: what is started, and its parts. */
  private static final List<String> SCRIPTS =
      List.of(
          "segmentation_worker.py",
          "worker_custom.py",
          "worker_machine.py",
          "worker_nifti.py",
          "worker_nnunet.py",
          "worker_totalsegmentator.py");

  /** A proxy where nothing listens: a download fails at once. */
  private static final String NOWHERE = "http://127.0.0.1:9";

  private static final int BEATS_PER_SILENCE = 5;

  private final Path folder;
  private final WorkerOptions options;

  private PrivateHome(Path folder, WorkerOptions options) {
    this.folder = folder;
    this.options = options;
  }

  /** Makes the home. */
  static PrivateHome create(WorkerOptions options) throws IOException {
    Path folder = Files.createTempDirectory("rtpipeline-worker-");
    PrivateHome home = new PrivateHome(folder, options);
    Files.createDirectories(folder.resolve("tmp"));
    Path settings = Files.createDirectories(folder.resolve("totalsegmentator"));
    Files.writeString(settings.resolve("config.json"), home.settings(), StandardCharsets.UTF_8);
    return home;
  }

  Path folder() {
    return folder;
  }

  /** The command, with the worker that comes with the product where it is asked for. */
  List<String> command() throws IOException {
    if (options.command().stream().noneMatch(word -> word.contains(WorkerOptions.SHIPPED))) {
      return options.command();
    }
    for (String name : SCRIPTS) {
      try (InputStream shipped = PrivateHome.class.getResourceAsStream(name)) {
        if (shipped == null) {
          throw new IOException("the class path has no " + name);
        }
        Files.write(folder.resolve(name), shipped.readAllBytes());
      }
    }
    Path script = folder.resolve(SCRIPTS.get(0));
    return options.command().stream()
        .map(word -> word.replace(WorkerOptions.SHIPPED, script.toString()))
        .toList();
  }

  /** What a worker finds in its environment beside what this process has. */
  Map<String, String> environment(Device device) {
    Map<String, String> names = new TreeMap<>(offline());
    String threads = Integer.toString(options.threads());
    for (String name :
        List.of(
            "OMP_NUM_THREADS",
            "MKL_NUM_THREADS",
            "OPENBLAS_NUM_THREADS",
            "NUMEXPR_NUM_THREADS",
            "ITK_GLOBAL_DEFAULT_NUMBER_OF_THREADS",
            "nnUNet_def_n_proc")) {
      names.put(name, threads);
    }
    names.put("HOME", folder.toString());
    names.put("TMPDIR", folder.resolve("tmp").toString());
    names.put("TOTALSEG_HOME_DIR", folder.resolve("totalsegmentator").toString());
    names.put("TOTALSEG_WEIGHTS_PATH", options.weightsFolder());
    names.put("PYTHONUNBUFFERED", "1");
    names.put("PYTHONDONTWRITEBYTECODE", "1");
    names.put("CUDA_DEVICE_ORDER", "PCI_BUS_ID");
    names.put("CUDA_VISIBLE_DEVICES", device.kind() == Device.Kind.GPU ? device.address() : "-1");
    names.put("RTPIPELINE_KEY_FILE", "");
    names.put("RTPIPELINE_WORKER_DEVICE", device.kind() == Device.Kind.GPU ? "gpu" : "cpu");
    names.put("RTPIPELINE_WORKER_THREADS", threads);
    names.put("RTPIPELINE_WORKER_MODELS", Integer.toString(options.limits().loadedModels()));
    names.put(
        "RTPIPELINE_WORKER_BEAT_SECONDS",
        Double.toString(options.limits().silence().toMillis() / 1000.0 / BEATS_PER_SILENCE));
    names.put(
        "RTPIPELINE_WORKER_IDLE_SECONDS",
        Double.toString(options.limits().idle().toMillis() / 1000.0));
    return names;
  }

  private static Map<String, String> offline() {
    return Map.ofEntries(
        Map.entry("http_proxy", NOWHERE),
        Map.entry("https_proxy", NOWHERE),
        Map.entry("HTTP_PROXY", NOWHERE),
        Map.entry("HTTPS_PROXY", NOWHERE),
        Map.entry("ALL_PROXY", NOWHERE),
        Map.entry("no_proxy", ""),
        Map.entry("NO_PROXY", ""),
        Map.entry("HF_HUB_OFFLINE", "1"),
        Map.entry("TRANSFORMERS_OFFLINE", "1"),
        Map.entry("DO_NOT_TRACK", "1"));
  }

  /** The settings of TotalSegmentator: no reports of use, and the licence when there is one. */
  private String settings() throws IOException {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("totalseg_id", "rtpipeline")
        .put("send_usage_stats", false)
        .put("prediction_counter", 0)
        .put("statistics_disclaimer_shown", true);
    if (!options.licenceFile().isEmpty()) {
      node.put(
          "license_number",
          Files.readString(Path.of(options.licenceFile()), StandardCharsets.UTF_8).strip());
    }
    return node.toString();
  }

  /** Removes the home with all that is in it. */
  void remove() {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | UncheckedIOException e) {
      // The system clears its temporary folder; the worker itself is gone.
    }
  }
}
