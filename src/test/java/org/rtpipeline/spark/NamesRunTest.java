package org.rtpipeline.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.rtpipeline.fixture.Phantoms;
import org.rtpipeline.fixture.SharedSpark;
import org.rtpipeline.qc.CropOptions;
import org.rtpipeline.structures.NameLayer;
import org.rtpipeline.structures.NameMaps;
import org.rtpipeline.structures.StructureRequest;
import org.rtpipeline.structures.UnmappedName;

/** Standard names in a whole run, and the list of the names that no map knows. */
@ExtendWith(SharedSpark.class)
final class NamesRunTest {

  private static final NameMaps NAMES =
      NameMaps.of(
          List.of(
              new NameMaps.Source(
                  NameLayer.SITE, "site.csv", "standard_name,roi_name\nTarget,/ptv_.*/\n"),
              new NameMaps.Source(
                  NameLayer.PATIENT,
                  "some.csv",
                  "patient_id,standard_name,roi_name\nPHANTOM-0001,PTV_7000,ptv high\n")));

  private static final String DERIVED =
      """
      custom_structures:
        - name: SpinalCord
          source_structures: [PTV_7000]
          ring: {inner_mm: 0, outer_mm: 5}
      """;

  @TempDir static Path folder;

  private final JavaSparkContext context;

  NamesRunTest(JavaSparkContext context) {
    this.context = context;
  }

  @BeforeAll
  static void run() throws Exception {
    Phantoms.write(folder.resolve("in"), 2);
    CohortRun.run(Runs.engine(SharedSpark.context(), 2), request(NAMES), Runs.SILENT);
  }

  private static RunRequest request(NameMaps names) {
    RunRequest plain = Runs.request(folder.resolve("in"), folder.resolve("out"));
    return at(plain.places(), plain, names);
  }

  private static RunRequest at(RunRequest.Places places, RunRequest plain, NameMaps names) {
    return new RunRequest(
        places,
        EnumSet.of(StageName.QC, StageName.STRUCTURES, StageName.DVH),
        plain.selection(),
        plain.onBug(),
        plain.organize(),
        plain.keys(),
        plain.segmentation(),
        StructureRequest.of(DERIVED, 1).with(names),
        CropOptions.OFF,
        plain.dvh(),
        plain.pet(),
        plain.radiomics(),
        plain.patientIds(),
        plain.personal(),
        plain.export(),
        plain.configuration());
  }

  @Test
  void everyRegionOfTheInputHasARowWithItsNameAndTheRuleThatMappedIt() {
    List<String> rows =
        Runs.rows(
            context,
            folder.resolve("out"),
            "structure_names",
            "patient_id",
            "roi_name",
            "roi_standard_name",
            "name_rule");

    assertThat(rows)
        .contains(
            "{name_rule=patient some.csv:2 normalised, patient_id=PHANTOM-0001,"
                + " roi_name=PTV_High, roi_standard_name=PTV_7000}",
            "{name_rule=site site.csv:2 regular expression, patient_id=PHANTOM-0002,"
                + " roi_name=PTV_High, roi_standard_name=Target}")
        .anyMatch(row -> row.startsWith("{name_rule=null") && row.endsWith("_name=null}"));
  }

  @Test
  void histogramsHaveTheStandardNameBesideTheName() {
    assertThat(
            Runs.rows(
                context,
                folder.resolve("out"),
                "dvh",
                "patient_id",
                "roi_name",
                "roi_standard_name",
                "segmentation_source"))
        .anyMatch(
            row ->
                row.contains("roi_name=PTV_High, roi_standard_name=PTV_7000")
                    && row.contains("PHANTOM-0001"));
  }

  @Test
  void aDerivedStructureIsMadeOfARegionFoundByItsStandardName() {
    assertThat(
            Runs.rows(
                context, folder.resolve("out"), "derived_structures", "patient_id", "outcome"))
        .containsExactly(
            "{outcome=DONE, patient_id=PHANTOM-0001}",
            "{outcome=SKIPPED, patient_id=PHANTOM-0002}");
  }

  @Test
  void w05ARegionStaysInTheExportThoughAnotherPatientHasOneOfItsName() throws Exception {
    List<String> lines =
        Files.readAllLines(folder.resolve("out").resolve("_RESULTS/dvh_metrics.csv"));
    List<String> cords = lines.stream().filter(line -> line.contains(",SpinalCord,")).toList();

    assertThat(cords)
        .anyMatch(line -> line.startsWith("PHANTOM-0001,") && line.contains(",Custom,"))
        .anyMatch(line -> line.startsWith("PHANTOM-0002,") && !line.contains(",Custom,"));
  }

  @Test
  void unmappedNamesAreTheSameFromTheInputAndFromTheTables() throws Exception {
    SparkEngine engine = Runs.engine(context, 2);

    List<UnmappedName> ofInput = NamesRun.ofInput(engine, request(NAMES));

    assertThat(ofInput).isNotEmpty().noneMatch(name -> name.name().startsWith("PTV_"));
    assertThat(ofInput.get(0).courses()).isEqualTo(2);
    assertThat(NamesRun.ofOutput(engine, output(), NAMES)).isEqualTo(ofInput);
  }

  @Test
  void namesOfAnInputNeedNoOutput() throws Exception {
    SparkEngine engine = Runs.engine(context, 2);
    RunRequest request = request(NAMES);
    RunRequest.Places alone = new RunRequest.Places(request.places().inputUri(), "");

    assertThat(NamesRun.ofInput(engine, at(alone, request, NAMES)))
        .isEqualTo(NamesRun.ofInput(engine, request));
  }

  @Test
  void mapsOfNowAreAppliedToTheNamesOfEarlierRuns() throws Exception {
    List<UnmappedName> names = NamesRun.ofOutput(Runs.engine(context, 2), output(), NameMaps.NONE);

    assertThat(names)
        .filteredOn(name -> name.name().equals("PTV_High"))
        .singleElement()
        .satisfies(name -> assertThat(name.courses()).isEqualTo(1));
  }

  @Test
  void anOutputWithoutNamesSaysWhatToRun() {
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(
            () ->
                NamesRun.ofOutput(
                    Runs.engine(context, 2),
                    folder.resolve("none").toUri().toString(),
                    NameMaps.NONE))
        .withMessageContaining("run the stage qc first");
  }

  private static String output() {
    return folder.resolve("out").toUri().toString();
  }
}
