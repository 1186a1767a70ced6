package org.rtpipeline.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rtpipeline.fixture.CsvTable;
import org.rtpipeline.fixture.SharedData;
import org.rtpipeline.fixture.SharedSpark;
import org.rtpipeline.radiomics.FeatureClass;
import org.rtpipeline.radiomics.ParameterSet;
import org.rtpipeline.radiomics.RadiomicsOptions;
import org.rtpipeline.radiomics.RadiomicsOptions.RangeUnit;
import org.rtpipeline.radiomics.RadiomicsOptions.Resegmentation;
import org.rtpipeline.radiomics.RadiomicsOptions.ShapeMask;
import org.rtpipeline.radiomics.RadiomicsSettings;

/**
 * All stages over the radiotherapy sets of other programs, in one run: the IBSI CT phantom, those
 * of pydicom, rt-utils, dicompyler-core and SlicerRT, and the analytic one. What is expected comes
 * from elsewhere: attributes from pydicom 3.0, DVH values from the anchor of the Eclipse prostate,
 * the closed forms of the analytic set and a dense sampling in NumPy of the tiny patient, features
 * from the IBSI reference manual (configuration A) and from PyRadiomics 3.1.
 */
@ExtendWith(SharedSpark.class)
final class SharedSetsRunTest {

  private static final String IBSI = "1";

  /** Doses of the anchor are converged to this, Gy; their volumes are exact to the digits given. */
  private static final double ANCHOR_GY = 0.02;

  /** What polygons of 360 corners and cells leave of closed forms, Gy. */
  private static final double ANALYTIC_GY = 0.05;

  /** Step of the dense sampling of the tiny patient, as a share of its values. */
  private static final double SAMPLED_SHARE = 2e-3;

  @TempDir static Path cohort;
  @TempDir static Path output;
  private static RunSummary.Files files = new RunSummary.Files(0, 0, 0, 0, 0);
  private static RunSummary.Courses courses = new RunSummary.Courses(0, 0, 0, 0);

  private final JavaSparkContext context;

  SharedSetsRunTest(JavaSparkContext context) {
    this.context = context;
  }

  @BeforeAll
  static void run(JavaSparkContext context) throws Exception {
    copy("radiomics/ibsi1/ct_phantom/dicom", "");
    copy("rt/pydicom", "rtdose\\.dcm|rtplan.*|rtstruct.*");
    copy("rt/rt-utils", "ct_.*|rt\\.dcm|invalid_reference_rt\\.dcm");
    copy("rt/dicompyler-core", "");
    copy("rt/slicerrt-tiny", "");
    copy("rt/slicerrt-eclipse-prostate", ".*\\.dcm");
    copy("rt/analytic", "rs_h2mm\\.dcm|rd_AP_2mm\\.dcm");
    RunSummary summary =
        CohortRun.run(
            Runs.engine(context, 2), Runs.withEverything(cohort, output, radiomics()), Runs.SILENT);
    files = summary.files();
    courses = summary.courses();
  }

  /** Copies the files of a set, those whose names fit or all of them. */
  private static void copy(String set, String names) throws IOException {
    Path from = SharedData.require(set);
    try (Stream<Path> all = Files.walk(from)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        if (names.isEmpty() || file.getFileName().toString().matches(names)) {
          Path to = cohort.resolve(set).resolve(from.relativize(file).toString());
          Files.createDirectories(to.getParent());
          Files.copy(file, to);
        }
      }
    }
  }

  /** Configuration A of IBSI 1 as far as shape and first order go: own grid, -500 to 400 HU. */
  private static RadiomicsSettings radiomics() {
    Map<FeatureClass, Set<String>> families = new EnumMap<>(FeatureClass.class);
    families.put(FeatureClass.SHAPE, Set.of());
    families.put(FeatureClass.FIRSTORDER, Set.of());
    ParameterSet set =
        new ParameterSet(
            "ibsi-a",
            RadiomicsOptions.pyradiomics()
                .withFeatures(families)
                .withResegmentation(
                    new Resegmentation(-500, 400.0, RangeUnit.ABSOLUTE, ShapeMask.AS_GIVEN)));
    return new RadiomicsSettings(
        Map.of("CT", set),
        Map.of(),
        List.of("body"),
        new RadiomicsSettings.Limits(64, 15_000_000, RadiomicsSettings.LargeRois.REDUCED, 1 << 24));
  }

  private static List<CsvTable.Row> export(String name) throws IOException {
    return CsvTable.rows(output.resolve("_RESULTS/" + name + ".csv"));
  }

  private static CsvTable.Row row(String export, String column, String value) throws IOException {
    List<CsvTable.Row> rows =
        export(export).stream().filter(row -> row.text(column).equals(value)).toList();
    assertThat(rows).as(export + " of " + value).hasSize(1);
    return rows.get(0);
  }

  private static CsvTable.Row region(String patient, String roi) throws IOException {
    List<CsvTable.Row> rows =
        export("dvh_metrics").stream()
            .filter(row -> row.text("patient_id").equals(patient))
            .filter(row -> row.text("ROI_Name").equals(roi))
            .toList();
    assertThat(rows).as(patient + " " + roi).hasSize(1);
    return rows.get(0);
  }

  @Test
  void everyFileAndEveryCourseIsAccountedFor() {
    // rtplan_truncated.dcm
    assertThat(files.rejected()).isEqualTo(1);
    assertThat(files.seen()).isEqualTo(files.used() + files.ignored() + files.rejected());
    assertThat(courses).isEqualTo(new RunSummary.Courses(10, 0, 0, 10));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "1, NO_DOSES, DONE, CT;STRUCTURES",
    "123456, NO_DOSES, DONE, CT;STRUCTURES;PLAN",
    "ANALYTIC-SHARED, SINGLE_DOSE, DONE, STRUCTURES;DOSE",
    "EclipseProstate, SINGLE_DOSE, DONE, STRUCTURES;DOSE",
    "ORIENT, AMBIGUOUS_NO_SUM, DONE, STRUCTURES;DOSE",
    "PHANTOM_EXAMPLE, NO_DOSES, DONE, CT;STRUCTURES",
    "TinyPatient, SINGLE_DOSE, DONE, STRUCTURES;DOSE",
    "id00001, NO_DOSES, DONE, PLAN",
    "id11111, BEAM_DOSES_INCOMPLETE, DONE, DOSE",
    "tPhantom30sep, NO_DOSES, DONE, STRUCTURES",
  })
  void everyCourseHasItsDecisionAndItsOutcome(
      String patient, String rule, String outcome, String has) throws Exception {
    CsvTable.Row course = row("courses", "patient_id", patient);
    assertThat(course.text("dose_rule")).isEqualTo(rule);
    assertThat(course.text("outcome")).isEqualTo(outcome);
    assertThat(course.text("has")).isEqualTo(has);
    assertThat(row("case_metadata", "patient_id", patient).text("outcome")).isEqualTo(outcome);
    assertThat(row("qc_reports", "patient_id", patient).text("overall_status")).isNotEmpty();
    assertThat(export("outcomes"))
        .filteredOn(one -> one.text("patient_id").equals(patient))
        .filteredOn(one -> !one.text("outcome").equals("DONE"))
        .allSatisfy(one -> assertThat(one.text("reason")).isNotEmpty())
        .allSatisfy(one -> assertThat(one.text("findings")).isNotEmpty());
  }

  @Test
  void everyStageHasAnOutcomeOfEveryCourse() throws Exception {
    Map<String, Integer> courses = new TreeMap<>();
    for (CsvTable.Row row : export("outcomes")) {
      courses.merge(row.text("stage"), 1, Integer::sum);
    }
    assertThat(export("outcomes"))
        .extracting(
            row -> row.text("patient_id"), row -> row.text("stage"), row -> row.text("structures"))
        .doesNotHaveDuplicates()
        .contains(tuple(IBSI, "radiomics", "CLINICAL"), tuple(IBSI, "radiomics", "AUTOMATIC"));
    // automatic structures, those of the phantoms of IBSI and rt-utils, have a pass of their own
    assertThat(courses)
        .isEqualTo(
            Map.of("metadata", 10, "qc", 12, "dvh", 12, "radiomics", 12, "segmentation", 10));
  }

  @Test
  void whatIsWrongWithTheSetsIsFound() throws Exception {
    assertThat(export("findings"))
        .extracting(
            row -> row.text("patient_id"), row -> row.text("stage"), row -> row.text("code"))
        .contains(
            tuple("", "scan", "TRUNCATED_FILE"),
            tuple("tPhantom30sep", "scan", "TRANSFER_SYNTAX_MISSING"),
            tuple("tPhantom30sep", "organize", "RTSTRUCT_REFERENCE_MISSING"),
            tuple("123456", "organize", "RTSTRUCT_REFERENCE_MISSING"),
            tuple("123456", "metadata", "NO_TREATMENT_RECORDS"),
            tuple("PHANTOM_EXAMPLE", "organize", "RTSTRUCT_REFERENCE_MISSING"),
            tuple("PHANTOM_EXAMPLE", "metadata", "AMBIGUOUS_LINK"),
            tuple("PHANTOM_EXAMPLE", "segmentation", "TOO_FEW_SLICES"),
            tuple("PHANTOM_EXAMPLE", "radiomics", "ROI_FRAME_OF_REFERENCE"),
            tuple("id11111", "organize", "PLAN_MISSING"),
            tuple("id11111", "organize", "AMBIGUOUS_DOSE"),
            tuple("ORIENT", "dvh", "AMBIGUOUS_DOSE"),
            tuple("EclipseProstate", "organize", "LINKED_BY_FRAME_OF_REFERENCE"),
            tuple("TinyPatient", "organize", "PLAN_MISSING"),
            tuple("1", "dvh", "NO_DOSE"),
            tuple("1", "radiomics", "ROI_ON_SKIP_LIST"));
    assertThat(row("courses", "patient_id", "id11111").text("dose_reason"))
        .isEqualTo(
            "beam doses are there for beams [1], their plan with its treatment beams is not");
  }

  @ParameterizedTest(name = "{0}: {1} {2}")
  @CsvSource({
    "123456, EMPTY_ROI, WARNING, Areola: no contour",
    "123456, PLAN_APPROVAL, WARNING, UNAPPROVED",
    "123456, STRUCTURES_APPROVAL, PASS, APPROVED",
    "123456, PLAN_TO_STRUCTURES, PASS, there",
    "123456, PLAN_BEAM_REFERENCES, PASS, all there",
    "123456, PLAN_BEAM_ENERGY, PASS, all there",
    "id00001, PLAN_BEAMS, PASS, '1 treatment beams, 0 without meterset'",
    "id00001, PLAN_TO_STRUCTURES, WARNING, not there: 1.2.333.444.55.6.7777.88888",
    "tPhantom30sep, EMPTY_ROI, INFO, Isocenter 1: points or open lines only",
    "1, STRUCTURES_TO_CT, PASS, 60 of 60 images there",
    "1, CT_SLICE_SPACING, PASS, '3.000 mm, uneven by 0.000 mm'",
    "1, ROI_CROPPED, PASS, all of 1 regions",
    "1, CONTOUR_OFF_SLICE, PASS, all of 1 regions",
    "PHANTOM_EXAMPLE, STRUCTURES_TO_CT, PASS, 2 of 2 images there",
    "PHANTOM_EXAMPLE, STRUCTURES_TO_CT, WARNING, 2 of 5 images there",
    "PHANTOM_EXAMPLE, CONTOUR_OFF_SLICE, WARNING, 'ROI-4: 1 of 3 contours, farthest 5.00 mm'",
    "ORIENT, DOSE_DECISION, FAIL, "
        + "AMBIGUOUS_NO_SUM: 5 doses of whole plans and no plan sum: they may be added or"
        + " alternatives",
    "TinyPatient, DOSE_SPACING, WARNING, 49.00 mm",
    "EclipseProstate, DOSE_SPACING, PASS, 2.50 mm",
    "EclipseProstate, DOSE_COVERS_TARGETS, PASS, PTV: 100.0 % of its contour points",
  })
  void checksSayWhatPydicomReads(String patient, String check, String level, String value)
      throws Exception {
    assertThat(export("qc"))
        .filteredOn(row -> row.text("patient_id").equals(patient))
        .extracting(row -> row.text("check"), row -> row.text("level"), row -> row.text("value"))
        .contains(tuple(check, level, value));
  }

  @Test
  void plansHaveTheBeamsAndFractionsThatPydicomReads() throws Exception {
    CsvTable.Row breast = row("case_metadata", "patient_id", "123456");
    assertThat(breast.text("planned_fractions")).isEqualTo("7");
    assertThat(breast.text("total_prescription_gy")).isEqualTo("14");
    assertThat(breast.text("total_meterset")).isEqualTo("367");
    assertThat(breast.text("plan_time")).isEqualTo("00:00:00");
    assertThat(breast.text("ctv_count")).isEqualTo("2");
    assertThat(breast.text("roi_count")).isEqualTo("10");
    assertThat(export("beams"))
        .filteredOn(row -> row.text("patient_id").equals("123456"))
        .extracting(
            row -> row.text("beam_number"),
            row -> row.text("beam_name"),
            row -> row.text("energies_mv"),
            row -> row.text("gantry_deg"),
            row -> row.text("control_points"),
            row -> row.text("meterset_mu"))
        .containsExactly(
            tuple("1", "3 RAO", "10", "327", "92", "97"),
            tuple("2", "4 AP", "6", "0", "94", "87"),
            tuple("3", "5 LAO", "6", "56", "103", "89"),
            tuple("4", "6 LPO", "10", "150", "95", "94"));
    CsvTable.Row open = row("case_metadata", "patient_id", "id00001");
    assertThat(open.text("planned_fractions")).isEqualTo("30");
    assertThat(open.text("total_prescription_gy")).isEqualTo("30.826203");
    assertThat(open.text("total_meterset")).isEqualTo("116.0036697");
    assertThat(open.text("plan_time")).isEqualTo("15:00:23");
    assertThat(open.text("technique_inferred")).isEqualTo("STATIC");
    assertThat(export("deliveries"))
        .filteredOn(row -> !row.text("plan_uid").isEmpty())
        .extracting(
            row -> row.text("patient_id"),
            row -> row.text("fractions_planned"),
            row -> row.text("fractions_delivered"))
        .containsExactlyInAnyOrder(tuple("123456", "7", "0"), tuple("id00001", "30", "0"));
  }

  @Test
  void imagesAndStructureSetsAreThoseThatPydicomReads() throws Exception {
    CsvTable.Row phantom = row("case_metadata", "patient_id", IBSI);
    assertThat(phantom.text("ct_manufacturer")).isEqualTo("CMS, Inc.");
    assertThat(phantom.text("ct_matrix_size")).isEqualTo("201x204");
    assertThat(phantom.text("ct_slice_increment")).isEqualTo("3");
    assertThat(phantom.text("structures")).isEqualTo("GTV-1");
    assertThat(export("CT_images"))
        .filteredOn(row -> row.text("PatientID").equals(IBSI))
        .hasSize(60)
        .extracting(row -> row.text("InstanceNumber"))
        .doesNotHaveDuplicates();
    assertThat(row("structure_sets", "patient_id", "tPhantom30sep").text("available_structures"))
        .isEqualTo("patient, Isocenter 1, Isocenter 2");
    assertThat(row("dosimetrics", "patient_id", "id11111").text("plan_id"))
        .isEqualTo("1.2.123.456.78.9.0123.4567.89012345678901");
  }

  @Test
  void theProstateHasTheVolumesAndDosesOfItsAnchor() throws Exception {
    Path anchor = SharedData.require("rt/slicerrt-eclipse-prostate/anchor_slab_halfcap.csv");
    for (CsvTable.Row expected : CsvTable.rows(anchor)) {
      CsvTable.Row row = region("EclipseProstate", expected.text("roi"));
      assertThat(row.number("Volume (cm³)"))
          .as(expected.text("roi"))
          .isCloseTo(expected.number("volume_cc"), within(1e-6 * expected.number("volume_cc")));
      assertThat(row.number("DmeanGy"))
          .as(expected.text("roi"))
          .isCloseTo(expected.number("Dmean_Gy"), within(ANCHOR_GY));
      assertThat(row.number("D95Gy"))
          .as(expected.text("roi"))
          .isCloseTo(expected.number("D95_Gy"), within(ANCHOR_GY));
      assertThat(row.number("DmaxGy"))
          .as(expected.text("roi"))
          .isCloseTo(expected.number("Dmax_Gy"), within(ANCHOR_GY));
    }
  }

  @ParameterizedTest
  @CsvSource({"CylinderZ", "BoxXYZ", "AnnulusXor", "AnnulusKeyhole", "TwoRods"})
  void prismsHaveTheValuesOfTheirClosedForms(String roi) throws Exception {
    CsvTable.Row expected =
        CsvTable.rows(SharedData.require("rt/analytic/expected.csv")).stream()
            .filter(row -> row.text("roi").equals(roi) && row.text("gradient").equals("AP"))
            .findFirst()
            .orElseThrow();
    CsvTable.Row row = region("ANALYTIC-SHARED", roi);
    double cm3 = expected.number("volume_cc");
    assertThat(row.number("Volume (cm³)")).isCloseTo(cm3, within(1e-4 * cm3));
    assertThat(row.number("DmeanGy")).isCloseTo(expected.number("Dmean_Gy"), within(ANALYTIC_GY));
    assertThat(row.number("D95Gy")).isCloseTo(expected.number("D95_Gy"), within(ANALYTIC_GY));
    assertThat(row.number("D50Gy")).isCloseTo(expected.number("D50_Gy"), within(ANALYTIC_GY));
    assertThat(row.number("D2Gy")).isCloseTo(expected.number("D2_Gy"), within(ANALYTIC_GY));
    assertThat(row.number("D0.1ccGy")).isCloseTo(expected.number("D0.1cc_Gy"), within(ANALYTIC_GY));
    assertThat(row.number("V40Gy (%)")).isCloseTo(expected.number("V40Gy_pct"), within(0.1));
  }

  @ParameterizedTest
  @CsvSource({
    "Tumor_Contour, 193.2805, 37.4500, 24.93, 39.19",
    "Body_Contour, 10699.5, 13.6601, 0.0, 10.27",
  })
  void theTinyPatientHasTheValuesOfADenseSampling(
      String roi, double volumeCm3, double dmeanGy, double d95Gy, double d50Gy) throws Exception {
    CsvTable.Row row = region("TinyPatient", roi);
    assertThat(row.number("Volume (cm³)")).isCloseTo(volumeCm3, within(SAMPLED_SHARE * volumeCm3));
    assertThat(row.number("DmeanGy")).isCloseTo(dmeanGy, within(SAMPLED_SHARE * dmeanGy));
    assertThat(row.number("D95Gy")).isCloseTo(d95Gy, within(SAMPLED_SHARE * dmeanGy));
    assertThat(row.number("D50Gy")).isCloseTo(d50Gy, within(SAMPLED_SHARE * dmeanGy));
    assertThat(row.text("rx_source")).isEqualTo("none");
    assertThat(row.text("V95%Rx (%)")).isEmpty();
  }

  @Test
  void regionsWithoutPrescriptionSayWhyTheirCellsAreEmpty() throws Exception {
    assertThat(export("dvh_reasons"))
        .filteredOn(row -> row.text("patient_id").equals("EclipseProstate"))
        .hasSize(6)
        .allSatisfy(
            row ->
                assertThat(row.text("reason"))
                    .isEqualTo(
                        "no prescribed dose: 0 of 1 plans that the dose refers to are there"));
  }

  private static CsvTable.Row tumour() throws IOException {
    return row("radiomics_ct", "roi_name", "GTV-1");
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource({
    "shape_MeshVolume, morph_volume, 0",
    "shape_VoxelVolume, morph_vol_approx, 0",
    "shape_SurfaceArea, morph_area_mesh, 0",
    "shape_SurfaceVolumeRatio, morph_av, 0",
    "shape_Sphericity, morph_sphericity, 0",
    "shape_Maximum3DDiameter, morph_diam, 0",
    "shape_MajorAxisLength, morph_pca_maj_axis, 0",
    "shape_MinorAxisLength, morph_pca_min_axis, 0",
    "shape_LeastAxisLength, morph_pca_least_axis, 0",
    "shape_Elongation, morph_pca_elongation, 0",
    "shape_Flatness, morph_pca_flatness, 0",
    "firstorder_Mean, stat_mean, 0",
    "firstorder_Variance, stat_var, 0",
    "firstorder_Skewness, stat_skew, 0",
    "firstorder_Kurtosis, stat_kurt, 3",
    "firstorder_Median, stat_median, 0",
    "firstorder_Minimum, stat_min, 0",
    "firstorder_10Percentile, stat_p10, 0",
    "firstorder_90Percentile, stat_p90, 0",
    "firstorder_Maximum, stat_max, 0",
    "firstorder_InterquartileRange, stat_iqr, 0",
    "firstorder_MeanAbsoluteDeviation, stat_mad, 0",
    "firstorder_RobustMeanAbsoluteDeviation, stat_rmad, 0",
    "firstorder_Energy, stat_energy, 0",
    "firstorder_RootMeanSquared, stat_rms, 0",
  })
  void featuresOfThePhantomAreThoseOfTheReferenceManual(
      String feature, String tag, double excessOverReference) throws Exception {
    CsvTable.Row expected =
        CsvTable.rows(SharedData.require("radiomics/ibsi1/reference_config_A.csv")).stream()
            .filter(row -> row.text("feature").equals(tag))
            .findFirst()
            .orElseThrow();
    double value = tumour().number("original_" + feature) - excessOverReference;
    double tolerance = expected.number("tolerance");
    double half = 0.5 * Math.pow(10, Math.floor(Math.log10(Math.abs(value))) - 2);
    assertThat(value).isCloseTo(expected.number("value"), within(tolerance + half));
  }

  @Test
  void theMaskOfThePhantomIsThatOfPyRadiomicsVoxelByVoxel() throws Exception {
    CsvTable.Row tumour = tumour();
    assertThat(tumour.text("diagnostics_Mask-original_VoxelNum")).isEqualTo("125256");
    assertThat(tumour.text("diagnostics_Mask-original_BoundingBox"))
        .isEqualTo("(51, 51, 17, 100, 99, 26)");
    for (String line :
        Files.readAllLines(SharedData.require("radiomics/golden/ibsi1_ct__default.csv"))) {
      if (line.startsWith("original_shape_")) {
        String[] cells = line.split(",", -1);
        double expected = Double.parseDouble(cells[1]);
        assertThat(tumour.number(cells[0]))
            .as(cells[0])
            .isCloseTo(expected, within(1e-6 * Math.abs(expected)));
      }
    }
  }

  /**
   * Pixel centres inside the contours by the even-odd rule, counted in NumPy; the second ROI-1 is
   * of rt-utils, in a frame of reference of its own.
   */
  @ParameterizedTest
  @CsvSource({"ROI-1, 4976", "ROI-1, 1443", "ROI-2, 3697", "ROI-3, 4519", "ROI-4, 6954"})
  void regionsOnTwoSlicesHaveTheVoxelsInsideTheirContours(String roi, String voxels)
      throws Exception {
    assertThat(export("radiomics_ct"))
        .filteredOn(row -> row.text("patient_id").equals("PHANTOM_EXAMPLE"))
        .filteredOn(row -> row.text("roi_original_name").equals(roi))
        .extracting(row -> row.text("diagnostics_Mask-original_VoxelNum"))
        .contains(voxels);
  }

  @Test
  void theChestOfThePhantomIsSeenBesideTheLittleLungThatIsFoundInIt() throws Exception {
    CsvTable.Row qc = row("qc_reports", "patient_id", IBSI);
    assertThat(qc.text("contains_thorax")).isEqualTo("true");
    assertThat(qc.text("contains_head_neck")).isNotEqualTo("true");
    assertThat(qc.text("contains_pelvis")).isNotEqualTo("true");
  }

  @Test
  void structuresAreFoundInImagesThatStructureSetsReferTo() throws Exception {
    assertThat(Runs.rows(context, output, "outcomes", "patient_id", "stage", "outcome"))
        .filteredOn(row -> row.contains("stage=segmentation") && row.contains("outcome=DONE"))
        .containsExactly(
            "{outcome=DONE, patient_id=1, stage=segmentation}",
            "{outcome=DONE, patient_id=PHANTOM_EXAMPLE, stage=segmentation}");
    assertThat(export("radiomics_ct"))
        .extracting(row -> row.text("segmentation_source"), row -> row.text("roi_original_name"))
        .contains(tuple("Manual", "GTV-1"), tuple("AutoRTS", "bone"));
    assertThat(export("radiomics_reasons"))
        .extracting(
            row -> row.text("patient_id"), row -> row.text("roi_name"), row -> row.text("reason"))
        .filteredOn(row -> !row.toList().get(1).toString().isEmpty())
        .containsExactlyInAnyOrder(
            tuple("1", "body", "the name is on the skip list"),
            tuple("PHANTOM_EXAMPLE", "body", "the name is on the skip list"));
  }

  @Test
  void everyCourseWithoutDosesOrFeaturesSaysWhy() throws Exception {
    assertThat(export("dvh_reasons"))
        .filteredOn(row -> row.text("roi_name").isEmpty())
        .extracting(row -> row.text("patient_id"), row -> row.text("findings"))
        .containsExactlyInAnyOrder(
            tuple("1", "NO_DOSE"),
            tuple("123456", "NO_DOSE"),
            tuple("ORIENT", "AMBIGUOUS_DOSE"),
            tuple("PHANTOM_EXAMPLE", "NO_DOSE"),
            tuple("id00001", "NO_STRUCTURE_SET"),
            tuple("id11111", "NO_STRUCTURE_SET"),
            tuple("tPhantom30sep", "NO_DOSE"));
    assertThat(export("radiomics_reasons"))
        .filteredOn(row -> row.text("roi_name").isEmpty())
        .extracting(row -> row.text("patient_id"), row -> row.text("findings"))
        .containsExactlyInAnyOrder(
            tuple("123456", "NO_PLANNING_CT;EMPTY_ROI"),
            tuple("ANALYTIC-SHARED", "NO_PLANNING_CT"),
            tuple("EclipseProstate", "NO_PLANNING_CT"),
            tuple("ORIENT", "NO_PLANNING_CT"),
            tuple("TinyPatient", "NO_PLANNING_CT"),
            tuple("id00001", "NO_STRUCTURE_SET"),
            tuple("id11111", "NO_STRUCTURE_SET"),
            tuple("tPhantom30sep", "NO_PLANNING_CT;TRANSFER_SYNTAX_MISSING"));
  }
}
