package org.rtpipeline.config;

import com.typesafe.config.ConfigUtil;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.rtpipeline.yaml.YamlText;
import org.rtpipeline.yaml.YamlText.Mapping;
import org.rtpipeline.yaml.YamlText.Node;
import org.rtpipeline.yaml.YamlText.Scalar;
import org.rtpipeline.yaml.YamlText.Sequence;

/**
 * The configuration of the Python rtpipeline, as a job file of this product: what has a counterpart
 * is turned into it, all else is named with the reason why it is gone.
 */
public final class PythonConfiguration {

  private static final String NUMBER = "-?[0-9]+(\\.[0-9]+)?";
  private static final String ONE_RULE =
      "there is one rule for parallelism: cores - 1 of every executor; rtpipeline plan shows it";
  private static final String NO_SCRIPTS = "there is no Python environment to choose";
  private static final String ONE_PER_GPU = "one task for each GPU, nothing to set";
  private static final String KEPT_BY_CONTENT =
      "results are kept by the content they are made of and made again when that changes";
  private static final String CROPPING = "ct_cropping";
  private static final String CROP_REGION = CROPPING + ".region";
  private static final String CROP_SUPERIOR = CROPPING + ".superior_margin_cm";
  private static final String MAX_WORKERS = "max_workers";
  private static final String WORKERS = "workers";
  private static final String CONTAINER = "container_";
  private static final String SERIES =
      "segmentation.images says in which images structures are found, planning CT or MR";
  private static final String ALWAYS_SUV =
      "uptake is always computed; the section pet sets its rules";
  private static final String WEIGHTS = "weight and height are those of the DICOM objects alone";
  private static final String NO_STAGE = "this product has no such stage yet";

  /** What becomes of a key: another key, or a reason why there is none. */
  private sealed interface Fate {}

  /** The same value under another name. */
  private record Renamed(String key) implements Fate {}

  /** Other words for the values; what is not listed has no counterpart. */
  private record Reworded(String key, Map<String, String> words) implements Fate {}

  /** Nothing takes its place. */
  private record Gone(String reason) implements Fate {}

  /** A length in cm, which is in mm here. */
  private record InMm(String key) implements Fate {}

  /** Further tasks of TotalSegmentator; those for MR have a key of their own. */
  private record ExtraTasks(String key) implements Fate {}

  /** What was computed of cut structures, which is a list here. */
  private record CutResult(String word) implements Fate {}

  /** A switch that asks for stages. */
  private record AsksFor(RequestedStage stage) implements Fate {}

  private static final Map<String, Fate> FATES =
      Map.ofEntries(
          Map.entry("dicom_root", new Renamed("input")),
          Map.entry("output_dir", new Renamed("output")),
          Map.entry(
              "logs_dir", new Gone("Spark writes the logs; conf/log4j2.properties says where")),
          Map.entry(MAX_WORKERS, new Renamed("engine.workers")),
          Map.entry(WORKERS, new Renamed("engine.workers")),
          Map.entry("snakemake_job_threads", new Gone(ONE_RULE)),
          Map.entry("environments", new Gone(NO_SCRIPTS)),
          Map.entry(
              "merge_criteria",
              new Reworded(
                  "courses.merge-rule",
                  Map.of("same_ct_study", "ct-study", "frame_of_reference", "frame-of-reference"))),
          Map.entry("max_days", new Renamed("courses.max-days")),
          Map.entry("organize", new Gone("nothing is copied, so there is nothing to set")),
          Map.entry("organize.do_segment_all_series", new Gone(SERIES)),
          Map.entry("organize.all_series_segment_classes", new Gone(SERIES)),
          Map.entry("organize.all_series_materialize_classes", new Gone(SERIES)),
          Map.entry("organize.all_series_fourdct_single_representative", new Gone(SERIES)),
          Map.entry("organize.inventory_db_path", new Gone("the scan makes the table instances")),
          Map.entry("organize.do_ingest_pet_suv", new Gone(ALWAYS_SUV)),
          Map.entry("scheduler", new Gone(ONE_RULE)),
          Map.entry(
              "scheduler.prioritize_short_courses",
              new Gone("the dearest course starts first, so that the night ends sooner")),
          Map.entry("aggregation", new Gone(ONE_RULE)),
          Map.entry(
              "segmentation.device",
              new Reworded(
                  "segmentation.worker.device",
                  Map.of("cpu", "cpu", "gpu", "gpu", "cuda", "gpu", "cuda:0", "gpu"))),
          Map.entry(
              "segmentation.fast",
              new Reworded(
                  "segmentation.worker.resolution", Map.of("true", "fast", "false", "full"))),
          Map.entry("segmentation.roi_subset", new Renamed("segmentation.worker.roi-subset")),
          Map.entry(
              "segmentation.extra_models", new ExtraTasks("segmentation.worker.extra-models")),
          Map.entry("segmentation.max_workers", new Gone(ONE_PER_GPU)),
          Map.entry("segmentation.workers", new Gone(ONE_PER_GPU)),
          Map.entry("segmentation.threads_per_worker", new Gone(ONE_PER_GPU)),
          Map.entry("segmentation.force", new Gone(KEPT_BY_CONTENT)),
          Map.entry(
              "segmentation.force_split",
              new Gone("images that are too large are cut when memory runs out, not before")),
          Map.entry("segmentation.temp_dir", new Gone("spark.local.dir is the scratch folder")),
          Map.entry("segmentation.nr_threads_resample", new Renamed("segmentation.worker.threads")),
          Map.entry(
              "segmentation.nr_threads_save",
              new Gone("segmentation.worker.threads serves all steps")),
          Map.entry(
              "segmentation.num_proc_preprocessing",
              new Gone("segmentation.worker.threads serves all steps")),
          Map.entry(
              "segmentation.num_proc_export",
              new Gone("segmentation.worker.threads serves all steps")),
          Map.entry(
              "custom_models",
              new Gone(
                  "a run has one model: segmentation.worker.model = custom and .path = its"
                      + " custom_model.yaml")),
          Map.entry("custom_structures", new Renamed("structures.definitions")),
          Map.entry("radiomics.enabled", new AsksFor(RequestedStage.RADIOMICS)),
          Map.entry("radiomics.params_file", new Renamed("radiomics.ct-parameters")),
          Map.entry("radiomics.mr_params_file", new Renamed("radiomics.mr-parameters")),
          Map.entry("radiomics.skip_rois", new Renamed("radiomics.skip-rois")),
          Map.entry("radiomics.max_voxels", new Renamed("radiomics.max-voxels")),
          Map.entry("radiomics.min_voxels", new Renamed("radiomics.min-voxels")),
          Map.entry("radiomics.sequential", new Gone(ONE_RULE)),
          Map.entry("radiomics.thread_limit", new Gone(ONE_RULE)),
          Map.entry("radiomics.max_parallel_courses", new Gone(ONE_RULE)),
          Map.entry("radiomics_robustness", new Gone(NO_STAGE)),
          Map.entry(
              "ct_cropping.enabled",
              new Reworded("cropping.enabled", Map.of("true", "true", "false", "false"))),
          Map.entry(
              CROP_REGION,
              new Reworded(
                  "cropping.region",
                  Map.of(
                      "pelvis", "pelvis",
                      "thorax", "thorax",
                      "abdomen", "abdomen",
                      "head_neck", "head-neck",
                      "brain", "brain"))),
          Map.entry(CROP_SUPERIOR, new InMm("cropping.superior-margin-mm")),
          Map.entry("ct_cropping.inferior_margin_cm", new InMm("cropping.inferior-margin-mm")),
          Map.entry("ct_cropping.use_cropped_for_dvh", new CutResult("dvh")),
          Map.entry("ct_cropping.use_cropped_for_radiomics", new CutResult("radiomics")),
          Map.entry("ct_cropping.keep_original", new Gone("whole structures always stay")),
          Map.entry("pet.do_ingest_pet_suv", new Gone(ALWAYS_SUV)),
          Map.entry("pet.suv_decay_guard_tol", new Renamed("pet.decay-guard-tolerance")),
          Map.entry("pet.suv_zextent_primary_fraction", new Renamed("pet.primary-extent")),
          Map.entry("pet.pet_clinical_weight_window_days", new Gone(WEIGHTS)),
          Map.entry("qc.enabled", new AsksFor(RequestedStage.QC)));

  /** Keys whose values of the old shipped file say what ours say when left alone. */
  private static final Set<String> SHIPPED_PARAMETERS =
      Set.of("rtpipeline/radiomics_params.yaml", "rtpipeline/radiomics_params_mr.yaml");

  private final List<String> lines = new ArrayList<>();
  private final List<String> notices = new ArrayList<>();
  private final Set<RequestedStage> stages = new TreeSet<>();

  /** What is computed of cut structures; dose and volume unless they are switched off. */
  private final Set<String> ofCut = new TreeSet<>(Set.of("dvh"));

  /** The Python rtpipeline begins the pelvis at its landmark, whatever the margin is. */
  private boolean hasSuperiorMargin = true;

  /** The older word for the number of workers counts only without the newer one. */
  private boolean hasMaxWorkers;

  private PythonConfiguration() {
    stages.addAll(Set.of(RequestedStage.ORGANIZE, RequestedStage.METADATA, RequestedStage.DVH));
  }

  /**
   * A job file and what it could not say.
   *
   * @param hocon content of the job file
   * @param notices one sentence for each key without counterpart, in the order of the old file
   */
  public record Migrated(String hocon, List<String> notices) {
    /** Copies the list. */
    public Migrated {
      notices = List.copyOf(notices);
    }
  }

  /**
   * Turns a configuration into a job file.
   *
   * @throws IllegalArgumentException naming the line that is no YAML
   */
  public static Migrated migrate(String yaml) {
    PythonConfiguration configuration = new PythonConfiguration();
    Mapping root = YamlText.read(yaml);
    if (root.get("segmentation").isPresent()) {
      configuration.stages.add(RequestedStage.SEGMENTATION);
      configuration.lines.add("segmentation.back-end = worker");
    }
    Optional<Mapping> cropping =
        root.get(CROPPING).filter(Mapping.class::isInstance).map(Mapping.class::cast);
    cropping.ifPresent(
        section ->
            configuration.hasSuperiorMargin =
                section
                    .get("region")
                    .filter(
                        region -> region instanceof Scalar word && !word.text().equals("pelvis"))
                    .isPresent());
    configuration.hasMaxWorkers = root.text(MAX_WORKERS).isPresent();
    configuration.all("", root);
    if (cropping.isPresent()) {
      configuration.lines.add(
          "cropping.results = [" + String.join(", ", configuration.ofCut) + "]");
    }
    return configuration.migrated();
  }

  private Migrated migrated() {
    List<String> words = stages.stream().map(RequestedStage::word).toList();
    List<String> file = new ArrayList<>();
    file.add("rtpipeline {");
    file.add("  stages = [" + String.join(", ", words) + "]");
    lines.forEach(line -> file.add("  " + line));
    file.add("}");
    return new Migrated(String.join("\n", file) + "\n", notices);
  }

  private void all(String prefix, Mapping mapping) {
    mapping.entries().forEach((key, value) -> one(prefix + key, value));
  }

  private static Optional<Fate> fate(String key) {
    return key.startsWith(CONTAINER)
        ? Optional.of(new Gone(NO_SCRIPTS))
        : Optional.ofNullable(FATES.get(key));
  }

  private void one(String key, Node value) {
    Optional<Fate> fate = fate(key);
    if (fate.isPresent()) {
      settle(key, value, fate.get());
    } else if (value instanceof Mapping nested) {
      all(key + ".", nested);
      return;
    } else {
      String section = key.contains(".") ? key.substring(0, key.indexOf('.')) : key;
      Fate ofSection = FATES.getOrDefault(section, new Gone("it is not known"));
      settle(key, value, ofSection instanceof Gone gone ? gone : new Gone("it is not known"));
    }
    if (value instanceof Mapping nested && FATES.get(key) instanceof Gone) {
      nested.entries().entrySet().stream()
          .filter(inner -> FATES.get(key + "." + inner.getKey()) instanceof Gone)
          .forEach(inner -> one(key + "." + inner.getKey(), inner.getValue()));
    }
  }

  private void settle(String key, Node value, Fate fate) {
    if (fate instanceof Gone gone) {
      leaveOut(key, value, gone.reason());
    } else if (isEmpty(value)) {
      return;
    } else if (key.equals(WORKERS) && hasMaxWorkers) {
      leaveOut(key, value, MAX_WORKERS + " says it");
    } else if (fate instanceof Renamed renamed) {
      if (value instanceof Scalar scalar && SHIPPED_PARAMETERS.contains(scalar.text())) {
        return;
      }
      lines.add(renamed.key() + " = " + text(value));
      if (key.equals("custom_structures")) {
        stages.add(RequestedStage.STRUCTURES);
      }
    } else if (fate instanceof InMm length) {
      inMm(key, value, length.key());
    } else if (fate instanceof CutResult result) {
      if (isTrue(value)) {
        ofCut.add(result.word());
      } else {
        ofCut.remove(result.word());
      }
    } else if (fate instanceof AsksFor asked) {
      ask(value, asked.stage());
    } else if (fate instanceof ExtraTasks tasks) {
      extraTasks(key, value, tasks.key());
    } else if (fate instanceof Reworded reworded) {
      String word = value instanceof Scalar scalar ? scalar.text() : "";
      String ours = reworded.words().get(word.toLowerCase(Locale.ROOT));
      if (ours == null) {
        notices.add("line " + value.line() + ": " + key + " = " + word + " has no counterpart");
      } else {
        lines.add(reworded.key() + " = " + ours);
      }
    }
  }

  private void leaveOut(String key, Node value, String reason) {
    notices.add("line " + value.line() + ": " + key + " is left out: " + reason);
  }

  private void extraTasks(String key, Node value, String ours) {
    List<Scalar> tasks =
        value instanceof Sequence list
            ? list.scalars()
            : value instanceof Scalar task ? List.of(task) : List.of();
    List<String> ofCt =
        tasks.stream()
            .filter(task -> !task.text().endsWith("_mr"))
            .map(PythonConfiguration::word)
            .toList();
    if (!ofCt.isEmpty()) {
      lines.add(ours + " = [" + String.join(", ", ofCt) + "]");
    }
    if (ofCt.size() < tasks.size()) {
      leaveOut(key, value, "a run has one task for MR, segmentation.worker.mr-task");
    }
  }

  private void inMm(String key, Node value, String ours) {
    String cm = value instanceof Scalar scalar ? scalar.text() : "";
    if (key.equals(CROP_SUPERIOR) && !hasSuperiorMargin) {
      notices.add(
          "line "
              + value.line()
              + ": "
              + key
              + " is left out: the pelvis begins at the top of L1, where the Python rtpipeline"
              + " adds no margin");
    } else if (cm.matches(NUMBER)) {
      String mm = new BigDecimal(cm).movePointRight(1).stripTrailingZeros().toPlainString();
      lines.add(ours + " = " + mm);
    } else {
      notices.add("line " + value.line() + ": " + key + " = " + cm + " has no counterpart");
    }
  }

  private void ask(Node value, RequestedStage stage) {
    if (isTrue(value)) {
      stages.add(stage);
    }
  }

  private static boolean isTrue(Node value) {
    return value instanceof Scalar scalar && Boolean.parseBoolean(scalar.text());
  }

  private static boolean isEmpty(Node value) {
    return (value instanceof Scalar scalar && scalar.text().isEmpty())
        || (value instanceof Sequence list && list.items().isEmpty());
  }

  private static String text(Node value) {
    if (value instanceof Sequence list) {
      return "["
          + String.join(", ", list.scalars().stream().map(PythonConfiguration::word).toList())
          + "]";
    }
    return value instanceof Scalar scalar ? word(scalar) : "{}";
  }

  private static String word(Scalar scalar) {
    return scalar.text().matches(NUMBER) ? scalar.text() : ConfigUtil.quoteString(scalar.text());
  }
}
