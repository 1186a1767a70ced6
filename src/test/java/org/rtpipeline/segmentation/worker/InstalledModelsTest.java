package org.rtpipeline.segmentation.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.model.CourseId;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.ImageVolume;
import org.rtpipeline.model.LabelMap;
import org.rtpipeline.model.LabelledStructure;
import org.rtpipeline.model.StructureCode;
import org.rtpipeline.segmentation.Device;
import org.rtpipeline.segmentation.SegmentationInput;
import org.rtpipeline.segmentation.onnx.OnnxBackEnd;
import org.rtpipeline.segmentation.onnx.OnnxOptions;

/**
 * TotalSegmentator and nnU-Net as published, with stand-in weights, find in the worker what they
 * find by themselves. Needs a Python with these packages, named by {@value #PYTHON}.
 */
final class InstalledModelsTest {

  private static final String PYTHON = "RTPIPELINE_SEGMENTATION_PYTHON";
  private static final String TRAINED = "nnUNetTrainer__nnUNetPlans__3d_fullres";
  private static final Path SCRIPT =
      Path.of(System.getProperty("basedir", "."), "src/test/python/segmentation_standin.py");
  private static final List<String> NAMES = List.of("lung", "bone", "liver", "spleen", "kidneys");

  /** So many voxels may differ between sums in single precision and those of nnU-Net in half. */
  private static final double HALF_PRECISION_SHARE = 1e-4;

  private static final long LONGEST_MINUTES = 10;

  @TempDir static Path shared;
  @TempDir Path folder;

  @BeforeAll
  static void standIns() throws Exception {
    assumeTrue(
        System.getenv(PYTHON) != null,
        "skipped: " + PYTHON + " names no Python with nnunetv2, TotalSegmentator and onnx");
    python("nnunet", resources().toString(), results().toString());
    python("totalsegmentator", weights().toString(), "297", "298", "300", "852");
    ScratchNifti.write(trunk(), image());
  }

  @AfterAll
  static void noWorkerIsLeft() {
    WorkerPool.ofThisJvm().retireAll();
  }

  @Test
  void theSelfTestNamesTheVersions() {
    assertThat(WorkerChecks.selftest(options(nnunet("Dataset999_Fixture"))))
        .contains("\"selftest\": \"passed\"")
        .contains("\"nnunetv2\": \"2")
        .contains("\"totalsegmentator\": \"2");
  }

  @ParameterizedTest
  @CsvSource({"RAS", "LPS", "LAS"})
  void aModelFolderHasTheLabelsOfThePredictorItself(String orientation) throws Exception {
    WorkerModel model =
        new WorkerModel(
            WorkerModel.Kind.NNUNET,
            "",
            WorkerModel.Resolution.FULL,
            List.of(),
            folderOf("Dataset999_Fixture").toString(),
            orientation);
    short[] alone = predicted("Dataset999_Fixture", orientation);

    LabelMap found = segmented(model, null);

    assertThat(found.structures()).extracting(LabelledStructure::name).isEqualTo(NAMES);
    assertThat(differing(found, NAMES, alone)).isZero();
    assertThat(Arrays.asList(count(alone, 1), count(alone, 2), count(alone, 3)))
        .allMatch(voxels -> voxels > 0);
  }

  @Test
  void regionsThatOverlapComeInLayers() throws Exception {
    short[] alone = predicted("Dataset997_Regions", "RAS");

    LabelMap found = segmented(nnunet("Dataset997_Regions"), null);

    assertThat(found.layers()).hasSizeGreaterThan(1);
    byte[] organs = mask(found, "organs");
    byte[] left = mask(found, "left");
    for (int i = 0; i < alone.length; i++) {
      assertThat(organs[i] == 1).isEqualTo(alone[i] >= 3 && alone[i] <= 5);
      assertThat(left[i] == 1).isEqualTo(alone[i] == 4);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "total, FAST, CT, ''",
    "total, FAST, CT, liver",
    "body, FAST, CT, ''",
    "total_mr, FAST, MR, ''"
  })
  void aTaskHasTheLabelsOfTotalSegmentatorItself(
      String task, WorkerModel.Resolution resolution, String modality, String subset)
      throws Exception {
    List<String> only = subset.isEmpty() ? List.of() : List.of(subset);
    WorkerModel model =
        new WorkerModel(WorkerModel.Kind.TOTALSEGMENTATOR, task, resolution, only, "", "RAS");
    Path labels = folder.resolve("alone.nii");
    List<String> words =
        new ArrayList<>(
            List.of(
                "task", task, "fast", weights().toString(), image().toString(), labels.toString()));
    words.addAll(only);
    python(words.toArray(String[]::new));
    short[] alone = ScratchNifti.labels(labels, trunk().grid());

    assertThat(WorkerChecks.problems(options(model))).isEmpty();
    LabelMap found = segmented(model, null, modality);

    List<String> names = found.structures().stream().map(LabelledStructure::name).toList();
    if (only.isEmpty()) {
      assertThat(differing(found, names, alone)).isZero();
      assertThat(Arrays.stream(counts(alone)).filter(voxels -> voxels > 0).count())
          .isGreaterThan(1);
    } else {
      assertThat(names).isEqualTo(only);
      byte[] mask = mask(found, subset);
      for (int i = 0; i < alone.length; i++) {
        assertThat(mask[i] == 1).isEqualTo(alone[i] != 0);
      }
    }
  }

  @Test
  void networksAreLaidOverOneAnotherInTheirOrder() throws Exception {
    Path yaml =
        custom(
            """
            nnunet:
              folds: all
              networks:
                - {id: "999", alias: first, dataset_directory: Dataset999_Fixture,
                   label_order: [lung, bone, liver, spleen, kidneys]}
                - {id: "998", dataset_directory: Dataset998_Second,
                   label_order: [lung, bone, liver_b, spleen_b, kidneys_b]}
                - {id: "996", alias: own, dataset_directory: Dataset996_All,
                   trainer: nnUNetTrainerOfSomebody, label_order: [a, b, c, d, e]}
              combine: {ordered_networks: [first, "998"]}
            """);
    short[] first = predicted("Dataset999_Fixture", "RAS");
    short[] second = predicted("Dataset998_Second", "RAS");

    LabelMap found = segmented(customModel(yaml), null);

    assertThat(WorkerChecks.problems(options(customModel(yaml)))).isEmpty();
    assertThat(found.structures())
        .extracting(LabelledStructure::name)
        .containsExactly(
            "lung", "bone", "liver", "spleen", "kidneys", "liver_b", "spleen_b", "kidneys_b");
    assertThat(mask(found, "bone")).isEqualTo(only(second, 2));
    assertThat(mask(found, "liver")).isEqualTo(only(first, 3));
    assertThat(mask(found, "liver_b")).isEqualTo(only(second, 3));
    assertThat(mask(found, "bone")).isNotEqualTo(only(first, 2));
  }

  @Test
  void anEnsembleIsTheMeanOfTheProbabilities() throws Exception {
    Path yaml =
        custom(
            """
            nnunet:
              interface: nnunetv2_modelfolder
              networks:
                - {id: "999", alias: first, dataset_directory: Dataset999_Fixture, folds: [0],
                   predict_args: [--disable_tta, -device, cuda],
                   label_order: [lung, bone, liver, spleen, kidneys]}
                - {id: "998", alias: second, dataset_directory: Dataset998_Second, folds: [1],
                   label_order: [lung, bone, liver, spleen, kidneys]}
              ensemble: {inputs: [first, second]}
              combine: {ordered_networks: [ensemble]}
            """);
    Path labels = folder.resolve("ensemble.nii");
    python(
        "ensemble",
        image().toString(),
        labels.toString(),
        folderOf("Dataset999_Fixture").toString(),
        "0",
        folderOf("Dataset998_Second").toString(),
        "1");

    LabelMap found = segmented(customModel(yaml), null);

    assertThat(differing(found, NAMES, ScratchNifti.labels(labels, trunk().grid()))).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "1; {\"for_which_classes\": [2, 3], \"min_valid_object_sizes\": \"None\"}",
        "3; {\"postprocessing_fns\": [\"FUNCTION\", \"FUNCTION\"], \"postprocessing_kwargs\":"
            + " [{\"labels_or_regions\": 2}, {\"labels_or_regions\": 3}]}",
      })
  void thePostProcessingOfAnEnsembleKeepsTheLargestParts(int rank, String rules) throws Exception {
    Path yaml =
        custom(
            """
            nnunet:
              networks:
                - {id: "999", alias: first, dataset_directory: Dataset999_Fixture, folds: [0],
                   predict_args: [--disable_tta], label_order: [lung, bone, liver, spleen, kidneys]}
                - {id: "998", alias: second, dataset_directory: Dataset998_Second, folds: [1],
                   label_order: [lung, bone, liver, spleen, kidneys]}
              ensemble: {inputs: [first, second], postprocessing_json: rules.json}
              combine: {ordered_networks: [ensemble]}
            """);
    Files.writeString(
        yaml.resolveSibling("rules.json"),
        rules.replace("FUNCTION", "remove_all_but_largest_component_from_segmentation"));
    Path labels = folder.resolve("ensemble.nii");
    python(
        "ensemble",
        image().toString(),
        labels.toString(),
        folderOf("Dataset999_Fixture").toString(),
        "0",
        folderOf("Dataset998_Second").toString(),
        "1");
    short[] all = ScratchNifti.labels(labels, trunk().grid());
    python("largest", labels.toString(), Integer.toString(rank), "2", "3");
    short[] largest = ScratchNifti.labels(labels, trunk().grid());

    LabelMap found = segmented(customModel(yaml), null);

    assertThat(differing(found, NAMES, largest)).isZero();
    assertThat(largest).isNotEqualTo(all);
    assertThat(found.findings()).isEmpty();
  }

  @Test
  void weightsComeOutOfAnArchive() throws Exception {
    Path place = Files.createDirectories(folder.resolve("packed"));
    zip(results().resolve("Dataset998_Second"), place.resolve("model998.zip"));
    Path yaml =
        Files.writeString(
            place.resolve("custom_model.yaml"),
            """
            nnunet:
              networks:
                - {id: "998", archive: model998.zip, dataset_directory: Dataset998_Second,
                   label_order: [lung, bone, liver, spleen, kidneys]}
            """);

    assertThat(WorkerChecks.problems(options(customModel(yaml)))).isEmpty();
    LabelMap found = segmented(customModel(yaml), null);

    assertThat(differing(found, NAMES, predicted("Dataset998_Second", "RAS"))).isZero();
    try (Stream<Path> left = Files.list(place)) {
      assertThat(left).hasSize(2);
    }
  }

  private static void zip(Path source, Path archive) throws IOException {
    try (Stream<Path> files = Files.walk(source);
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(archive))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(
            new ZipEntry(String.valueOf(source.resolveSibling(".").normalize().relativize(file))));
        Files.copy(file, out);
      }
    }
  }

  @Test
  void theAgreementWithAReferenceIsARemark() throws Exception {
    Path yaml =
        custom(
            """
            nnunet:
              networks:
                - {id: "998", dataset_directory: Dataset998_Second, dice_reference_glob: "X/GTV*.nii.gz",
                   label_order: [lung, bone, liver, spleen, kidneys]}
            """);
    short[] second = predicted("Dataset998_Second", "RAS");
    short[] gtv = new short[second.length];
    for (int i = 0; i < gtv.length; i++) {
      gtv[i] = (short) (second[i] == 2 ? 1 : 0);
    }

    LabelMap found = segmented(customModel(yaml), known(gtv, "GTV-1"));

    assertThat(found.structures())
        .filteredOn(structure -> structure.name().equals("bone"))
        .singleElement()
        .extracting(LabelledStructure::description)
        .asString()
        .endsWith("Dice 1.000 with reference");
    assertThat(found.structures())
        .filteredOn(structure -> structure.name().equals("lung"))
        .singleElement()
        .extracting(LabelledStructure::description)
        .asString()
        .endsWith("Dice 0.000 with reference");
  }

  @Test
  void modelsThatTakeTurnsKeepTheirLabelsLoadedOrNot() throws Exception {
    WorkerModel total = WorkerModel.totalSegmentator("total", WorkerModel.Resolution.FAST);
    WorkerModel second = nnunet("Dataset998_Second");
    short[] alone = predicted("Dataset998_Second", "RAS");
    for (int loadedModels : List.of(2, 1)) {
      long pid = pid(options(second, loadedModels));
      short[] first = null;
      for (int turn = 0; turn < 2; turn++) {
        LabelMap found = segmented(options(total, loadedModels), null, "CT");
        assertThat(differing(segmented(options(second, loadedModels), null, "CT"), NAMES, alone))
            .isZero();
        short[] labels = found.layers().get(0).labels();
        assertThat(labels).isEqualTo(first == null ? labels : first);
        first = labels;
      }
      assertThat(pid(options(total, loadedModels))).isEqualTo(pid);
    }
  }

  /** The process that serves these options. */
  private static long pid(WorkerOptions options) throws Exception {
    WorkerProcess worker = WorkerPool.ofThisJvm().borrow(options, Device.CPU);
    WorkerPool.ofThisJvm().giveBack(options, worker);
    return worker.pid();
  }

  @Test
  void anAnchorChoosesTheComponentNearToIt() throws Exception {
    Path yaml = anchored("specialist_reference", "anchor_glob: 'X/GTV-1*-*.nii.gz'");
    short[] bones = predicted("Dataset999_Fixture", "RAS");
    short[] gtv = new short[bones.length];
    int at = firstOf(bones, 2);
    gtv[at] = 1;

    LabelMap found = segmented(customModel(yaml), known(gtv, "GTV-1vis-2"));

    byte[] kept = mask(found, "bone");
    assertThat(count(kept)).isPositive().isLessThanOrEqualTo(count(bones, 2));
    for (int i = 0; i < kept.length; i++) {
      assertThat(kept[i] == 1 && bones[i] != 2).isFalse();
    }
    assertThat(found.findings()).isEmpty();
  }

  @Test
  void withoutItsAnchorANetworkFindsNothingAndSaysSo() throws Exception {
    Path yaml = anchored("specialist_reference", "anchor_glob: 'X/GTV-1*-*.nii.gz'");

    LabelMap found = segmented(customModel(yaml), known(new short[voxels()], "heart"));

    assertThat(count(mask(found, "bone"))).isZero();
    assertThat(found.findings())
        .extracting(Finding::code)
        .containsExactly(Finding.Code.SEGMENTER_DEGRADED);
  }

  @Test
  void aBoxOfTheCourseIsAnAnchor() throws Exception {
    Path yaml = anchored("rider_clinician_bbox", "anchor_manifest_path: boxes.json");
    Files.writeString(
        yaml.resolveSibling("boxes.json"),
        "{\"" + course().key() + "\": {\"bbox_zyx\": [[0, 0, 0], [27, 33, 31]]}}");

    LabelMap found = segmented(customModel(yaml), null);

    assertThat(count(mask(found, "bone"))).isPositive();
  }

  @Test
  void masksAreConfinedToTheKnownLungs() throws Exception {
    Path yaml =
        custom(
            """
            nnunet:
              networks:
                - {id: "999", dataset_directory: Dataset999_Fixture, folds: [0],
                   label_order: [lung, bone, liver, spleen, kidneys],
                   postprocessing: {confine_to_lung_mask: true, min_component_volume_cm3: 0.1}}
            """);
    short[] half = new short[voxels()];
    Arrays.fill(half, 0, half.length / 2, (short) 1);

    LabelMap found = segmented(customModel(yaml), known(half, "Lung_L"));

    byte[] liver = mask(found, "liver");
    for (int i = half.length / 2; i < half.length; i++) {
      assertThat(liver[i]).isZero();
    }
  }

  @Test
  void theBackEndOnnxHasTheLabelsOfThePredictor() throws Exception {
    ObjectMapper json = new ObjectMapper();
    ObjectNode model = json.createObjectNode().put("kind", "nnunet").put("orientation", "SAR");
    model.set("plans", json.readTree(resources().resolve("plans.json").toFile()));
    model.set("dataset", json.readTree(resources().resolve("dataset.json").toFile()));
    model.put("configuration", "3d_fullres");
    for (int axis = 0; axis < 3; axis++) {
      model.withArray("mirror_axes").add(axis);
    }
    for (int fold = 0; fold < 2; fold++) {
      model
          .withArray("networks")
          .add(resources().resolve("fold_" + fold + "/model.onnx").toString());
    }
    Path place = Files.createDirectories(folder.resolve("onnx"));
    Files.writeString(place.resolve("model.json"), model.toString());
    short[] alone = predicted("Dataset999_Fixture", "RAS");

    LabelMap found =
        OnnxBackEnd.open(OnnxOptions.of(place.toString())).segment(input(null, "CT"), Device.CPU);

    assertThat(differing(found, NAMES, alone))
        .isLessThanOrEqualTo((int) (HALF_PRECISION_SHARE * alone.length));
  }

  private Path anchored(String source, String rule) throws IOException {
    return custom(
        """
        nnunet:
          networks:
            - id: "999"
              dataset_directory: Dataset999_Fixture
              folds: [0, 1]
              label_order: [lung, bone, liver, spleen, kidneys]
              postprocessing:
                anchor_source: SOURCE
                anchor_max_distance_cm: 50
                min_component_volume_cm3: 0.1
                RULE
        """
            .replace("SOURCE", source)
            .replace("RULE", rule));
  }

  private Path custom(String text) throws IOException {
    Path place = Files.createDirectories(folder.resolve("custom"));
    Files.createSymbolicLink(place.resolve("nnUNet_results"), results());
    return Files.writeString(place.resolve("custom_model.yaml"), text);
  }

  private static WorkerModel customModel(Path yaml) {
    return new WorkerModel(
        WorkerModel.Kind.CUSTOM,
        "",
        WorkerModel.Resolution.FULL,
        List.of(),
        yaml.toString(),
        "RAS");
  }

  private static WorkerModel nnunet(String dataset) {
    return new WorkerModel(
        WorkerModel.Kind.NNUNET,
        "",
        WorkerModel.Resolution.FULL,
        List.of(),
        folderOf(dataset).toString(),
        "RAS");
  }

  private static WorkerOptions options(WorkerModel model) {
    return options(model, WorkerLimits.DEFAULT.loadedModels());
  }

  private static WorkerOptions options(WorkerModel model, int loadedModels) {
    WorkerLimits limits = WorkerLimits.DEFAULT;
    return new WorkerOptions(
        List.of(System.getenv(PYTHON), WorkerOptions.SHIPPED),
        Device.Kind.CPU,
        model,
        new WorkerLimits(
            limits.start(),
            limits.silence(),
            limits.stall(),
            limits.course(),
            limits.idle(),
            limits.shutdown(),
            limits.coursesPerProcess(),
            loadedModels),
        1,
        List.of(),
        weights().toString(),
        "");
  }

  private LabelMap segmented(WorkerModel model, @Nullable LabelMap known) throws Exception {
    return segmented(model, known, "CT");
  }

  private LabelMap segmented(WorkerModel model, @Nullable LabelMap known, String modality)
      throws Exception {
    return segmented(options(model), known, modality);
  }

  private LabelMap segmented(WorkerOptions options, @Nullable LabelMap known, String modality)
      throws Exception {
    return new WorkerBackEnd(options).segment(input(known, modality), Device.CPU);
  }

  private SegmentationInput input(@Nullable LabelMap known, String modality) throws IOException {
    return new SegmentationInput(
        course(),
        "1.2.3",
        modality,
        trunk(),
        Files.createDirectories(folder.resolve("scratch")),
        known);
  }

  private static CourseId course() {
    return new CourseId("abcdefghijklmnopqrstuvwxyz");
  }

  private static LabelMap known(short[] labels, String name) {
    return LabelMap.of(
        trunk().grid(),
        labels,
        List.of(new LabelledStructure(1, name, "drawn", "", StructureCode.TISSUE)));
  }

  /** Labels by nnUNetPredictor alone. */
  private short[] predicted(String dataset, String orientation) throws Exception {
    Path labels = folder.resolve(dataset + "-" + orientation + ".nii");
    python(
        "predict",
        folderOf(dataset).toString(),
        orientation,
        image().toString(),
        labels.toString());
    return ScratchNifti.labels(labels, trunk().grid());
  }

  private static void python(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(System.getenv(PYTHON), SCRIPT.toString()));
    command.addAll(List.of(words));
    Path log = shared.resolve("python.log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(Files.readString(log)).isZero();
  }

  /** Voxels whose structure is not the one whose place in the list is the label. */
  private static int differing(LabelMap found, List<String> names, short[] alone) {
    short[] mine = new short[alone.length];
    for (int at = 0; at < names.size(); at++) {
      byte[] mask = mask(found, names.get(at));
      for (int i = 0; i < mask.length; i++) {
        if (mask[i] == 1) {
          mine[i] = (short) (at + 1);
        }
      }
    }
    int differing = 0;
    for (int i = 0; i < mine.length; i++) {
      differing += mine[i] == alone[i] ? 0 : 1;
    }
    return differing;
  }

  private static byte[] mask(LabelMap found, String name) {
    return found.structures().stream()
        .filter(structure -> structure.name().equals(name))
        .findFirst()
        .map(found::mask)
        .orElseThrow();
  }

  private static byte[] only(short[] labels, int value) {
    byte[] mask = new byte[labels.length];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = (byte) (labels[i] == value ? 1 : 0);
    }
    return mask;
  }

  private static int count(short[] labels, int value) {
    return count(only(labels, value));
  }

  private static int count(byte[] mask) {
    int count = 0;
    for (byte inside : mask) {
      count += inside;
    }
    return count;
  }

  private static int[] counts(short[] labels) {
    int[] counts = new int[256];
    for (short label : labels) {
      counts[label]++;
    }
    return counts;
  }

  private static int firstOf(short[] labels, int value) {
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] == value) {
        return i;
      }
    }
    throw new AssertionError("the model finds no label " + value);
  }

  private static int voxels() {
    return (int) trunk().grid().voxels();
  }

  /** HU of a trunk: body, two lungs, liver, a spine, and noise that a seedless formula makes. */
  private static ImageVolume trunk() {
    VoxelGrid grid = VoxelGrid.axial(32, 34, 28, new Point(-80, -85, -84), 5, 5, 6);
    float[] valuesHu = new float[(int) grid.voxels()];
    for (int i = 0; i < valuesHu.length; i++) {
      int x = i % 32;
      int y = i / 32 % 34;
      int z = i / (32 * 34);
      int noise = (int) ((x * 7919L + y * 104729L + z * 1299709L + 31L * x * y) % 41) - 20;
      valuesHu[i] = noise + hu(x, y, z);
    }
    return new ImageVolume(grid, valuesHu);
  }

  private static int hu(int x, int y, int z) {
    if (!within(x, y, 0, 16, 17, 0, 14, 14, 1)) {
      return -1000;
    }
    if (within(x, y, z, 9, 15, 22, 4, 6, 9) || within(x, y, z, 23, 15, 22, 4, 6, 9)) {
      return -810;
    }
    if (within(x, y, z, 11, 17, 6, 6, 7, 8)) {
      return 105;
    }
    return within(x, y, 0, 16, 25, 0, 3, 3, 1) ? 420 : 10;
  }

  private static boolean within(
      int x, int y, int z, int cx, int cy, int cz, double rx, double ry, double rz) {
    double dx = (x - cx) / rx;
    double dy = (y - cy) / ry;
    double dz = (z - cz) / rz;
    return dx * dx + dy * dy + dz * dz <= 1;
  }

  private static Path image() {
    return shared.resolve("image.nii");
  }

  private static Path weights() {
    return shared.resolve("weights");
  }

  private static Path results() {
    return shared.resolve("nnUNet_results");
  }

  private static Path folderOf(String dataset) {
    try (Stream<Path> trained = Files.list(results().resolve(dataset))) {
      return trained.findFirst().orElse(results().resolve(dataset).resolve(TRAINED));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path resources() {
    try {
      return Path.of(
              Objects.requireNonNull(
                      InstalledModelsTest.class.getResource("/segmentation/unet/plans.json"))
                  .toURI())
          .getParent();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
