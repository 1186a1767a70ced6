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
import org.rtpipeline.fixture.Phantoms;
import org.rtpipeline.fixture.SharedSpark;
import org.rtpipeline.model.Roi;
import org.rtpipeline.model.StructureSet;
import org.rtpipeline.qc.CropOptions;
import org.rtpipeline.qc.CropRegion;
import org.rtpipeline.radiomics.RadiomicsSettings;

/** Whole runs that cut structures to the thorax: one course of three has its landmarks. */
@ExtendWith(SharedSpark.class)
final class CroppingRunTest {

  private static final CropOptions THORAX =
      new CropOptions(
          CropOptions.Mode.ON,
          CropRegion.THORAX,
          0.0,
          0.0,
          List.of(CropOptions.Result.DVH, CropOptions.Result.RADIOMICS));

  @TempDir static Path folder;

  private final JavaSparkContext context;
  private final Path output = folder.resolve("out");

  CroppingRunTest(JavaSparkContext context) {
    this.context = context;
  }

  @BeforeAll
  static void run() throws Exception {
    Path input = folder.resolve("in");
    Phantoms.write(input, 3);
    CohortRun.run(
        Runs.engine(SharedSpark.context(), 2), request(input, folder.resolve("out")), Runs.SILENT);
  }

  private static RunRequest request(Path input, Path output) {
    return request(
        input,
        output,
        EnumSet.of(StageName.SEGMENTATION, StageName.CROPPING, StageName.DVH, StageName.RADIOMICS));
  }

  private static RunRequest request(Path input, Path output, EnumSet<StageName> stages) {
    RunRequest plain = Runs.request(input, output);
    return new RunRequest(
        plain.places(),
        stages,
        plain.selection(),
        plain.onBug(),
        plain.organize(),
        plain.keys(),
        plain.segmentation(),
        plain.structures(),
        THORAX,
        plain.dvh(),
        plain.pet(),
        tooSmall(plain.radiomics()),
        plain.patientIds(),
        plain.personal(),
        plain.export(),
        plain.configuration());
  }

  /** No region has so many voxels: rows say which region is meant, and nothing is computed. */
  private static RadiomicsSettings tooSmall(RadiomicsSettings plain) {
    return new RadiomicsSettings(
        plain.parameters(),
        plain.petParameters(),
        List.of(),
        new RadiomicsSettings.Limits(
            10_000_000, 100_000_000, RadiomicsSettings.LargeRois.REDUCED, 1 << 24));
  }

  private List<String> rows(String table, String... columns) {
    return Runs.rows(context, output, table, columns);
  }

  @Test
  void everyStructureHasARowThatSaysWhatItLoses() {
    List<String> thorax =
        rows("cropped_structures", "roi_name", "extent", "lost_pct", "outcome").stream()
            .filter(row -> row.contains("outcome=DONE"))
            .toList();

    assertThat(thorax).hasSize(14);
    assertThat(thorax)
        .contains("{extent=WHOLE, lost_pct=0.0, outcome=DONE, roi_name=Heart}")
        .filteredOn(row -> row.contains("extent=CLIPPED"))
        .hasSize(2)
        .anySatisfy(row -> assertThat(row).contains("lost_pct=5.5555555", "roi_name=BODY}"))
        .anySatisfy(row -> assertThat(row).contains("roi_name=body}"));
  }

  @Test
  void histogramsOfCutStructuresAreRowsOfTheirOwnBesideTheWholeOnes() {
    List<String> bodies =
        rows("dvh", "course_key", "roi_name", "segmentation_source", "clipped", "volume_cm3")
            .stream()
            .filter(row -> row.contains("roi_name=BODY"))
            .toList();

    assertThat(bodies).hasSize(4).filteredOn(row -> row.contains("clipped=true")).hasSize(1);
    String cut = bodies.stream().filter(r -> r.contains("clipped=true")).findFirst().orElseThrow();
    assertThat(cut).contains("segmentation_source=Cropped:Manual");
    String key = cut.replaceFirst(".*(course_key=[a-z0-9]+).*", "$1");
    String whole =
        bodies.stream()
            .filter(row -> row.contains(key) && row.contains("clipped=false"))
            .findFirst()
            .orElseThrow();
    assertThat(volumeCm3(cut) / volumeCm3(whole)).isCloseTo(34 / 36.0, within(1e-9));
    assertThat(rows("radiomics_diagnostics", "segmentation_source", "roi_name", "clipped"))
        .contains("{clipped=true, roi_name=BODY, segmentation_source=Cropped:Manual}")
        .contains("{clipped=false, roi_name=BODY, segmentation_source=Manual}");
  }

  private static double volumeCm3(String row) {
    return Double.parseDouble(row.replaceFirst(".*volume_cm3=([0-9.E-]+).*", "$1"));
  }

  @Test
  void exportsMarkCutStructuresAsThePythonSystemDoes() throws Exception {
    Path results = output.resolve("_RESULTS");
    List<String> lines = Files.readAllLines(results.resolve("dvh_metrics.csv"));

    assertThat(lines).filteredOn(line -> line.contains("BODY__partial,BODY,")).hasSize(1);
    assertThat(lines)
        .filteredOn(line -> line.contains("BODY__partial,BODY,"))
        .allSatisfy(line -> assertThat(line).contains("BODY__partial,BODY,Cropped:Manual,true,"));
    assertThat(Files.readAllLines(results.resolve("radiomics_ct.csv")))
        .anySatisfy(line -> assertThat(line).contains("Cropped:Manual,BODY__partial,BODY,"));
    assertThat(Files.readAllLines(results.resolve("cropped_structures.csv")).get(0))
        .contains("lost_cm3", "lost_pct", "superior_mm", "inferior_mm");
  }

  @Test
  void automaticStructuresThatAreCutAreWrittenUnderAManifest() throws Exception {
    List<Path> files = files(output);

    assertThat(files).hasSize(1);
    StructureSet set =
        RtStructReader.read(
            files.get(0).toString(), new ByteArrayInputStream(Files.readAllBytes(files.get(0))));
    assertThat(set.approvalStatus()).isEqualTo("UNAPPROVED");
    assertThat(set.rois())
        .extracting(Roi::name)
        .containsExactly("body__partial", "lung_left", "lung_right");
    assertThat(Files.readString(files.get(0).resolveSibling("manifest.txt")))
        .contains("RS_auto_cropped.dcm");
    assertThat(rows("cropped_structures", "cropped_structure_set_uid"))
        .contains("{cropped_structure_set_uid=" + set.sopInstanceUid() + "}");
  }

  @Test
  void w26CutStructuresAreNoInputOfTheNextRun() throws Exception {
    List<Path> files = files(output);
    byte[] first = Files.readAllBytes(files.get(0));
    List<String> cropped = rows("cropped_structures");
    List<String> histograms = rows("dvh", "roi_name", "segmentation_source", "stage_key");

    CohortRun.run(Runs.engine(context, 2), request(folder.resolve("in"), output), Runs.SILENT);

    assertThat(rows("cropped_structures")).isEqualTo(cropped);
    assertThat(rows("cropped_structures", "segmentation_source"))
        .noneMatch(row -> row.contains("Cropped:"));
    assertThat(rows("dvh", "roi_name", "segmentation_source", "stage_key")).isEqualTo(histograms);
    assertThat(files(output)).isEqualTo(files);
    assertThat(Files.readAllBytes(files.get(0))).isEqualTo(first);
  }

  @Test
  void w27ACourseWithoutALandmarkHasNoCutStructuresInsteadOfThoseOfItsScan() {
    assertThat(rows("outcomes", "stage", "outcome"))
        .filteredOn(row -> row.contains("stage=cropping"))
        .containsExactlyInAnyOrder(
            "{outcome=DONE, stage=cropping}",
            "{outcome=SKIPPED, stage=cropping}",
            "{outcome=SKIPPED, stage=cropping}");
    assertThat(rows("findings", "stage", "level", "code", "message"))
        .filteredOn(row -> row.contains("stage=cropping"))
        .hasSize(2)
        .allSatisfy(
            row ->
                assertThat(row)
                    .contains(
                        "code=CROP_LANDMARK_MISSING",
                        "level=SKIP_STAGE",
                        "nothing is cut: THORAX",
                        "no landmark of the upper bound, expected vertebrae_C7"));
    assertThat(rows("cropped_structures", "extent", "outcome", "reason"))
        .filteredOn(row -> row.contains("outcome=SKIPPED"))
        .isNotEmpty()
        .allMatch(row -> row.contains("extent=null") && row.contains("a bound is open"));
  }

  @Test
  void withoutAutomaticStructuresClinicalLandmarksCutClinicalStructures() throws Exception {
    Path other = folder.resolve("clinical");

    CohortRun.run(
        Runs.engine(context, 2),
        request(folder.resolve("in"), other, EnumSet.of(StageName.CROPPING)),
        Runs.SILENT);

    assertThat(Runs.rows(context, other, "cropped_structures", "segmentation_source", "outcome"))
        .filteredOn(row -> row.contains("outcome=DONE"))
        .hasSize(11)
        .containsOnly("{outcome=DONE, segmentation_source=Manual}");
    assertThat(Files.exists(other.resolve("courses"))).isFalse();
  }

  private static List<Path> files(Path output) throws Exception {
    try (Stream<Path> all = Files.walk(output.resolve("courses"))) {
      return all.filter(file -> file.endsWith("RS_auto_cropped.dcm")).sorted().toList();
    }
  }
}
