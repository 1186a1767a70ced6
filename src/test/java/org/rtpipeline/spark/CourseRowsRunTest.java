package org.rtpipeline.spark;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.rtpipeline.dicom.EditedFiles;
import org.rtpipeline.fixture.CsvTable;
import org.rtpipeline.fixture.Phantoms;
import org.rtpipeline.fixture.SharedSpark;
import org.rtpipeline.model.TableSchema;

/**
 * A whole run, with people named, over a sound course of arcs and three others: one whose plan is
 * rewritten while the run goes on, one with two doses under one UID, one with two structure sets
 * that no plan refers to.
 */
@ExtendWith(SharedSpark.class)
final class CourseRowsRunTest {

  private static final String SOUND = "PHANTOM-0001";
  private static final String CHANGED = "PHANTOM-0002";
  private static final String CONFLICTING = "PHANTOM-0003";
  private static final String TWO_SETS = "PHANTOM-0004";
  private static final List<String> PEOPLE =
      List.of("Kowalska", "1951-02-03", "Referent", "Recordman", "Performer", "Operator^Olga");

  @TempDir static Path cohort;
  @TempDir static Path output;
  private static RunSummary.Courses courses = new RunSummary.Courses(0, 0, 0, 0);

  private final JavaSparkContext context;

  CourseRowsRunTest(JavaSparkContext context) {
    this.context = context;
  }

  @BeforeAll
  static void run(JavaSparkContext context) throws Exception {
    Phantoms.write(cohort, 4);
    EditedFiles.namePeople(cohort.resolve(SOUND).resolve("RP.dcm"));
    EditedFiles.turnIntoArcs(cohort.resolve(SOUND).resolve("RP.dcm"), 91);
    Path conflicting = cohort.resolve(CONFLICTING);
    EditedFiles.copyWithDescription(
        "Dose again", conflicting.resolve("RD.dcm"), conflicting.resolve("RD_again.dcm"));
    Path twoSets = cohort.resolve(TWO_SETS);
    EditedFiles.copyUnder("2.25.77", twoSets.resolve("RS.dcm"), twoSets.resolve("RS_second.dcm"));
    EditedFiles.forgetStructureSet(twoSets.resolve("RP.dcm"));
    courses =
        CohortRun.run(Runs.engine(context, 2), Runs.withPeople(cohort, output), rewriting())
            .courses();
  }

  /** Writes to a file when the pass over the courses begins, after the scan. */
  private static Progress rewriting() {
    AtomicBoolean isWritten = new AtomicBoolean();
    return (what, done, failed, left) -> {
      if (isWritten.compareAndSet(false, true)) {
        try {
          Files.write(
              cohort.resolve(CHANGED).resolve("RP.dcm"), new byte[2], StandardOpenOption.APPEND);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    };
  }

  private static CsvTable.Row row(String export, String patient) throws IOException {
    return CsvTable.rows(output.resolve("_RESULTS/" + export + ".csv")).stream()
        .filter(row -> row.text("patient_id").equals(patient))
        .findFirst()
        .orElseThrow(() -> new AssertionError(export + " has no row of " + patient));
  }

  @Test
  void aFileThatChangesBetweenScanAndReadFailsItsCourseAlone() throws Exception {
    assertThat(courses).isEqualTo(new RunSummary.Courses(2, 1, 1, 4));
    assertThat(Runs.rows(context, output, "findings", "patient_id", "stage", "level", "code"))
        .contains(
            "{code=INPUT_CHANGED_DURING_RUN, level=FAILED, patient_id=PHANTOM-0002,"
                + " stage=metadata}",
            "{code=INPUT_CHANGED_DURING_RUN, level=FAILED, patient_id=PHANTOM-0002, stage=qc}");
    CsvTable.Row row = row("case_metadata", CHANGED);
    assertThat(row.text("outcome")).isEqualTo("FAILED");
    assertThat(row.text("findings")).contains("INPUT_CHANGED_DURING_RUN");
    assertThat(row.text("reason")).contains(" bytes, the scan saw ");
    assertThat(row.text("ct_slice_increment")).isEqualTo("3");
    assertThat(row("case_metadata", SOUND).text("outcome")).isEqualTo("DONE");
    assertThat(row("case_metadata", SOUND).text("reason")).isEmpty();
  }

  @Test
  void aCourseThatIsLeftOutHasItsRowWithTheReason() throws Exception {
    CsvTable.Row metadata = row("case_metadata", CONFLICTING);
    assertThat(metadata.text("outcome")).isEqualTo("SKIPPED");
    assertThat(metadata.text("findings")).isEqualTo("CONFLICTING_DUPLICATE");
    assertThat(metadata.text("reason")).startsWith("2 files share the SOP instance UID");
    assertThat(metadata.text("total_prescription_gy")).isEmpty();
    CsvTable.Row report = row("qc_reports", CONFLICTING);
    assertThat(report.text("overall_status")).isEqualTo("NOT_EVALUATED");
    assertThat(report.text("checks")).contains("2 files share the SOP instance UID");
    assertThat(row("qc", CONFLICTING).text("level")).isEqualTo("NOT_EVALUATED");
  }

  /**
   * Aligned leaves have a leaf sequence variability of 1, so that the score of an arc is the mean
   * of the areas at both ends of each interval over the largest one: 0.9 (Masi 2013).
   */
  @Test
  void arcsAreSeenAsTheyTurnWithTheComplexityOfTheirApertures() throws Exception {
    List<CsvTable.Row> beams =
        CsvTable.rows(output.resolve("_RESULTS/beams.csv")).stream()
            .filter(row -> row.text("patient_id").equals(SOUND))
            .toList();
    assertThat(beams)
        .hasSize(5)
        .allSatisfy(
            row -> {
              assertThat(row.text("technique")).isEqualTo("VMAT");
              assertThat(row.text("control_points")).isEqualTo("91");
              assertThat(row.text("energies_mv")).isEqualTo("6");
              assertThat(row.number("gantry_span_deg")).isCloseTo(358, within(1e-6));
              assertThat(row.number("leaf_sequence_variability")).isCloseTo(1, within(1e-9));
              assertThat(row.number("modulation_complexity")).isCloseTo(0.9, within(1e-9));
            });
    CsvTable.Row course = row("case_metadata", SOUND);
    assertThat(course.text("technique_inferred")).isEqualTo("VMAT");
    assertThat(course.number("modulation_complexity")).isCloseTo(0.9, within(1e-9));
    assertThat(course.text("beam_info")).contains("IsArc:true");
  }

  @Test
  void structureSetsThatNoPlanRefersToAreAFinding() throws Exception {
    assertThat(row("case_metadata", TWO_SETS).text("structures")).isEmpty();
    assertThat(row("case_metadata", TWO_SETS).text("findings")).contains("AMBIGUOUS_LINK");
    assertThat(Runs.rows(context, output, "findings", "patient_id", "stage", "code", "message"))
        .contains(
            "{code=AMBIGUOUS_LINK, message=2 structure sets, and no plan that counts refers to one"
                + " of them; the metadata tell of none, patient_id=PHANTOM-0004, stage=metadata}");
  }

  @Test
  void w49PeopleAreNamedInTheMetadataAndNowhereElseWhenTheSiteAsksForThem() throws Exception {
    CsvTable.Row row = row("case_metadata", SOUND);
    assertThat(row.text("patient_name")).isEqualTo("Kowalska^Maria");
    assertThat(row.text("patient_birth_date")).isEqualTo("1951-02-03");
    assertThat(row.text("referring_physician")).isEqualTo("Referent^Rita");
    assertThat(row.text("physicians_of_record")).isEqualTo("Recordman^Rob");
    assertThat(row.text("performing_physician")).isEqualTo("Performer^Paul");
    assertThat(row.text("operators_name")).isEqualTo("Operator^Olga");
    assertThat(row.text("reviewer_name")).isEqualTo("Reviewer^Remi");
    assertThat(row("plans", SOUND).text("patient_dob")).isEqualTo("1951-02-03");
    assertThat(tablesThatName(PEOPLE)).containsExactlyInAnyOrder("metadata", "instances");
    assertThat(tablesThatName(PEOPLE.subList(2, PEOPLE.size()))).containsExactly("metadata");
    assertThat(filesThatName("Kowalska")).containsExactly("case_metadata.csv");
    assertThat(filesThatName("Referent")).containsExactly("case_metadata.csv");
    assertThat(filesThatName("1951-02-03"))
        .containsExactlyInAnyOrder("case_metadata.csv", "plans.csv");
  }

  private Set<String> tablesThatName(List<String> people) {
    Set<String> tables = new TreeSet<>();
    for (TableSchema<?> schema : ResultTables.ALL) {
      boolean isThere = Files.exists(output.resolve("tables").resolve(schema.name()));
      String rows = isThere ? Runs.rows(context, output, schema.name()).toString() : "";
      if (people.stream().anyMatch(rows::contains)) {
        tables.add(schema.name());
      }
    }
    return tables;
  }

  /** Files of text beside the tables, the record of the run among them. */
  private static List<String> filesThatName(String person) throws IOException {
    List<String> files = new ArrayList<>();
    try (Stream<Path> all = Files.walk(output)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        boolean isTable = file.startsWith(output.resolve("tables"));
        if (!isTable && Files.readString(file, ISO_8859_1).contains(person)) {
          files.add(file.getFileName().toString());
        }
      }
    }
    return files;
  }
}
