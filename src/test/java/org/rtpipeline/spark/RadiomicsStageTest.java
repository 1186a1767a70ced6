package org.rtpipeline.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rtpipeline.dicom.ContourImages;
import org.rtpipeline.dicom.CtImageWriter;
import org.rtpipeline.dicom.RtStructWriter;
import org.rtpipeline.dicom.SeriesContext;
import org.rtpipeline.dicom.StudyContext;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.model.Contour;
import org.rtpipeline.model.Course;
import org.rtpipeline.model.CourseDataException;
import org.rtpipeline.model.CourseId;
import org.rtpipeline.model.DoseDecision;
import org.rtpipeline.model.DoseDecision.Rule;
import org.rtpipeline.model.FileRef;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.ImageSeries;
import org.rtpipeline.model.InstanceHeader;
import org.rtpipeline.model.ObjectFacts;
import org.rtpipeline.model.Outcome;
import org.rtpipeline.model.Roi;
import org.rtpipeline.model.StructureSet;
import org.rtpipeline.model.TableRecord;
import org.rtpipeline.model.Tracer;
import org.rtpipeline.organize.OutcomeRow;
import org.rtpipeline.radiomics.IbsiParameters;
import org.rtpipeline.radiomics.ParameterSet;
import org.rtpipeline.radiomics.RadiomicsDiagnosticsRow;
import org.rtpipeline.radiomics.RadiomicsMode;
import org.rtpipeline.radiomics.RadiomicsOptions;
import org.rtpipeline.radiomics.RadiomicsRow;
import org.rtpipeline.radiomics.RadiomicsSettings;
import org.rtpipeline.radiomics.RadiomicsSettings.LargeRois;
import org.rtpipeline.radiomics.TableFeature;

final class RadiomicsStageTest {

  private static final String FRAME = "1.2.3.9";
  private static final String OTHER_FRAME = "1.2.3.99";
  private static final String CT = "1.2.3.5";
  private static final String MR = "1.2.3.55";
  private static final String SET = "1.2.3.6.1";
  private static final SeriesContext SERIES =
      new SeriesContext(
          CT,
          1,
          "Made",
          new SeriesContext.Equipment("Maker", "Model", "1"),
          LocalDateTime.of(2024, 2, 3, 4, 5));

  /** Bytes of the objects by their UIDs, which are their paths too. */
  private final TreeMap<String, byte[]> files = new TreeMap<>();

  private final List<InstanceHeader> sets = new ArrayList<>();
  private final List<ImageSeries> others = new ArrayList<>();
  private @Nullable ImageSeries ct;

  @BeforeEach
  void makeCt() throws IOException {
    ct = series(CT, "CT", FRAME, 3, 6, 9, 12, 15, 18, 21);
  }

  @Test
  void everyRegionHasItsFeaturesAndARowOfDiagnostics() throws Exception {
    set(SET, FRAME, box(1, 10, 20), box(2, 8, 24));

    Outcome<StageRows> outcome = apply(settings());

    assertThat(kind(outcome)).isEqualTo(Outcome.Kind.DONE);
    assertThat(outcome.findings()).isEmpty();
    assertThat(features(outcome)).hasSize(2 * 107).allMatch(row -> row.reason() == null);
    RadiomicsDiagnosticsRow first = diagnostics(outcome).get(0);
    assertThat(first.features()).isEqualTo(107);
    assertThat(first.reason()).isNull();
    assertThat(first.region().seriesUid()).isEqualTo(CT);
    assertThat(first.region().segmentationSource()).isEqualTo("Manual");
    assertThat(first.ends().touchesImageBorder()).isFalse();
    assertThat(first.head().outcome()).isEqualTo(Outcome.Kind.DONE);
    assertThat(first.head().stageKey()).hasSize(64);
  }

  @Test
  void voxelsAreThoseWhoseCentresLieInside() throws Exception {
    set(SET, FRAME, box(1, 10, 20));

    Outcome<StageRows> outcome = apply(settings());

    assertThat(diagnostics(outcome).get(0).facts().maskVoxels()).isEqualTo(5 * 5 * 3);
    assertThat(value(outcome, "original_shape_VoxelVolume")).isEqualTo(5 * 5 * 3 * 2 * 2 * 3);
    double sum = 0;
    for (int k = 2; k <= 4; k++) {
      for (int j = 5; j < 10; j++) {
        for (int i = 5; i < 10; i++) {
          sum += hu(i, j, k);
        }
      }
    }
    assertThat(value(outcome, "original_firstorder_Mean"))
        .isCloseTo(sum / 75, org.assertj.core.data.Offset.offset(1e-9));
  }

  @Test
  void regionsThatAreNotComputedHaveARowThatSaysWhy() throws Exception {
    set(
        SET,
        FRAME,
        named(1, "Couch Surface", box(1, 10, 20)),
        box(2, 10, 13),
        roi(3),
        box(4, 200, 220),
        aslant(5),
        box(6, 10, 20));

    Outcome<StageRows> outcome = apply(settings());

    assertThat(kind(outcome)).isEqualTo(Outcome.Kind.DONE);
    assertThat(diagnostics(outcome))
        .extracting(RadiomicsDiagnosticsRow::reason)
        .containsExactly(
            "the name is on the skip list",
            "the mask holds no more voxels than the lower limit",
            "no closed contour encloses an area",
            "no voxel centre of the image lies inside the contours",
            "the contours lie aslant to the planes of the image",
            null);
    assertThat(diagnostics(outcome))
        .extracting(row -> row.head().findings())
        .containsExactly(
            List.of(Finding.Code.ROI_ON_SKIP_LIST),
            List.of(Finding.Code.ROI_TOO_SMALL),
            List.of(Finding.Code.EMPTY_ROI),
            List.of(Finding.Code.EMPTY_ROI),
            List.of(Finding.Code.CONTOUR_OFF_PLANE),
            List.of());
    assertThat(features(outcome).stream().filter(row -> row.feature() == null)).hasSize(5);
    assertThat(diagnostics(outcome).get(1).facts().maskVoxels()).isEqualTo(12);
  }

  @Test
  void aStageThatComputesNoRegionIsSkippedAndKeepsItsRows() throws Exception {
    set(SET, FRAME, named(1, "BODY", box(1, 10, 20)), roi(2));

    Outcome<StageRows> outcome = apply(settings());

    assertThat(kind(outcome)).isEqualTo(Outcome.Kind.SKIPPED);
    assertThat(diagnostics(outcome)).hasSize(2);
    assertThat(outcome.findings().get(0).code()).isEqualTo(Finding.Code.EMPTY_ROI);
    assertThat(outcome.findings().get(0).message())
        .isEqualTo("none of 2 regions could be computed; 2: no closed contour encloses an area");
  }

  @Test
  void regionsOnTheSkipListAloneAreNoFault() throws Exception {
    set(SET, FRAME, named(1, "BODY", box(1, 10, 20)));

    Outcome<StageRows> outcome = apply(settings());

    assertThat(kind(outcome)).isEqualTo(Outcome.Kind.SKIPPED);
    assertThat(outcome.findings().get(0).code()).isEqualTo(Finding.Code.ROI_ON_SKIP_LIST);
  }

  @Test
  void coursesThatLackSomethingAreLeftOut() throws Exception {
    assertLeftOut(apply(settings()), Finding.Code.NO_STRUCTURE_SET);
    set(SET, FRAME);
    // the second is that of the empty set
    assertLeftOut(apply(settings()), Finding.Code.NO_ROI, Finding.Code.NO_ROI);
    ct = null;
    assertLeftOut(apply(settings()), Finding.Code.NO_PLANNING_CT, Finding.Code.NO_ROI);
  }

  @Test
  void regionsInAnotherFrameThanTheCtSaySo() throws Exception {
    set(SET, OTHER_FRAME, box(1, 10, 20));

    Outcome<StageRows> outcome = apply(settings());

    assertThat(diagnostics(outcome).get(0).head().findings())
        .containsExactly(Finding.Code.ROI_FRAME_OF_REFERENCE);
  }

  @Test
  void magneticResonanceInTheFrameOfTheRegionIsComputedByItsOwnParameters() throws Exception {
    set(SET, FRAME, box(1, 10, 20));
    others.add(series(MR, "MR", FRAME, 3, 6, 9, 12, 15, 18, 21));
    others.add(series("1.2.3.56", "MR", OTHER_FRAME, 3, 6, 9));

    Outcome<StageRows> outcome = apply(settings());

    assertThat(diagnostics(outcome))
        .extracting(row -> row.region().seriesUid() + " " + row.region().parameters())
        .containsExactly(CT + " ct", MR + " mr");
    assertThat(diagnostics(outcome).get(1).ends().touchesImageBorder()).isNull();
    assertThat(features(outcome)).hasSize(2 * 107);
  }

  @Test
  void modalitiesWithoutParametersAreNotComputed() throws Exception {
    set(SET, FRAME, box(1, 10, 20));
    others.add(series(MR, "MR", FRAME, 3, 6, 9));
    RadiomicsSettings onlyCt =
        new RadiomicsSettings(
            Map.of("CT", new ParameterSet("ct", RadiomicsOptions.pyradiomics())),
            List.of(),
            settings().limits());

    assertThat(diagnostics(apply(onlyCt))).hasSize(1);
  }

  @Test
  void positronEmissionThatGivesNoUptakeHasRowsThatSayWhy() throws Exception {
    set(SET, FRAME, box(1, 10, 20));
    others.add(series("1.2.3.57", "PT", FRAME, 3, 6, 9));

    Outcome<StageRows> outcome = apply(withPet());

    assertThat(kind(outcome)).isEqualTo(Outcome.Kind.DONE);
    assertThat(outcome.findings()).extracting(Finding::code).containsExactly(Finding.Code.NO_SUV);
    assertThat(diagnostics(outcome).get(1).reason())
        .isEqualTo(
            "missing_required_corrections: corrected image (0028,0051) lacks ATTN, SCAT, DECY");
    assertThat(diagnostics(outcome).get(1).region().parameters()).isEqualTo("none");
  }

  @Test
  void positronEmissionInAnotherFrameIsNamedOnce() throws Exception {
    set(SET, FRAME, box(1, 10, 20));
    others.add(series("1.2.3.57", "PT", OTHER_FRAME, 3, 6, 9));

    Outcome<StageRows> outcome = apply(withPet());

    assertThat(diagnostics(outcome)).hasSize(1);
    assertThat(outcome.findings()).extracting(Finding::code).containsExactly(Finding.Code.NO_SUV);
  }

  @Test
  void regionsWithoutAnyImageInTheirFrameSkipTheStage() throws Exception {
    ct = null;
    set(SET, FRAME, box(1, 10, 20));
    others.add(series(MR, "MR", OTHER_FRAME, 3, 6, 9));

    Outcome<StageRows> outcome = apply(settings());

    assertThat(kind(outcome)).isEqualTo(Outcome.Kind.SKIPPED);
    assertThat(outcome.findings())
        .extracting(Finding::code)
        .containsExactly(Finding.Code.ROI_FRAME_OF_REFERENCE);
  }

  @Test
  void imagesWithUnequalPlanesAreNamed() throws Exception {
    ct = series(CT, "CT", FRAME, 3, 6, 9, 12, 15, 19.5, 24);
    set(SET, FRAME, box(1, 10, 20));

    Outcome<StageRows> outcome = apply(settings());

    assertThat(kind(outcome)).isEqualTo(Outcome.Kind.SKIPPED);
    assertThat(diagnostics(outcome).get(0).reason())
        .isEqualTo("the planes of the image are unequally far apart");
  }

  @Test
  void anImageThatCannotBeReadFailsItsRegionsAlone() throws Exception {
    set(SET, FRAME, box(1, 10, 20));
    others.add(series(MR, "MR", FRAME, 3, 6, 9, 12, 15, 18, 21));
    files.put(MR + ".2", new byte[300]);

    Outcome<StageRows> outcome = apply(settings());

    assertThat(diagnostics(outcome))
        .extracting(row -> row.head().outcome())
        .first()
        .isEqualTo(Outcome.Kind.DONE);
    assertThat(diagnostics(outcome).get(1).head().outcome()).isNotEqualTo(Outcome.Kind.DONE);
    assertThat(diagnostics(outcome).get(1).reason()).isNotBlank();
  }

  @Test
  void largeRegionsAreComputedInPartOrNotAtAll() throws Exception {
    set(SET, FRAME, box(1, 8, 24), box(2, 10, 20));

    Outcome<StageRows> reduced = apply(settings(180, LargeRois.REDUCED));
    Outcome<StageRows> skipped = apply(settings(180, LargeRois.SKIP));

    assertThat(diagnostics(reduced))
        .extracting(row -> row.region().parameters() + " " + row.features())
        .containsExactly("ct 0", "ct 107");
    assertThat(diagnostics(apply(settings(300, LargeRois.REDUCED))).get(0).features())
        .isEqualTo(107);
    assertThat(diagnostics(skipped).get(0).head().findings())
        .containsExactly(Finding.Code.ROI_TOO_LARGE);
  }

  @Test
  void aRegionThatIsLargeAfterResamplingKeepsShapeAndFirstOrder() throws Exception {
    set(SET, FRAME, box(1, 10, 20));
    RadiomicsOptions fine =
        RadiomicsOptions.pyradiomics()
            .withResampling(
                new RadiomicsOptions.Resampling(
                    1, 1, 1, RadiomicsOptions.Interpolation.BSPLINE, 5));
    RadiomicsSettings settings =
        new RadiomicsSettings(
            Map.of("CT", new ParameterSet("fine", fine)),
            List.of(),
            new RadiomicsSettings.Limits(64, 300, LargeRois.REDUCED, 1 << 24));

    Outcome<StageRows> outcome = apply(settings);

    assertThat(diagnostics(outcome).get(0).region().parameters()).isEqualTo("fine (reduced)");
    assertThat(diagnostics(outcome).get(0).features()).isEqualTo(14 + 18);
    assertThat(outcome.findings())
        .extracting(Finding::code)
        .containsExactly(Finding.Code.ROI_TOO_LARGE);
  }

  @Test
  void theModeIbsiHasRowsOfItsOwn() throws Exception {
    set(SET, FRAME, box(1, 10, 20), box(2, 10, 13));
    String yaml =
        """
        mode: ibsi
        levels: {number: 8}
        volume-histogram: definite
        textures: [2.5D]
        responses:
          mean-3: {filter: mean, size-voxels: 3}
        """;
    RadiomicsSettings settings =
        new RadiomicsSettings(
            Map.of("CT", new ParameterSet("mine", IbsiParameters.read(yaml))),
            List.of(),
            new RadiomicsSettings.Limits(64, 1_000_000, LargeRois.REDUCED, 1 << 24));

    Outcome<StageRows> outcome = apply(settings);

    List<RadiomicsRow> rows = features(outcome);
    assertThat(rows).allMatch(row -> row.region().mode() == RadiomicsMode.IBSI);
    assertThat(rows.stream().map(RadiomicsRow::feature))
        .contains(
            new TableFeature(
                "original", "morphology", "morph_vol_approx", "YEKZ", "", 5 * 5 * 3 * 12.0))
        .anyMatch(
            feature ->
                feature != null
                    && feature.feature().equals("cm_contrast")
                    && feature.aggregation().equals("2.5D_merged ZW7Z"))
        .anyMatch(feature -> feature != null && feature.imageType().equals("mean-3"));
    RadiomicsDiagnosticsRow first = diagnostics(outcome).get(0);
    assertThat(first.facts().usedVoxels()).isEqualTo(75);
    assertThat(first.facts().used()).isEqualTo(first.facts().mask());
    assertThat(diagnostics(outcome).get(1).reason())
        .isEqualTo("the mask holds no more voxels than the lower limit");
  }

  @Test
  void largeRegionsOfTheModeIbsiKeepAllButTexturesAndResponses() throws Exception {
    set(SET, FRAME, box(1, 10, 20));
    String yaml =
        """
        mode: ibsi
        levels: {number: 8}
        volume-histogram: definite
        textures: [3D]
        interpolation: {spacing-mm: [1, 1, 1]}
        responses:
          mean-3: {filter: mean, size-voxels: 3}
        """;
    RadiomicsSettings settings =
        new RadiomicsSettings(
            Map.of("CT", new ParameterSet("fine", IbsiParameters.read(yaml))),
            List.of(),
            new RadiomicsSettings.Limits(64, 300, LargeRois.REDUCED, 1 << 24));

    Outcome<StageRows> outcome = apply(settings);

    assertThat(diagnostics(outcome).get(0).region().parameters()).isEqualTo("fine (reduced)");
    assertThat(features(outcome))
        .hasSize(79)
        .allMatch(row -> row.feature() != null && row.feature().aggregation().isEmpty());
  }

  @Test
  void anErrorOfOursInOneRegionFailsThatRowAlone() throws Exception {
    set(SET, FRAME, box(1, 10, 20), box(2, 10, 20), box(3, 10, 20));
    RadiomicsStage stage =
        new RadiomicsStage(
            settings(),
            Runs.PET,
            (image, roi, mask) -> {
              if (roi.number() == 2) {
                throw new IllegalStateException("secret");
              }
              return image.of(mask);
            });

    Outcome<StageRows> outcome = apply(stage);

    assertThat(kind(outcome)).isEqualTo(Outcome.Kind.FAILED);
    assertThat(diagnostics(outcome))
        .extracting(row -> row.head().outcome())
        .containsExactly(Outcome.Kind.DONE, Outcome.Kind.FAILED, Outcome.Kind.DONE);
    assertThat(diagnostics(outcome).get(1).reason())
        .contains("IllegalStateException")
        .doesNotContain("secret");
  }

  @Test
  void theKeyFollowsTheParametersAndTheSkipList() {
    RadiomicsStage one = new RadiomicsStage(settings(), Runs.PET);
    RadiomicsStage same = new RadiomicsStage(settings(), Runs.PET);
    RadiomicsStage other = new RadiomicsStage(settings(99, LargeRois.SKIP), Runs.PET);
    assertThat(one.configuration()).isEqualTo(same.configuration());
    assertThat(one.configuration()).isNotEqualTo(other.configuration());
    assertThat(one.configuration()).contains("\"skipped\":[\"body\",\"couchsurface\"]");
  }

  private static RadiomicsSettings withPet() {
    ParameterSet set = new ParameterSet("fdg", RadiomicsOptions.pyradiomics());
    return new RadiomicsSettings(
        settings().parameters(),
        Map.of(Tracer.Family.FDG, set),
        settings().skipped(),
        settings().limits());
  }

  private static RadiomicsSettings settings() {
    return settings(1_000_000, LargeRois.REDUCED);
  }

  private static RadiomicsSettings settings(long maxVoxels, LargeRois largeRois) {
    RadiomicsOptions plain = RadiomicsOptions.pyradiomics();
    return new RadiomicsSettings(
        Map.of("CT", new ParameterSet("ct", plain), "MR", new ParameterSet("mr", plain)),
        List.of("body", "couchsurface"),
        new RadiomicsSettings.Limits(64, maxVoxels, largeRois, 1 << 24));
  }

  private Outcome<StageRows> apply(RadiomicsSettings settings) throws CourseDataException {
    return apply(new RadiomicsStage(settings, Runs.PET));
  }

  private Outcome<StageRows> apply(RadiomicsStage stage) throws CourseDataException {
    Course course = course();
    TreeMap<String, byte[]> opened = files;
    CourseData data = new CourseData(course, path -> new ByteArrayInputStream(opened.get(path)));
    return stage.apply(course, data);
  }

  private Course course() {
    return new Course(
        new CourseId("c"),
        "P1",
        "2024-02",
        ct,
        new Course.Objects(sets, List.of(), List.of(), List.of(), List.of()),
        others,
        new DoseDecision(Rule.NO_DOSES, List.of(), List.of(), "as tested"),
        List.of());
  }

  private Outcome.Kind kind(Outcome<StageRows> outcome) {
    return new StageResult<>(
            course(), StageName.RADIOMICS, OutcomeRow.Structures.CLINICAL, "key", outcome)
        .kind();
  }

  private static void assertLeftOut(Outcome<StageRows> outcome, Finding.Code... codes) {
    assertThat(outcome).isInstanceOf(Outcome.Skipped.class);
    assertThat(outcome.findings()).extracting(Finding::code).containsExactly(codes);
  }

  private static List<TableRecord> all(Outcome<StageRows> outcome) {
    return outcome.fold(done -> done.value().rows(), skipped -> List.of(), failed -> List.of());
  }

  private static List<RadiomicsRow> features(Outcome<StageRows> outcome) {
    return all(outcome).stream()
        .filter(RadiomicsRow.class::isInstance)
        .map(RadiomicsRow.class::cast)
        .toList();
  }

  private static List<RadiomicsDiagnosticsRow> diagnostics(Outcome<StageRows> outcome) {
    return all(outcome).stream()
        .filter(RadiomicsDiagnosticsRow.class::isInstance)
        .map(RadiomicsDiagnosticsRow.class::cast)
        .toList();
  }

  private static double value(Outcome<StageRows> outcome, String name) {
    return features(outcome).stream()
        .map(RadiomicsRow::feature)
        .flatMap(feature -> Optional.ofNullable(feature).stream())
        .filter(
            feature ->
                String.join("_", feature.imageType(), feature.family(), feature.feature())
                    .equals(name))
        .mapToDouble(TableFeature::value)
        .findFirst()
        .orElseThrow();
  }

  /** A box from 7.5 to 16.5 mm along z: three planes of 3 mm. */
  private static Roi box(int number, double lowMm, double highMm) {
    return roi(
        number,
        IntStream.of(9, 12, 15)
            .mapToObj(
                z ->
                    new Contour(
                        Contour.Type.CLOSED_PLANAR,
                        new double[] {
                          lowMm, lowMm, z, highMm, lowMm, z, highMm, highMm, z, lowMm, highMm, z
                        },
                        null))
            .toArray(Contour[]::new));
  }

  private static Roi aslant(int number) {
    return roi(
        number,
        new Contour(
            Contour.Type.CLOSED_PLANAR, new double[] {10, 10, 6, 20, 10, 6, 20, 20, 15}, null));
  }

  private static Roi named(int number, String name, Roi like) {
    return new Roi(number, name, "ORGAN", null, null, like.contours());
  }

  private static Roi roi(int number, Contour... contours) {
    return new Roi(number, "Region " + number, "ORGAN", null, null, List.of(contours));
  }

  private static StudyContext study(String frame) {
    return new StudyContext("P1", "A^B", "O", "1.2.3", "1", null, null, frame);
  }

  private void set(String uid, String frame, Roi... rois) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    RtStructWriter.write(
        study(frame),
        SERIES,
        new StructureSet(uid, "Set", null, null, List.of(rois), List.of()),
        new ContourImages("1.2.3", CT, List.of(CT + ".1")),
        out);
    files.put(uid, out.toByteArray());
    sets.clear();
    sets.add(
        header(
            uid, out.size(), new ObjectFacts.Structures("Set", null, null, List.of(), out.size())));
  }

  /** Noise of whole HU, the same in every series. */
  private static int hu(int i, int j, int k) {
    return (i * 7919 + j * 104_729 + k * 1_299_709) % 300 - 150;
  }

  /** A series of 21 x 21 voxels of 2 mm a plane. */
  private ImageSeries series(String uid, String modality, String frame, double... planesMm)
      throws IOException {
    List<InstanceHeader> slices = new ArrayList<>();
    for (int k = 0; k < planesMm.length; k++) {
      VoxelGrid plane = VoxelGrid.axial(21, 21, 1, new Point(0, 0, planesMm[k]), 2, 2, 3);
      short[] values = new short[21 * 21];
      for (int v = 0; v < values.length; v++) {
        values[v] = (short) hu(v % 21, v / 21, k);
      }
      String slice = uid + "." + (k + 1);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      CtImageWriter.write(
          study(frame), SERIES, new CtImageWriter.Slice(slice, plane, 0, "CHEST"), values, out);
      files.put(slice, out.toByteArray());
      slices.add(
          header(
              slice,
              out.size(),
              new ObjectFacts.Image(
                  null,
                  List.of(),
                  k + 1,
                  21,
                  21,
                  1,
                  List.of(0.0, 0.0, planesMm[k]),
                  List.of(1.0, 0.0, 0.0, 0.0, 1.0, 0.0))));
    }
    return new ImageSeries(uid, "1.2.3", frame, modality, slices);
  }

  private static InstanceHeader header(String uid, int bytes, ObjectFacts facts) {
    return new InstanceHeader(
        new FileRef(uid, bytes, 0),
        "class",
        uid,
        "P1",
        "1.2.3",
        "1.2.3.4",
        null,
        "RT",
        List.of(),
        facts,
        List.of());
  }
}
