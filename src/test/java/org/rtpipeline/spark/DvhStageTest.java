package org.rtpipeline.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.SerializableConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.rtpipeline.dicom.ContourImages;
import org.rtpipeline.dicom.CtImageWriter;
import org.rtpipeline.dicom.RtDoseWriter;
import org.rtpipeline.dicom.RtStructWriter;
import org.rtpipeline.dicom.SeriesContext;
import org.rtpipeline.dicom.StudyContext;
import org.rtpipeline.dvh.AlphaBeta;
import org.rtpipeline.dvh.ConstraintSet;
import org.rtpipeline.dvh.DvhConstraintRow;
import org.rtpipeline.dvh.DvhCurveRow;
import org.rtpipeline.dvh.DvhMetric;
import org.rtpipeline.dvh.DvhMetricRow;
import org.rtpipeline.dvh.DvhOptions;
import org.rtpipeline.dvh.DvhRequest;
import org.rtpipeline.dvh.DvhRow;
import org.rtpipeline.dvh.MetricRequest;
import org.rtpipeline.dvh.MetricValue;
import org.rtpipeline.fixture.SharedSpark;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.model.Contour;
import org.rtpipeline.model.Course;
import org.rtpipeline.model.CourseDataException;
import org.rtpipeline.model.CourseId;
import org.rtpipeline.model.DoseDecision;
import org.rtpipeline.model.DoseDecision.Rule;
import org.rtpipeline.model.DoseGrid;
import org.rtpipeline.model.FileRef;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.ImageSeries;
import org.rtpipeline.model.InstanceHeader;
import org.rtpipeline.model.ObjectFacts;
import org.rtpipeline.model.Outcome;
import org.rtpipeline.model.Reference;
import org.rtpipeline.model.Roi;
import org.rtpipeline.model.StructureSet;
import org.rtpipeline.model.TableRecord;
import org.rtpipeline.organize.OutcomeRow;

final class DvhStageTest {

  private static final String FRAME = "1.2.3.9";
  private static final String SET = "1.2.3.6.1";
  private static final String OTHER_SET = "1.2.3.6.2";
  private static final String PLAN = "1.2.3.7.1";
  private static final String DOSE = "1.2.3.8.1";
  private static final String OTHER_DOSE = "1.2.3.8.2";
  private static final VoxelGrid GRID = VoxelGrid.axial(21, 21, 7, Point.ORIGIN, 2, 2, 3);
  private static final SeriesContext SERIES =
      new SeriesContext(
          "1.2.3.4",
          1,
          "Made",
          new SeriesContext.Equipment("Maker", "Model", "1"),
          LocalDateTime.of(2024, 2, 3, 4, 5));
  private static final ContourImages IMAGES =
      new ContourImages("1.2.3", "1.2.3.5", List.of("1.2.3.5.1"));

  /** Bytes of the objects by their UIDs, which are their paths too. */
  private final TreeMap<String, byte[]> files = new TreeMap<>();

  private final List<InstanceHeader> sets = new ArrayList<>();
  private final List<InstanceHeader> doses = new ArrayList<>();
  private final List<InstanceHeader> plans = new ArrayList<>();
  private final List<InstanceHeader> slices = new ArrayList<>();
  private DvhRequest request = DvhRequest.STANDARD;

  @Test
  void aCourseWithoutStructureSetIsLeftOut() throws IOException, CourseDataException {
    dose(DOSE, GRID, FRAME, "PLAN");

    assertLeftOut(apply(Rule.SINGLE_DOSE, DOSE), Finding.Code.NO_STRUCTURE_SET);
  }

  @Test
  void aCourseWithoutDoseIsLeftOut() throws IOException, CourseDataException {
    set(SET, FRAME, inside(1));

    assertLeftOut(apply(Rule.NO_DOSES), Finding.Code.NO_DOSE);
  }

  @Test
  void aCourseWithoutChosenDoseIsLeftOut() throws IOException, CourseDataException {
    set(SET, FRAME, inside(1));
    dose(DOSE, GRID, FRAME, "PLAN");

    Outcome<StageRows> outcome = apply(Rule.AMBIGUOUS_NO_SUM);

    assertLeftOut(outcome, Finding.Code.AMBIGUOUS_DOSE);
    assertThat(outcome.findings().get(0).message()).isEqualTo("AMBIGUOUS_NO_SUM: as tested");
  }

  @Test
  void aCourseWhoseStructureSetsHaveNoRegionIsLeftOut() throws IOException, CourseDataException {
    set(SET, FRAME);
    dose(DOSE, GRID, FRAME, "PLAN");

    Outcome<StageRows> outcome = apply(Rule.SINGLE_DOSE, DOSE);

    assertThat(outcome).isInstanceOf(Outcome.Skipped.class);
    assertThat(outcome.findings())
        .extracting(finding -> finding.level() + " " + finding.code() + " " + finding.subject())
        .containsExactly("SKIP_STAGE NO_ROI c", "WARN NO_ROI " + SET);
  }

  @Test
  void aStructureSetWithoutRegionsIsFlaggedBesideOneWithRegions()
      throws IOException, CourseDataException {
    set(SET, FRAME);
    set(OTHER_SET, FRAME, inside(1));
    dose(DOSE, GRID, FRAME, "PLAN");

    Outcome<StageRows> outcome = apply(Rule.SINGLE_DOSE, DOSE);

    assertThat(kind(outcome)).isEqualTo(Outcome.Kind.DONE);
    assertThat(rows(outcome)).hasSize(1);
    assertThat(outcome.findings())
        .anySatisfy(
            finding -> {
              assertThat(finding.code()).isEqualTo(Finding.Code.NO_ROI);
              assertThat(finding.subject()).isEqualTo(SET);
              assertThat(finding.level()).isEqualTo(Finding.Level.WARN);
            });
  }

  @Test
  void regionsInAnotherFrameThanTheDoseAreRowsThatSaySo() throws IOException, CourseDataException {
    set(SET, "1.2.3.99", inside(1), inside(2));
    set(OTHER_SET, FRAME, inside(3));
    dose(DOSE, GRID, FRAME, "PLAN");

    Outcome<StageRows> outcome = apply(Rule.SINGLE_DOSE, DOSE);

    assertThat(kind(outcome)).isEqualTo(Outcome.Kind.DONE);
    assertThat(rows(outcome))
        .extracting(row -> row.head().outcome())
        .containsExactly(Outcome.Kind.SKIPPED, Outcome.Kind.SKIPPED, Outcome.Kind.DONE);
    DvhRow first = rows(outcome).get(0);
    assertThat(first.head().findings()).containsExactly(Finding.Code.DOSE_FRAME_OF_REFERENCE);
    assertThat(first.reason()).contains("another frame of reference");
    assertThat(first.planeCount()).isNull();
  }

  @Test
  void anObjectThatNamesNoFrameIsTakenToLieInThatOfTheOther()
      throws IOException, CourseDataException {
    set(SET, FRAME, inside(1));
    dose(DOSE, GRID, "", "PLAN");

    assertThat(rows(apply(Rule.SINGLE_DOSE, DOSE)))
        .extracting(row -> row.head().outcome())
        .containsExactly(Outcome.Kind.DONE);
  }

  @Test
  void aRegionWithoutContoursIsASkippedRowThatSaysWhy() throws IOException, CourseDataException {
    set(SET, FRAME, roi(1), inside(2));
    dose(DOSE, GRID, FRAME, "PLAN");

    Outcome<StageRows> outcome = apply(Rule.SINGLE_DOSE, DOSE);

    assertThat(kind(outcome)).isEqualTo(Outcome.Kind.DONE);
    DvhRow empty = rows(outcome).get(0);
    assertThat(empty.roi().number()).isEqualTo(1);
    assertThat(empty.head().outcome()).isEqualTo(Outcome.Kind.SKIPPED);
    assertThat(empty.head().findings()).containsExactly(Finding.Code.EMPTY_ROI);
    assertThat(empty.reason()).isEqualTo("no closed contour encloses an area");
    assertThat(curves(outcome)).extracting(row -> row.roi().number()).containsExactly(2);
  }

  @Test
  void aStageThatComputesNoRegionIsSkippedAndKeepsItsRows()
      throws IOException, CourseDataException {
    set(SET, FRAME, roi(1), roi(2));
    dose(DOSE, GRID, FRAME, "PLAN");

    Outcome<StageRows> outcome = apply(Rule.SINGLE_DOSE, DOSE);

    assertThat(kind(outcome)).isEqualTo(Outcome.Kind.SKIPPED);
    assertThat(rows(outcome)).hasSize(2);
    Finding first = outcome.findings().get(0);
    assertThat(first.level()).isEqualTo(Finding.Level.SKIP_STAGE);
    assertThat(first.code()).isEqualTo(Finding.Code.EMPTY_ROI);
    assertThat(first.message())
        .isEqualTo(
            "none of 2 regions could be computed; region 1: no closed contour encloses an area");
  }

  @Test
  void anErrorOfOursInOneRegionFailsThatRowAlone() throws IOException, CourseDataException {
    set(SET, FRAME, inside(1), inside(2), inside(3));
    dose(DOSE, GRID, FRAME, "PLAN");

    Outcome<StageRows> outcome = apply(breaksOn(2), Rule.SINGLE_DOSE, DOSE);

    assertThat(kind(outcome)).isEqualTo(Outcome.Kind.FAILED);
    assertThat(rows(outcome))
        .extracting(row -> row.head().outcome())
        .containsExactly(Outcome.Kind.DONE, Outcome.Kind.FAILED, Outcome.Kind.DONE);
    DvhRow broken = rows(outcome).get(1);
    assertThat(broken.head().findings()).containsExactly(Finding.Code.INTERNAL_ERROR);
    assertThat(broken.reason()).contains("IllegalStateException").doesNotContain("secret");
    assertThat(curves(outcome)).extracting(row -> row.roi().number()).containsExactly(1, 3);
  }

  @Test
  void anErrorOfOursIsNamedBeforeRegionsThatWereLeftOut() throws IOException, CourseDataException {
    set(SET, FRAME, roi(1), inside(2));
    dose(DOSE, GRID, FRAME, "PLAN");

    Outcome<StageRows> outcome = apply(breaksOn(2), Rule.SINGLE_DOSE, DOSE);

    assertThat(kind(outcome)).isEqualTo(Outcome.Kind.FAILED);
    assertThat(rows(outcome)).hasSize(2);
    assertThat(outcome.findings().get(0).level()).isEqualTo(Finding.Level.FAILED);
    assertThat(outcome.findings().get(0).code()).isEqualTo(Finding.Code.INTERNAL_ERROR);
    assertThat(outcome.findings().get(0).message())
        .startsWith("none of 2 regions could be computed; region 2: ");
  }

  @Test
  void theStructureSetOfThePlanOfTheDoseIsNamedSo() throws IOException, CourseDataException {
    set(SET, FRAME, inside(1));
    set(OTHER_SET, FRAME, inside(2));
    plans.add(
        header(
            PLAN,
            0,
            new ObjectFacts.Link(),
            new Reference(Reference.Role.STRUCTURE_SET, OTHER_SET)));
    plans.add(
        header(
            "1.2.3.7.2",
            0,
            new ObjectFacts.Link(),
            new Reference(Reference.Role.STRUCTURE_SET, SET)));
    dose(
        DOSE,
        GRID,
        FRAME,
        "PLAN",
        new Reference(Reference.Role.PLAN, PLAN),
        new Reference(Reference.Role.PLAN, "1.2.3.7.3"));

    List<DvhRow> rows = rows(apply(Rule.SINGLE_DOSE, DOSE));

    assertThat(rows)
        .extracting(row -> row.source().structures().segmentationSource())
        .containsExactly("Manual", "PlanRTSTRUCT");
    assertThat(rows)
        .extracting(row -> row.source().structures().rule())
        .containsExactly("SAME_COURSE", "PLAN_REFERENCE");
    assertThat(rows.get(0).source().structures().planStructureSetUids()).containsExactly(OTHER_SET);
    assertThat(rows.get(0).source().dose().sourcePlanUids()).containsExactly(PLAN, "1.2.3.7.3");
  }

  @Test
  void aSumOfDosesNamesItsParts() throws IOException, CourseDataException {
    set(SET, FRAME, inside(1));
    dose(DOSE, GRID, FRAME, "BEAM");
    dose(OTHER_DOSE, GRID, FRAME, null);

    DvhRow row = rows(apply(Rule.BEAM_DOSES_SUMMED, DOSE, OTHER_DOSE)).get(0);

    assertThat(row.source().dose().uid()).isEqualTo("SUM");
    assertThat(row.source().dose().summationType()).isEqualTo("PLAN");
    assertThat(row.source().dose().sourceUids()).containsExactly(DOSE, OTHER_DOSE);
    assertThat(row.source().dose().sourceSummationTypes()).containsExactly("BEAM", "");
  }

  @Test
  void theOnlyChosenDoseStandsForItself() throws IOException, CourseDataException {
    set(SET, FRAME, inside(1));
    dose(DOSE, GRID, FRAME, "BEAM");
    dose(OTHER_DOSE, GRID, FRAME, "PLAN");

    DvhRow row = rows(apply(Rule.PLAN_SUM_USED, OTHER_DOSE)).get(0);

    assertThat(row.source().dose().uid()).isEqualTo(OTHER_DOSE);
    assertThat(row.source().dose().sourceSummationTypes()).containsExactly("PLAN");
  }

  @Test
  void regionsAtTheBorderOfTheImageAreFlagged() throws IOException, CourseDataException {
    set(SET, FRAME, inside(1), square(2, 0.5, 20));
    dose(DOSE, GRID, FRAME, "PLAN");
    image();

    assertThat(rows(apply(Rule.SINGLE_DOSE, DOSE)))
        .extracting(row -> row.roi().touchesImageBorder())
        .containsExactly(false, true);
  }

  @Test
  void nothingIsSaidOfTheBorderWithoutAnImage() throws IOException, CourseDataException {
    set(SET, FRAME, square(1, 0.5, 20));
    dose(DOSE, GRID, FRAME, "PLAN");

    assertThat(rows(apply(Rule.SINGLE_DOSE, DOSE)).get(0).roi().touchesImageBorder()).isNull();
  }

  @Test
  void metricsAskedForByNameAreRowsAfterTheFixedOnes() throws IOException, CourseDataException {
    set(SET, FRAME, inside(1), roi(2));
    dose(DOSE, GRID, FRAME, "PLAN");
    request =
        asking(
            List.of("Mean", "D9999cc", "V95%[%]", "Max[EQD2]", "CI_RTOG"),
            "Site ; region 1 ; Max[Gy] ; <= ; 3 ; nothing ; local");

    Outcome<StageRows> outcome = apply(Rule.SINGLE_DOSE, DOSE);

    List<DvhMetricRow> metrics =
        all(outcome).stream()
            .filter(DvhMetricRow.class::isInstance)
            .map(DvhMetricRow.class::cast)
            .toList();
    assertThat(metrics).hasSize(10);
    assertThat(metrics.get(0).value()).isEqualTo(new MetricValue(2.0, "Gy", null));
    assertThat(metrics.subList(1, 5)).extracting(row -> row.value().value()).containsOnlyNulls();
    assertThat(metrics.subList(1, 10))
        .extracting(row -> row.value().reason())
        .containsExactly(
            "the region has 0.9000 cm3, less than 9999 cm3",
            "no prescribed dose: the dose refers to no plan",
            "no number of fractions: the dose refers to no plan",
            "no prescribed dose: the dose refers to no plan",
            "no closed contour encloses an area",
            "no closed contour encloses an area",
            "no closed contour encloses an area",
            "no closed contour encloses an area",
            "no closed contour encloses an area");
    assertThat(all(outcome))
        .filteredOn(DvhConstraintRow.class::isInstance)
        .extracting(row -> ((DvhConstraintRow) row).value().value())
        .containsExactly(2.0);
  }

  @Test
  void whatIsAskedForIsPartOfTheKeyOfTheStage() {
    String plain = new DvhStage(DvhRequest.STANDARD).configuration();
    String more =
        new DvhStage(asking(List.of("Mean"), "A ; \"b\\.\" ; Max ; <= ; 3 ; c ; d"))
            .configuration();
    assertThat(plain).endsWith("\"metrics\":[]}");
    assertThat(more).contains("\"metrics\":[\"Mean[Gy]\",").contains("\\\"b\\\\.\\\"");
  }

  @Test
  @ExtendWith(SharedSpark.class)
  void aDoseWithoutFrameGivesNoObjectAndSaysSo(JavaSparkContext context)
      throws IOException, CourseDataException {
    set(SET, FRAME, inside(1));
    dose(DOSE, GRID, "", "PLAN");
    DvhDoseFiles nowhere =
        new DvhDoseFiles(
            "file:/nowhere",
            context.broadcast(new SerializableConfiguration(context.hadoopConfiguration())));

    Outcome<StageRows> outcome =
        apply(new DvhStage(request, breaksOn(-1), nowhere), Rule.SINGLE_DOSE, DOSE);

    assertThat(kind(outcome)).isEqualTo(Outcome.Kind.DONE);
    assertThat(rows(outcome)).hasSize(1);
    assertThat(outcome.findings())
        .anySatisfy(
            finding -> {
              assertThat(finding.code()).isEqualTo(Finding.Code.MISSING_UID);
              assertThat(finding.level()).isEqualTo(Finding.Level.WARN);
              assertThat(finding.message()).startsWith("the curves are in no RT Dose: ");
            });
  }

  private static DvhRequest asking(List<String> metrics, String constraint) {
    return new DvhRequest(
        DvhOptions.DEFAULT,
        new MetricRequest(
            metrics.stream().map(DvhMetric::parse).toList(),
            List.of(ConstraintSet.parse("site", List.of(constraint))),
            List.of(AlphaBeta.parse(".* = 3"))),
        DvhRequest.CurveObjects.NONE);
  }

  private static DvhStage.Kernel breaksOn(int number) {
    return (calculator, roi, thicknessMm) -> {
      if (roi.number() == number) {
        throw new IllegalStateException("secret");
      }
      return calculator.of(roi, thicknessMm);
    };
  }

  private static void assertLeftOut(Outcome<StageRows> outcome, Finding.Code code) {
    assertThat(outcome).isInstanceOf(Outcome.Skipped.class);
    assertThat(outcome.findings()).hasSize(1);
    assertThat(outcome.findings().get(0).code()).isEqualTo(code);
    assertThat(outcome.findings().get(0).level()).isEqualTo(Finding.Level.SKIP_STAGE);
    assertThat(outcome.findings().get(0).subject()).isEqualTo("c");
  }

  private Outcome<StageRows> apply(Rule rule, String... chosen) throws CourseDataException {
    return apply(breaksOn(-1), rule, chosen);
  }

  private Outcome<StageRows> apply(DvhStage.Kernel kernel, Rule rule, String... chosen)
      throws CourseDataException {
    return apply(new DvhStage(request, kernel, null), rule, chosen);
  }

  private Outcome<StageRows> apply(DvhStage stage, Rule rule, String... chosen)
      throws CourseDataException {
    Course course = course(rule, chosen);
    TreeMap<String, byte[]> opened = files;
    CourseData data = new CourseData(course, path -> new ByteArrayInputStream(opened.get(path)));
    return stage.apply(course, data);
  }

  private Course course(Rule rule, String... chosen) {
    return new Course(
        new CourseId("c"),
        "P1",
        "2024-02",
        slices.isEmpty() ? null : new ImageSeries("1.2.3.5", "1.2.3", FRAME, "CT", slices),
        new Course.Objects(sets, doses, plans, List.of(), List.of()),
        List.of(),
        new DoseDecision(rule, List.of(chosen), List.of(), "as tested"),
        List.of());
  }

  private Outcome.Kind kind(Outcome<StageRows> outcome) {
    return new StageResult<>(
            course(Rule.SINGLE_DOSE, DOSE),
            StageName.DVH,
            OutcomeRow.Structures.CLINICAL,
            "key",
            outcome)
        .kind();
  }

  private static List<TableRecord> all(Outcome<StageRows> outcome) {
    return outcome.fold(done -> done.value().rows(), skipped -> List.of(), failed -> List.of());
  }

  private static List<DvhRow> rows(Outcome<StageRows> outcome) {
    return all(outcome).stream().filter(DvhRow.class::isInstance).map(DvhRow.class::cast).toList();
  }

  private static List<DvhCurveRow> curves(Outcome<StageRows> outcome) {
    return all(outcome).stream()
        .filter(DvhCurveRow.class::isInstance)
        .map(DvhCurveRow.class::cast)
        .toList();
  }

  private static Roi inside(int number) {
    return square(number, 10, 20);
  }

  private static Roi square(int number, double lowMm, double highMm) {
    return roi(
        number,
        IntStream.rangeClosed(2, 4)
            .mapToDouble(k -> 3 * k)
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
        IMAGES,
        out);
    files.put(uid, out.toByteArray());
    sets.add(
        header(
            uid, out.size(), new ObjectFacts.Structures("Set", null, null, List.of(), out.size())));
  }

  private void dose(
      String uid, VoxelGrid grid, String frame, String summationType, Reference... references)
      throws IOException {
    float[] valuesGy = new float[Math.toIntExact(grid.voxels())];
    Arrays.fill(valuesGy, 2);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    RtDoseWriter.write(study(frame), SERIES, uid, PLAN, new DoseGrid(grid, valuesGy), out);
    files.put(uid, out.toByteArray());
    doses.add(
        header(
            uid,
            out.size(),
            new ObjectFacts.Dose("GY", "PHYSICAL", summationType, List.of(), grid.voxels()),
            references));
  }

  private void image() throws IOException {
    for (int k = 0; k < GRID.planes(); k++) {
      String uid = "1.2.3.5." + (k + 1);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      CtImageWriter.write(
          study(FRAME),
          SERIES,
          new CtImageWriter.Slice(uid, GRID, k, "CHEST"),
          new short[GRID.columns() * GRID.rows()],
          out);
      files.put(uid, out.toByteArray());
      slices.add(
          header(
              uid,
              out.size(),
              new ObjectFacts.Image(
                  null,
                  List.of(),
                  k + 1,
                  GRID.rows(),
                  GRID.columns(),
                  1,
                  List.of(0.0, 0.0, 3.0 * k),
                  List.of(1.0, 0.0, 0.0, 0.0, 1.0, 0.0))));
    }
  }

  private static InstanceHeader header(
      String uid, int bytes, ObjectFacts facts, Reference... references) {
    return new InstanceHeader(
        new FileRef(uid, bytes, 0),
        "class",
        uid,
        "P1",
        "1.2.3",
        "1.2.3.4",
        null,
        "RT",
        List.of(references),
        facts,
        List.of());
  }

  @Test
  @ExtendWith(SharedSpark.class)
  void aStageThatWritesFilesIsNotCut(JavaSparkContext context) {
    DvhDoseFiles files =
        new DvhDoseFiles(
            "file:/nowhere",
            context.broadcast(new SerializableConfiguration(context.hadoopConfiguration())));

    assertThat(new DvhStage(request, breaksOn(-1), files).isPerRegion()).isFalse();
    assertThat(new DvhStage(request, breaksOn(-1), null).isPerRegion()).isTrue();
  }
}
