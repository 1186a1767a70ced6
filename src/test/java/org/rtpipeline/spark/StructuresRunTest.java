package org.rtpipeline.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.rtpipeline.dicom.RtStructReader;
import org.rtpipeline.fixture.CsvTable;
import org.rtpipeline.fixture.Phantoms;
import org.rtpipeline.fixture.SharedSpark;
import org.rtpipeline.model.Roi;
import org.rtpipeline.model.StructureSet;
import org.rtpipeline.structures.StructureRequest;

/** A whole run that derives structures, on made-up courses. */
@ExtendWith(SharedSpark.class)
final class StructuresRunTest {

  private static final String DEFINITIONS =
      """
      custom_structures:
        - name: PTV_5mm
          source_structures: [PTV_High]
          margin: 5
        - name: PTV_ring
          source_structures: [PTV_High]
          ring: {inner_mm: 0, outer_mm: 5}
        - name: Nothing
          operation: intersection
          source_structures: [PTV_High, no_such_structure]
      """;

  @TempDir static Path folder;

  private final JavaSparkContext context;
  private final Path output = folder.resolve("out");

  StructuresRunTest(JavaSparkContext context) {
    this.context = context;
  }

  @BeforeAll
  static void run() throws Exception {
    Path input = folder.resolve("in");
    Phantoms.write(input, 2);
    CohortRun.run(
        Runs.engine(SharedSpark.context(), 2), request(input, folder.resolve("out")), Runs.SILENT);
  }

  private static RunRequest request(Path input, Path output) {
    RunRequest plain = Runs.request(input, output);
    return new RunRequest(
        plain.places(),
        EnumSet.of(StageName.QC, StageName.STRUCTURES, StageName.DVH),
        plain.selection(),
        plain.onBug(),
        plain.organize(),
        plain.keys(),
        plain.segmentation(),
        StructureRequest.of(DEFINITIONS, 0.5),
        plain.cropping(),
        plain.dvh(),
        plain.pet(),
        plain.radiomics(),
        plain.patientIds(),
        plain.personal(),
        plain.export(),
        plain.configuration());
  }

  @Test
  void everyDefinitionHasARowInEveryCourse() {
    List<String> rows =
        Runs.rows(
            context, output, "derived_structures", "structure", "outcome", "reason", "findings");

    assertThat(rows).hasSize(6);
    assertThat(rows).filteredOn(row -> row.contains("structure=Nothing")).hasSize(2);
    assertThat(rows)
        .filteredOn(row -> row.contains("structure=Nothing"))
        .allSatisfy(
            row ->
                assertThat(row)
                    .contains(
                        "outcome=SKIPPED",
                        "DERIVED_STRUCTURE",
                        "not made: no_such_structure not there"));
    assertThat(rows).filteredOn(row -> row.contains("structure=PTV_ring, ")).hasSize(0);
    assertThat(rows).filteredOn(row -> row.contains("structure=PTV_ring")).hasSize(2);
  }

  @Test
  void everyDerivedStructureIsInTheExport() throws Exception {
    assertThat(CsvTable.rows(output.resolve("_RESULTS/derived_structures.csv")))
        .hasSameSizeAs(Runs.rows(context, output, "derived_structures", "structure"))
        .isNotEmpty();
  }

  @Test
  void histogramsOfDerivedStructuresSayThatTheyAreDerived() {
    List<String> rows =
        Runs.rows(context, output, "dvh", "roi_name", "segmentation_source", "volume_cm3");

    assertThat(rows).filteredOn(row -> row.contains("segmentation_source=Custom")).hasSize(4);
    for (String ring : rows.stream().filter(row -> row.contains("roi_name=PTV_ring")).toList()) {
      assertThat(ring).contains("segmentation_source=Custom");
    }
    double whole = sum(rows, "PTV_5mm", "Custom");
    double ring = sum(rows, "PTV_ring", "Custom");
    double ptv = sumOfPtv(rows);
    assertThat(ptv + ring).isCloseTo(whole, within(0.02 * whole));
  }

  private static double sum(List<String> rows, String name, String source) {
    return rows.stream()
        .filter(row -> row.contains("roi_name=" + name + ","))
        .filter(row -> row.contains("segmentation_source=" + source))
        .mapToDouble(StructuresRunTest::volume)
        .sum();
  }

  private static double sumOfPtv(List<String> rows) {
    return rows.stream()
        .filter(row -> row.contains("roi_name=PTV_High,"))
        .mapToDouble(StructuresRunTest::volume)
        .sum();
  }

  private static double volume(String row) {
    return Double.parseDouble(row.replaceFirst(".*volume_cm3=([0-9.E-]+).*", "$1"));
  }

  @Test
  void theStructureSetIsReadBackWithItsRegions() throws Exception {
    List<Path> files = files(output);

    assertThat(files).hasSize(2);
    for (Path file : files) {
      StructureSet set =
          RtStructReader.read(file.toString(), new ByteArrayInputStream(Files.readAllBytes(file)));
      assertThat(set.approvalStatus()).isEqualTo("UNAPPROVED");
      assertThat(set.rois()).extracting(Roi::name).containsExactly("PTV_5mm", "PTV_ring");
      assertThat(Files.exists(file.resolveSibling("manifest.txt"))).isTrue();
    }
  }

  @Test
  void qualityChecksHaveARowEachAndASummary() {
    assertThat(Runs.rows(context, output, "qc_summary", "overall_status")).hasSize(2);
    assertThat(Runs.rows(context, output, "qc", "check", "level"))
        .anySatisfy(row -> assertThat(row).contains("check=CT_HOUNSFIELD", "level=PASS"))
        .noneSatisfy(row -> assertThat(row).contains("level=FAIL"));
  }

  @Test
  void aSecondRunLeavesTheSameBytes() throws Exception {
    List<Path> files = files(output);
    byte[] first = Files.readAllBytes(files.get(0));

    CohortRun.run(Runs.engine(context, 2), request(folder.resolve("in"), output), Runs.SILENT);

    assertThat(files(output)).isEqualTo(files);
    assertThat(Files.readAllBytes(files.get(0))).isEqualTo(first);
  }

  private static List<Path> files(Path output) throws Exception {
    try (Stream<Path> all = Files.walk(output.resolve("courses"))) {
      return all.filter(file -> file.endsWith("RS_custom.dcm")).sorted().toList();
    }
  }
}
