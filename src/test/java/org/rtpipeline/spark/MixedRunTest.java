package org.rtpipeline.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.rtpipeline.fixture.CsvTable;
import org.rtpipeline.fixture.SharedSpark;
import org.rtpipeline.phantom.CourseTruth;
import org.rtpipeline.phantom.MixedCohort;

/** A whole run over the mixed cohort: what its tables and exports say of every story. */
@ExtendWith(SharedSpark.class)
final class MixedRunTest {

  @TempDir static Path cohort;
  @TempDir static Path output;
  private static List<CourseTruth> truth = List.of();

  private final JavaSparkContext context;

  MixedRunTest(JavaSparkContext context) {
    this.context = context;
  }

  @BeforeAll
  static void run() throws Exception {
    truth = MixedCohort.write(cohort, 11);
    CohortRun.run(
        Runs.engine(SharedSpark.context(), 3), Runs.withFractions(cohort, output), Runs.SILENT);
  }

  @Test
  void theTableOfCoursesHasEveryDecision() {
    assertThat(Runs.rows(context, output, "courses", "patient_id", "dose_rule"))
        .containsExactlyInAnyOrderElementsOf(
            truth.stream()
                .map(
                    t ->
                        String.format(
                            Locale.ROOT,
                            "{dose_rule=%s, patient_id=%s}",
                            t.doseRule(),
                            t.patientId()))
                .toList());
  }

  @Test
  void theTableOfFractionsHasEveryFraction() {
    Map<String, Integer> expected = new TreeMap<>();
    truth.forEach(t -> t.fractions().forEach((plan, n) -> expected.merge(plan, n, Integer::sum)));
    Map<String, Integer> found = new TreeMap<>();
    Runs.rows(context, output, "fractions", "plan_uid", "fraction_index")
        .forEach(
            row ->
                found.merge(
                    row.substring(row.indexOf("plan_uid=") + 9, row.length() - 1),
                    1,
                    Integer::sum));

    assertThat(found).isEqualTo(expected);
  }

  @Test
  void everyObjectAndSeriesHasALinkWithItsRule() {
    assertThat(Runs.rows(context, output, "course_links", "link_rule", "series_class", "subject"))
        .hasSize(
            truth.stream()
                .mapToInt(
                    t ->
                        t.seriesLinks().size()
                            + t.objects().values().stream().mapToInt(Integer::intValue).sum())
                .sum())
        .contains("{link_rule=REGISTRATION, series_class=MR_ANATOMIC, subject=IMAGE_SERIES}")
        .contains("{link_rule=REFERENCE, series_class=null, subject=DOSE}");
  }

  @Test
  void plansThatAddUpHaveTheirDosesAndPrescriptionsAdded() throws Exception {
    List<String> lines = Files.readAllLines(output.resolve("_RESULTS/dvh_metrics.csv"));
    List<String> header = List.of(lines.get(0).split(",", -1));
    int mean = header.indexOf("DmeanGy");
    assertThat(lines)
        .filteredOn(line -> line.contains("-05-BOOST,") && line.contains("PTV1"))
        .singleElement()
        .satisfies(
            line ->
                assertThat(Double.parseDouble(line.split(",", -1)[mean])).isBetween(69.99, 70.01));
  }

  @Test
  void w11EveryTargetHasTheDosePrescribedToItByItsNumber() throws Exception {
    assertThat(CsvTable.rows(output.resolve("_RESULTS/dvh_metrics.csv")))
        .filteredOn(row -> row.text("patient_id").endsWith("-SIMULTANEOUS-BOOST"))
        .extracting(
            row -> row.text("ROI_Name"),
            row -> row.text("roi_rx_gy"),
            row -> row.text("roi_v95rx_pct"))
        .containsExactlyInAnyOrder(
            tuple("BODY", "", ""),
            tuple("PTV1", "70", "100"),
            tuple("PTV2", "63", "100"),
            tuple("PTV3", "56", "100"));
  }

  @Test
  void w12DosesInCentigrayAreScaledOnceAndRelativeOnesAreRefusedWithAReason() throws Exception {
    List<String> lines = Files.readAllLines(output.resolve("_RESULTS/dvh_metrics.csv"));
    int mean = List.of(lines.get(0).split(",", -1)).indexOf("DmeanGy");
    assertThat(lines)
        .filteredOn(line -> line.contains("-CENTIGRAY,") && line.contains("PTV1"))
        .singleElement()
        .satisfies(
            line ->
                assertThat(Double.parseDouble(line.split(",", -1)[mean])).isBetween(39.99, 40.01));
    assertThat(lines).noneMatch(line -> line.contains("-RELATIVE-DOSE,"));
    assertThat(Runs.rows(context, output, "findings", "patient_id", "code"))
        .anyMatch(row -> row.contains("RELATIVE-DOSE") && row.contains("DOSE_UNITS_RELATIVE"));
  }

  @Test
  void w06OneWriterMakesTheExportOfFractionsUnderTheOldNames() throws Exception {
    List<String> lines = Files.readAllLines(output.resolve("_RESULTS/fractions.csv"));
    assertThat(lines.get(0))
        .startsWith(
            "patient_id,course_id,treatment_date,treatment_time,treatment_time_end,plan_sop,"
                + "fraction_number,treatment_machine,source_path,source_paths_all,"
                + "sop_instance_uid,sop_instance_uids_all,delivered_dose_gy,beam_meterset,"
                + "records_merged,component_times");
    assertThat(lines)
        .hasSize(
            1
                + truth.stream()
                    .flatMap(t -> t.fractions().values().stream())
                    .mapToInt(Integer::intValue)
                    .sum());
    assertThat(lines).filteredOn(line -> line.contains("TWICE-DAILY,")).hasSize(4);
  }

  @Test
  void w29SumsOfDosesAreResultsAndNoPlanOrDoseIsWritten() throws Exception {
    assertThat(Runs.rows(context, output, "dvh", "dose_rule"))
        .contains("{dose_rule=PLANS_SUMMED}", "{dose_rule=BEAM_DOSES_SUMMED}");
    try (Stream<Path> files = Files.walk(output)) {
      assertThat(files).noneMatch(file -> file.toString().endsWith(".dcm"));
    }
  }

  @Test
  void w49NoExportHoldsAPathOfTheInput() throws Exception {
    for (String name :
        List.of(
            "fractions",
            "courses",
            "course_links",
            "deliveries",
            "case_metadata",
            "beams",
            "plans",
            "structure_sets",
            "dosimetrics",
            "CT_images")) {
      assertThat(Files.readString(output.resolve("_RESULTS/" + name + ".csv")))
          .as(name)
          .doesNotContain(cohort.toString());
    }
  }

  private static List<CsvTable.Row> csv(String name) throws Exception {
    return CsvTable.rows(output.resolve("_RESULTS/" + name + ".csv"));
  }

  @Test
  void caseMetadataHasOneRowPerCourse() throws Exception {
    List<CsvTable.Row> rows = csv("case_metadata");
    assertThat(rows).hasSameSizeAs(truth);
    assertThat(rows)
        .extracting(row -> row.text("patient_id"))
        .containsExactlyInAnyOrderElementsOf(truth.stream().map(CourseTruth::patientId).toList());
    assertThat(rows)
        .filteredOn(row -> row.text("patient_id").endsWith("-05-BOOST"))
        .singleElement()
        .satisfies(row -> assertThat(row.text("total_prescription_gy")).isEqualTo("70"))
        .satisfies(row -> assertThat(row.text("plan_basis")).contains("which is their sum"))
        .satisfies(row -> assertThat(row.text("beam_energies")).isEqualTo("6"));
  }

  @Test
  void plansOfOpenFieldsAreStaticWithComplexityOne() throws Exception {
    List<CsvTable.Row> rows = csv("beams");
    assertThat(rows)
        .filteredOn(row -> row.text("delivery_type").equals("TREATMENT"))
        .isNotEmpty()
        .allSatisfy(
            row -> {
              assertThat(row.text("technique")).isEqualTo("STATIC");
              assertThat(row.text("energies_mv")).isEqualTo("6");
              assertThat(Double.parseDouble(row.text("modulation_complexity"))).isEqualTo(1);
            });
  }

  @Test
  void w13PlansStructureSetsDosesAndImagesAreListedByWhatTheyAreNotByFileName() throws Exception {
    Map<String, Integer> objects = new TreeMap<>();
    truth.forEach(t -> t.objects().forEach((kind, n) -> objects.merge(kind, n, Integer::sum)));
    assertThat(objects).containsKeys("RTPLAN", "RTDOSE", "RTSTRUCT");
    assertThat(csv("plans").size()).isGreaterThanOrEqualTo(objects.getOrDefault("RTPLAN", 0));
    assertThat(csv("dosimetrics").size()).isGreaterThanOrEqualTo(objects.getOrDefault("RTDOSE", 0));
    assertThat(csv("structure_sets").size())
        .isGreaterThanOrEqualTo(objects.getOrDefault("RTSTRUCT", 0));
    for (String name : List.of("plans", "dosimetrics", "structure_sets", "CT_images")) {
      assertThat(csv(name))
          .extracting(row -> row.text("sop_instance_uid"))
          .as(name)
          .isNotEmpty()
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void theExportsOfObjectsHaveTheOldNamesAndTellNobodysName() throws Exception {
    assertThat(header("plans"))
        .startsWith(
            "file_path,plan_name,plan_date,reference_dose_name,approval,CT_series,CT_study,"
                + "patient_id,patient_dob,patient_gender,patient_pesel");
    assertThat(header("structure_sets"))
        .startsWith("file_path,CT_series,CT_study,approval,patient_id,available_structures");
    assertThat(header("dosimetrics")).startsWith("file_path,CT_series,CT_study,plan_id,patient_id");
    assertThat(header("CT_images"))
        .startsWith("original_path,PatientID,CT_study,CT_series,SeriesNumber,InstanceNumber");
    assertThat(csv("plans"))
        .allSatisfy(
            row -> {
              assertThat(row.text("patient_dob")).isEmpty();
              assertThat(row.text("patient_pesel")).isEmpty();
              assertThat(row.text("file_path")).isEmpty();
              assertThat(row.text("plan_name")).isNotEmpty();
            });
  }

  private static String header(String name) throws Exception {
    return Files.readAllLines(output.resolve("_RESULTS/" + name + ".csv")).get(0);
  }
}
