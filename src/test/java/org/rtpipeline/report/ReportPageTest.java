package org.rtpipeline.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rtpipeline.dvh.DvhConstraintRow;
import org.rtpipeline.dvh.DvhCurveRow;
import org.rtpipeline.dvh.DvhRow;
import org.rtpipeline.fixture.SharedSpark;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.Outcome;
import org.rtpipeline.model.RowHead;
import org.rtpipeline.model.ScannedFile;
import org.rtpipeline.model.TableRecord;
import org.rtpipeline.model.TableSchema;
import org.rtpipeline.organize.CourseRow;
import org.rtpipeline.organize.FindingRow;
import org.rtpipeline.organize.InstanceRow;
import org.rtpipeline.organize.OutcomeRow;
import org.rtpipeline.report.ExportOptions.Format;
import org.rtpipeline.store.PatientIds;
import org.rtpipeline.store.TableChange;
import org.rtpipeline.store.TableStore;

final class ReportPageTest {

  private static final String NASTY = "</script><script>alert(1)</script><img src=x onerror=y>";
  private static final List<TableSchema<?>> TABLES =
      List.of(
          InstanceRow.SCHEMA,
          CourseRow.SCHEMA,
          FindingRow.SCHEMA,
          OutcomeRow.SCHEMA,
          DvhRow.SCHEMA,
          DvhCurveRow.SCHEMA,
          DvhConstraintRow.SCHEMA);

  @TempDir static Path output;
  private static Document cohortPage;

  @BeforeAll
  static void writeTheCohort() {
    cohortPage = page(output.resolve("cohort"), cohort(), 1, 50);
  }

  @Test
  void headCountsFilesCoursesAndRegions() throws Exception {
    assertThat(cohortPage.select(".counts dl").eachText())
        .containsExactly(
            "Files 4 seen 2 used 1 ignored 1 rejected",
            "Courses 2 done 1 skipped 0 failed",
            "Regions 4 computed 1 not computed");
  }

  @Test
  void whatIsNotDoneIsListedWithItsReason() throws Exception {
    assertThat(cohortPage.select("#not-done tbody tr").eachText())
        .containsExactly("P3 · 2024-03 dvh SKIPPED no dose in the course");
  }

  @Test
  void findingsAreCountedByCodeWithTheFirstExampleAndWithoutFolders() throws Exception {
    assertThat(cohortPage.select("#findings tbody tr").eachText())
        .containsExactly(
            "NO_DOSE 1 stage left out no dose in the course c3",
            "UNREADABLE 1 file cannot be used byte 3 is odd bad.dcm",
            "NOT_DICOM 1 file not used no preamble notes.txt",
            "SINGLE_PLANE_ROI 2 kept and flagged one plane ROI 1");
    assertThat(cohortPage.text()).doesNotContain("Doe");
  }

  @Test
  void everyCourseHasItsCurvesAndNumbers() throws Exception {
    assertThat(cohortPage.select("article h3").eachText())
        .containsExactly("P1 · 2024-01 c1", "P2 · 2024-02 c2");
    Element first = cohortPage.select("article").get(0);
    assertThat(first.select(".legend .name").eachText()).containsExactly("PTV", NASTY);
    assertThat(first.select(".numbers thead th")).hasSize(11);
    assertThat(first.select(".numbers tbody tr").get(0).select("td").eachText())
        .startsWith("64.00")
        .hasSize(ReportMeasure.ALL.size());
    assertThat(first.select(".facts dt").eachText())
        .containsExactly("Structure set", "Dose", "Prescription", "Ends", "Between planes");
    String json = first.select("script[type=application/json]").first().data();
    assertThat(json)
        .startsWith("{\"stepGy\":")
        .contains("[100,")
        .matches("[-0-9A-Za-z.,:\"{}\\[\\]]+");
  }

  @Test
  void w31RegionsOfACourseAreToldApartByColourThenByDashes() throws Exception {
    RowHead one = DvhRows.head("c1", "P1", Outcome.Kind.DONE, List.of());
    List<TableRecord> rows = new ArrayList<>();
    for (int number = 1; number <= 25; number++) {
      rows.addAll(DvhRows.of(one, number, "Region " + number));
    }
    Document page = page(output.resolve("coloured"), rows, 2, 50);
    List<String> legend = strokes(page, ".legend line");
    assertThat(legend).hasSize(25).doesNotHaveDuplicates();
    assertThat(legend.subList(0, 10).stream().map(s -> s.split(" ", 2)[0]))
        .doesNotHaveDuplicates()
        .allMatch(colour -> colour.matches("#[0-9a-f]{6}"));
    assertThat(strokes(page, ".numbers tbody line")).isEqualTo(legend);
  }

  /** Colour, then dashes, of lines of the page. */
  private static List<String> strokes(Document page, String lines) {
    return page.select(lines).stream()
        .map(line -> line.attr("stroke") + " " + line.attr("stroke-dasharray"))
        .toList();
  }

  @Test
  void constraintsAreCountedAndListedWithTheBrokenOnesFirst() throws Exception {
    RowHead one = DvhRows.head("c1", "P1", Outcome.Kind.DONE, List.of());
    List<TableRecord> rows = new ArrayList<>(DvhRows.of(one, 1, "Cord"));
    rows.addAll(DvhRows.constraints(one, 1, "Cord"));
    Document page = page(output.resolve("judged"), rows, 2, 50);
    assertThat(page.select(".counts dl").last().text())
        .isEqualTo("Dose constraints 1 broken 1 not judged 1 holds");
    assertThat(page.select(".constraints tbody tr").eachText())
        .containsExactly(
            "Cord Max[Gy] <= 45.0 60.00 Gy broken myelopathy site: local",
            "Cord D999cc[Gy] <= 45.0 – not judged"
                + " the region has 64.00 cm3, less than 999 cm3 none site: local",
            "Cord Mean[Gy] <= 45.0 40.00 Gy holds <b> site: local");
    assertThat(cohortPage.select(".constraints")).isEmpty();
    assertThat(cohortPage.select(".counts dt").eachText()).doesNotContain("Dose constraints");
  }

  @Test
  void regionThatWasNotComputedHasDashesAndAReason() throws Exception {
    Element row = cohortPage.select("article").get(1).select(".numbers tbody tr").last();
    assertThat(row.select("td.n").eachText()).containsOnly("–");
    assertThat(row.select(".note").text()).isEqualTo("the region has no contour; EMPTY_ROI");
  }

  @Test
  void textOfTablesNeverBecomesMarkup() throws Exception {
    assertThat(cohortPage.select("script:not([type])")).hasSize(1);
    assertThat(cohortPage.select("script")).hasSize(3);
    assertThat(cohortPage.select("img")).isEmpty();
    assertThat(cohortPage.outerHtml()).doesNotContain("<script>alert(1)");
  }

  @Test
  void policyNamesTheOneScriptAndTheOneStyleByDigestAndNothingElse() throws Exception {
    assertThat(cohortPage.head().select("meta").get(1).attr("content"))
        .isEqualTo(
            String.format(
                Locale.ROOT,
                "default-src 'none'; script-src '%s'; style-src '%s'; base-uri 'none'; form-action 'none'",
                digest(cohortPage.select("script:not([type])").first().data()),
                digest(cohortPage.select("style").first().data())));
  }

  @Test
  void nothingIsLoadedFromAnywhere() throws Exception {
    assertThat(
            cohortPage.select(
                "[src],[href],[srcset],[action],[data],[style],[background],link,iframe,object"))
        .isEmpty();
    assertThat(cohortPage.select("style").first().data())
        .doesNotContain("url(")
        .doesNotContain("@import");
    assertThat(cohortPage.select("script:not([type])").first().data())
        .contains("Permission is hereby granted")
        .doesNotContain("fetch(")
        .doesNotContain("XMLHttpRequest");
  }

  @Test
  void sameBytesForAnyPartitionsAndOrder() throws Exception {
    Set<String> texts =
        List.of(1, 2, 7).stream()
            .map(
                partitions -> {
                  List<TableRecord> rows = new ArrayList<>(cohort());
                  Collections.shuffle(rows, new Random(partitions));
                  return text(output.resolve("p" + partitions), rows, partitions, 50);
                })
            .collect(Collectors.toSet());
    assertThat(texts).hasSize(1);
  }

  @Test
  void coursesBeyondTheLimitAreLeftOutAndCounted() throws Exception {
    Document one = page(output.resolve("one"), cohort(), 1, 1);
    assertThat(one.select("article h3").eachText()).containsExactly("P1 · 2024-01 c1");
    assertThat(one.select("#courses p").text()).startsWith("The first 1 of 2 courses");
    Document none = page(output.resolve("none"), cohort(), 1, 0);
    assertThat(none.select("article")).isEmpty();
    assertThat(none.select("#courses p").text()).startsWith("The first 0 of 2 courses");
  }

  @Test
  void stagesBeyondTheListAreCounted() throws Exception {
    List<TableRecord> rows = new ArrayList<>();
    for (int i = 0; i < SummaryReading.LISTED_STOPS + 3; i++) {
      rows.add(
          new OutcomeRow(
              DvhRows.head("c" + i, "P" + i, Outcome.Kind.FAILED, List.of()),
              "dvh",
              OutcomeRow.Structures.CLINICAL,
              0,
              "broke"));
    }
    Document page = page(output.resolve("stops"), rows, 2, 50);
    assertThat(page.select("#not-done tbody tr")).hasSize(SummaryReading.LISTED_STOPS);
    assertThat(page.select("#not-done p").text()).isEqualTo("3 more are in the table outcomes.");
  }

  @Test
  void folderWithoutTablesGivesAPageOfZeros() throws Exception {
    Document page = page(output.resolve("empty"), List.of(), 1, 50);
    assertThat(page.select(".counts b").eachText()).containsOnly("0");
    assertThat(page.select("#courses p").text()).isEqualTo("No course has dose and volume.");
    assertThat(page.select("#not-done p").text()).isEqualTo("Every stage of every course is done.");
  }

  private static Document page(
      Path folder, List<TableRecord> rows, int partitions, int mostCourses) {
    return Jsoup.parse(text(folder, rows, partitions, mostCourses));
  }

  private static String text(Path folder, List<TableRecord> rows, int partitions, int mostCourses) {
    JavaSparkContext spark = SharedSpark.context();
    TableStore store = new TableStore(spark, folder.toString(), partitions, PatientIds.kept());
    for (TableSchema<?> table : TABLES) {
      List<TableRecord> own =
          rows.stream().filter(row -> row.schema().name().equals(table.name())).toList();
      store.commit(
          new TableChange(table, spark.parallelize(own, partitions), new TableChange.Everything()));
    }
    try {
      Exports.write(
          spark,
          store,
          folder.toString(),
          new ExportOptions(EnumSet.of(Format.HTML), 100, mostCourses));
      return Files.readString(folder.resolve("_RESULTS/report.html"));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static List<TableRecord> cohort() {
    RowHead one = DvhRows.head("c1", "P1", Outcome.Kind.DONE, List.of());
    RowHead two = DvhRows.head("c2", "P2", Outcome.Kind.DONE, List.of());
    RowHead three = DvhRows.head("c3", "P3", Outcome.Kind.SKIPPED, List.of(Finding.Code.NO_DOSE));
    RowHead none = new RowHead(DvhRows.course("none"), "", "", "", Outcome.Kind.SKIPPED, List.of());
    List<TableRecord> rows = new ArrayList<>();
    rows.addAll(DvhRows.of(one, 1, "PTV"));
    rows.addAll(DvhRows.of(one, 2, NASTY));
    rows.addAll(DvhRows.of(two, 1, "Rectum"));
    rows.addAll(DvhRows.of(two, 10, "Bladder"));
    rows.add(DvhRows.notComputed(two, 11, "Empty"));
    rows.add(DvhRows.courseRow(one));
    rows.add(DvhRows.courseRow(two));
    rows.add(DvhRows.courseRow(three));
    rows.add(DvhRows.instance(one, ScannedFile.Use.USED, "/in/1.dcm"));
    rows.add(DvhRows.instance(two, ScannedFile.Use.USED, "/in/2.dcm"));
    rows.add(DvhRows.instance(none, ScannedFile.Use.IGNORED, "/in/notes.txt"));
    rows.add(DvhRows.instance(none, ScannedFile.Use.REJECTED, "/in/bad.dcm"));
    rows.add(new OutcomeRow(one, "dvh", OutcomeRow.Structures.CLINICAL, 4, ""));
    rows.add(new OutcomeRow(two, "dvh", OutcomeRow.Structures.CLINICAL, 3, ""));
    rows.add(
        new OutcomeRow(three, "dvh", OutcomeRow.Structures.CLINICAL, 0, "no dose in the course"));
    rows.add(
        finding(
            three, Finding.Level.SKIP_STAGE, Finding.Code.NO_DOSE, "c3", "no dose in the course"));
    rows.add(
        finding(
            none,
            Finding.Level.IGNORE_FILE,
            Finding.Code.NOT_DICOM,
            "Doe/notes.txt",
            "no preamble"));
    rows.add(
        finding(
            none, Finding.Level.REJECT_FILE, Finding.Code.UNREADABLE, "bad.dcm", "byte 3 is odd"));
    rows.add(finding(one, Finding.Level.WARN, Finding.Code.SINGLE_PLANE_ROI, "ROI 2", "one plane"));
    rows.add(finding(two, Finding.Level.WARN, Finding.Code.SINGLE_PLANE_ROI, "ROI 1", "one plane"));
    return rows;
  }

  private static FindingRow finding(
      RowHead head, Finding.Level level, Finding.Code code, String subject, String message) {
    return new FindingRow(head, "dvh", new Finding(level, code, subject, message));
  }

  private static String digest(String text) throws Exception {
    return "sha256-"
        + Base64.getEncoder()
            .encodeToString(
                MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
  }
}
