package org.rtpipeline.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rtpipeline.config.JobSource.Place;
import org.rtpipeline.dvh.AlphaBeta;
import org.rtpipeline.dvh.ConstraintSet;
import org.rtpipeline.dvh.DvhMetric;
import org.rtpipeline.dvh.DvhRequest;
import org.rtpipeline.organize.DoseChoice;
import org.rtpipeline.organize.OrganizeOptions;
import org.rtpipeline.qc.CropOptions;
import org.rtpipeline.qc.CropRegion;
import org.rtpipeline.report.ExportOptions;

final class SectionsTest {
  @TempDir Path folder;

  @Test
  void defaultsAloneMakeAJob() throws ConfigurationException {
    Job job = Sections.job(new JobSource(null, List.of(), Set.of()));
    assertThat(job.engine().workers()).isEqualTo(Workers.auto());
    assertThat(job.selection().stages())
        .containsExactly(RequestedStage.ORGANIZE, RequestedStage.METADATA, RequestedStage.DVH);
    assertThat(job.input()).isEmpty();
    assertThat(job.privacy().keyFile()).doesNotStartWith("~");
  }

  @Test
  void theDefaultsOfTheReferenceAreThoseOfTheSciences() throws ConfigurationException {
    Job job = Sections.job(new JobSource(null, List.of(), Set.of()));
    assertThat(job.dvh()).isEqualTo(DvhRequest.STANDARD);
    assertThat(job.courses()).isEqualTo(OrganizeOptions.standard());
    assertThat(job.export()).isEqualTo(ExportOptions.standard());
  }

  @Test
  void everyKeyOfTheReferenceIsReadAndNoOther() {
    var defaults = Sections.defaults();
    Reading reading = new Reading(defaults, defaults);
    Sections.job(reading, new JobSource(null, List.of(), Set.of()));
    assertThat(reading.problems()).isEmpty();
    assertThat(reading.keysRead()).isEqualTo(Reading.leaves(defaults));
  }

  @Test
  void settingsWinOverTheFileAndTheFileOverTheReference() throws Exception {
    Job job =
        job(
            "rtpipeline { input = /in, output = /out, dvh.bin-width-gy = 0.02, phantom.seed = 7 }",
            "dvh.bin-width-gy=0.05");
    assertThat(job.dvh().options().binWidthGy()).isEqualTo(0.05);
    assertThat(job.phantom().seed()).isEqualTo(7);
    assertThat(job.phantom().patients()).isEqualTo(3);
  }

  @Test
  void coursesAreFormedAsTheSiteSays() throws Exception {
    Path choices = folder.resolve("choices.csv");
    Files.writeString(choices, "patient_id,dose_uid,use\nP1,1.2.3,yes\n");
    Job job =
        job(
            PLACES,
            "courses.max-days=60",
            "courses.link-by-folder=true",
            "courses.relative-doses=scale-by-prescription",
            "courses.dose-choices=" + choices);

    assertThat(job.courses().maxDays()).isEqualTo(60);
    assertThat(job.courses().folders()).isEqualTo(OrganizeOptions.Folders.LINK);
    assertThat(job.courses().relativeDoses())
        .isEqualTo(OrganizeOptions.RelativeDoses.SCALE_BY_PRESCRIPTION);
    assertThat(job.courses().doseChoices())
        .containsExactly(new DoseChoice("P1", "1.2.3", DoseChoice.Use.YES));
  }

  @Test
  void croppingIsOffAndMarginsAreThoseOfTheRegionUnlessTheJobSaysOtherwise() throws Exception {
    assertThat(job(PLACES).cropping())
        .isEqualTo(
            new CropOptions(
                CropOptions.Mode.OFF,
                CropRegion.PELVIS,
                null,
                null,
                List.of(CropOptions.Result.values())));
    assertThat(
            job(
                    PLACES,
                    "cropping.enabled=true",
                    "cropping.region=head-neck",
                    "cropping.superior-margin-mm=12.5",
                    "cropping.results=[dvh]")
                .cropping())
        .isEqualTo(
            new CropOptions(
                CropOptions.Mode.ON,
                CropRegion.HEAD_NECK,
                12.5,
                null,
                List.of(CropOptions.Result.DVH)));
  }

  @Test
  void aTableOfDoseChoicesThatCannotBeReadIsAProblem() throws IOException {
    Path bad = folder.resolve("bad.csv");
    Files.writeString(bad, "patient,dose\n");
    assertThatThrownBy(() -> job(PLACES, "courses.dose-choices=" + bad))
        .hasMessageContaining("line 1 is not the header");
    assertThatThrownBy(() -> job(PLACES, "courses.dose-choices=" + folder.resolve("gone.csv")))
        .hasMessageContaining("which cannot be read");
  }

  @Test
  void theLastSettingOfAKeyWins() throws Exception {
    Job job = job(PLACES, "phantom.seed=1", "phantom.seed=2");
    assertThat(job.phantom().seed()).isEqualTo(2);
  }

  @Test
  void aJobIncludesTheFilesBesideIt() throws Exception {
    Files.writeString(folder.resolve("site.conf"), "rtpipeline.engine.workers = 3");
    Job job = job("include required(\"site.conf\")\n" + PLACES);
    assertThat(job.engine().workers()).isEqualTo(Workers.atMost(3));
  }

  @Test
  void anAbsentVariableLeavesTheDefault() throws Exception {
    Job job = job(PLACES + "\nrtpipeline.course = ${?NO_SUCH_VARIABLE_7F}");
    assertThat(job.selection().courseGlob()).isEqualTo("*");
  }

  @Test
  void aVariableOfTheEnvironmentFillsAValue() throws Exception {
    Job job = job(PLACES + "\nrtpipeline.course = ${?PATH}");
    assertThat(job.selection().courseGlob()).isEqualTo(System.getenv("PATH"));
  }

  @Test
  void aVariableThatMustBeThereIsNamedWithItsLine() {
    assertThat(problems(PLACES + "\nrtpipeline.course = ${NO_SUCH_VARIABLE_7F}"))
        .singleElement()
        .satisfies(problem -> assertThat(problem.where()).endsWith("job.conf:2"))
        .satisfies(problem -> assertThat(problem.message()).contains("NO_SUCH_VARIABLE_7F"));
  }

  @Test
  void listsMayBeWrittenWithCommasOrBrackets() throws Exception {
    assertThat(job(PLACES, "export.formats=csv, xlsx").export().formats())
        .isEqualTo(job(PLACES, "export.formats=[xlsx, csv]").export().formats())
        .containsExactlyInAnyOrder(ExportOptions.Format.CSV, ExportOptions.Format.XLSX);
  }

  @Test
  void relativePlacesStartAtTheWorkingDirectoryAndUrisStay() throws Exception {
    Job job = job("rtpipeline { input = \"s3a://bucket/a b\", output = some/../out }");
    assertThat(job.input()).isEqualTo("s3a://bucket/a b");
    assertThat(job.output()).isEqualTo(Path.of("out").toAbsolutePath().toString());
  }

  @Test
  void metricsAndConstraintsOfTheJobAreRead() throws Exception {
    Path own = folder.resolve("site limits.txt");
    Files.writeString(own, "# none\nCord ; cord ; Max[Gy] ; <= ; 45 ; a ; b\n");
    Job job =
        job(
            "rtpipeline { input = /in, output = /out, dvh { metrics = [\"D2cm3\", \"Mean[EQD2]\"],"
                + " constraints = [QUANTEC, \""
                + own
                + "\"], alpha-beta = [\"cord = 2\"], rtdose = true } }");
    assertThat(job.dvh().curveObjects()).isEqualTo(DvhRequest.CurveObjects.RT_DOSE);
    assertThat(job.dvh().metrics().metrics())
        .extracting(DvhMetric::text)
        .containsExactly("D2cc[Gy]", "Mean[EQD2]");
    assertThat(job.dvh().metrics().constraints())
        .extracting(ConstraintSet::name)
        .containsExactly("quantec", "site limits");
    assertThat(job.dvh().metrics().constraints().get(0).constraints()).hasSizeGreaterThan(40);
    assertThat(job.dvh().metrics().alphaBetas())
        .extracting(AlphaBeta::text)
        .containsExactly("cord = 2.0");
  }

  @Test
  void metricsAndConstraintsThatCannotBeReadAreNamed() throws Exception {
    Path own = folder.resolve("limits.txt");
    Files.writeString(own, "Cord ; cord ; Max[Gy] ; <= ; 45\n");
    Path binary = folder.resolve("binary.txt");
    Files.write(binary, new byte[] {(byte) 0xff, (byte) 0xfe, 0});
    assertThat(
            problems(
                PLACES,
                "dvh.metrics=D95%[cc]",
                "dvh.alpha-beta=cord",
                "dvh.constraints=quantum," + own + "," + binary + ",/"))
        .extracting(Problem::message)
        .anySatisfy(message -> assertThat(message).contains("dvh.metrics", "\"D95%[cc]\""))
        .anySatisfy(message -> assertThat(message).contains("dvh.alpha-beta", "\"cord\""))
        .anySatisfy(message -> assertThat(message).contains("no constraint file quantum"))
        .anySatisfy(message -> assertThat(message).contains("limits:1: constraint has 5 fields"))
        .anySatisfy(message -> assertThat(message).contains("binary.txt cannot be read"))
        .anySatisfy(message -> assertThat(message).contains("no constraint file /"));
  }

  @Test
  void allProblemsComeAtOnceWithTheirLines() {
    List<Problem> problems =
        problems(
            """
            rtpipeline {
              output = /out
              engine.workers = -2
              dvh { bin-width-gy = wide, end-cap = none }
              phantom.patients = 0
              export.formats = [csv, doc]
            }
            """,
            "phantom.seed=x");
    assertThat(problems.stream().map(problem -> problem.where().replaceAll(".*job", "job")))
        .containsExactlyInAnyOrder(
            "job.conf:3",
            "job.conf:4",
            "job.conf:4",
            "job.conf:5",
            "job.conf:6",
            "--set phantom.seed=x",
            "job.conf");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0", "-1", "many", "1.5", "[1]", "{ a = 1 }", "Auto", "9999999999", "\"\""})
  void workersThatAreNoCountAreRefusedWithTheirPlace(String workers) {
    assertThat(problems(PLACES + "\nrtpipeline.engine.workers = " + workers))
        .isNotEmpty()
        .allSatisfy(problem -> assertThat(problem.where()).endsWith("job.conf:2"));
  }

  @Test
  void aRefusedValueIsShownWithWhatWasExpected() {
    assertThat(problems(PLACES + "\nrtpipeline.engine.workers = 0"))
        .extracting(Problem::message)
        .containsExactly(
            "rtpipeline.engine.workers is 0, expected auto or a whole number of at least 1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "courses.merge-rule=study",
        "courses=3",
        "cropping.enabled=perhaps",
        "cropping.region=leg",
        "cropping.superior-margin-mm=-1",
        "cropping.inferior-margin-mm=wide",
        "cropping.results=[qc]",
        "dvh.bin-width-gy=0",
        "dvh.bin-width-gy=2",
        "dvh.bin-width-gy=NaN",
        "dvh.bin-width-gy=[0.1]",
        "dvh.end-caps=[none]",
        "dvh.between-planes=",
        "dvh.interpolation=nearest",
        "dvh.cells-per-roi=10",
        "engine.progress-seconds=0",
        "engine.ui=perhaps",
        "export.formats=[[csv]]",
        "export.formats={a=1}",
        "fail-fast=2",
        "only-failed=maybe",
        "phantom.seed=x",
        "phantom.making=always",
        "privacy.identifiers=all",
        "privacy.key-file=",
        "stages=",
        "stages=dose",
        "course=",
        "a..b=1",
        "dvh.end-caps=\"open"
      })
  void aValueThatCannotBeIsRefusedByItsOption(String setting) {
    assertThat(problems(PLACES, setting))
        .isNotEmpty()
        .allSatisfy(problem -> assertThat(problem.where()).isEqualTo("--set " + setting));
  }

  @ParameterizedTest
  @CsvSource({
    "inptu, input",
    "ouput, output",
    "stage, stages",
    "Stages, stages",
    "corse, course",
    "onlyFailed, only-failed",
    "only_failed, only-failed",
    "failfast, fail-fast",
    "workers, engine.workers",
    "max-workers, engine.workers",
    "engine.worker, engine.workers",
    "engine.wrokers, engine.workers",
    "engine.progress-second, engine.progress-seconds",
    "engine.progressSeconds, engine.progress-seconds",
    "engine.gui, engine.ui",
    "engin.workers, engine.workers",
    "course.merge-rule, courses.merge-rule",
    "courses.mergeRule, courses.merge-rule",
    "courses.merge-rules, courses.merge-rule",
    "merge-rule, courses.merge-rule",
    "dvh.bin-width, dvh.bin-width-gy",
    "dvh.binWidthGy, dvh.bin-width-gy",
    "dvh.bin_width_gy, dvh.bin-width-gy",
    "dhv.bin-width-gy, dvh.bin-width-gy",
    "dvh.endcaps, dvh.end-caps",
    "dvh.between-plane, dvh.between-planes",
    "privacy.keyFile, privacy.key-file",
    "privacy.identifier, privacy.identifiers",
    "exports.formats, export.formats",
    "export.format, export.formats",
    "phantom.patient, phantom.patients",
    "phantom.seeds, phantom.seed",
    "phantom.sise, phantom.size",
    "phantom.make, phantom.making"
  })
  void aTypingErrorIsAnsweredWithTheKeyThatWasMeant(String typed, String meant) {
    assertThat(problems("rtpipeline { input = /in, output = /out }\nrtpipeline." + typed + " = 1"))
        .filteredOn(problem -> problem.message().startsWith("unknown key"))
        .singleElement()
        .satisfies(problem -> assertThat(problem.where()).endsWith("job.conf:2"))
        .satisfies(
            problem ->
                assertThat(problem.message())
                    .isEqualTo(
                        "unknown key rtpipeline."
                            + typed
                            + ", the nearest known is rtpipeline."
                            + meant));
  }

  @Test
  void aKeyOutsideOurRootIsUnknown() {
    assertThat(problems(PLACES + "\ndvh.bin-width-gy = 0.1"))
        .extracting(Problem::message)
        .containsExactly(
            "unknown key dvh.bin-width-gy, the nearest known is rtpipeline.dvh.bin-width-gy");
  }

  @Test
  void anUnknownEmptySectionIsRefused() {
    assertThat(problems(PLACES + "\nrtpipeline.dhv {}"))
        .extracting(Problem::message)
        .singleElement()
        .asString()
        .startsWith("unknown key rtpipeline.dhv,");
  }

  @Test
  void aPlaceThatIsNeededMustBeNamed() {
    assertThat(problems(""))
        .extracting(Problem::message)
        .allSatisfy(message -> assertThat(message).contains("is not set: say --"))
        .hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/data", "/data/", "/data/out"})
  void resultsInsideTheInputAreRefused(String output) {
    assertThat(problems("rtpipeline { input = /data, output = " + output + " }"))
        .singleElement()
        .satisfies(problem -> assertThat(problem.message()).contains("outside the input"));
  }

  @Test
  void aFolderWhoseNameBeginsAsTheInputIsOutsideIt() throws Exception {
    assertThat(job("rtpipeline { input = /data, output = /data2 }").output()).isEqualTo("/data2");
  }

  @Test
  void aJobFileThatIsNotThereIsNamed() {
    Path absent = folder.resolve("absent.conf");
    assertThatThrownBy(() -> Sections.job(new JobSource(absent, List.of(), Set.of())))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(absent + ": there is no such job file");
  }

  @Test
  void anIncludedFileThatIsNotThereIsNamed() {
    assertThat(problems("include required(file(\"/no/such/site.conf\"))"))
        .singleElement()
        .satisfies(problem -> assertThat(problem.toString()).contains("/no/such/site.conf"));
  }

  @Test
  void textThatIsNoHoconIsNamedWithItsLine() {
    assertThat(problems("rtpipeline {\n  dvh { bin-width-gy = }}}\n"))
        .singleElement()
        .satisfies(problem -> assertThat(problem.where()).contains("job.conf:2"));
  }

  @Test
  void theResolvedTextSaysWhereEachValueCameFrom() throws Exception {
    String text = job(PLACES, "phantom.seed=9").configuration().text();
    assertThat(text.lines())
        .contains("rtpipeline.phantom.seed = \"9\"  # --set phantom.seed=9")
        .anyMatch(line -> line.matches("rtpipeline.input = \"/in\" {2}# .*job.conf:1"))
        .anyMatch(line -> line.matches("rtpipeline.engine.ui = false {2}# .*reference.conf:[0-9]+"))
        .noneMatch(line -> line.contains("merge of"));
  }

  @Test
  void theResolvedTextIsAJobFileOfTheSameMeaning() throws Exception {
    var configuration = job(PLACES, "phantom.seed=9", "stages=[dvh]").configuration();
    assertThat(job(configuration.text()).configuration().sha256())
        .isEqualTo(configuration.sha256());
  }

  @Test
  void theDigestDependsOnValuesAndNotOnTheirPlaces() throws Exception {
    String alone = job(PLACES).configuration().sha256();
    assertThat(job("\n\n" + PLACES).configuration().sha256()).isEqualTo(alone).hasSize(64);
    assertThat(job(PLACES, "phantom.seed=9").configuration().sha256()).isNotEqualTo(alone);
  }

  private static final String PLACES = "rtpipeline { input = /in, output = /out }";

  private Job job(String text, String... settings) throws IOException, ConfigurationException {
    Path file = Files.writeString(folder.resolve("job.conf"), text);
    return Sections.job(
        new JobSource(
            file,
            Arrays.stream(settings).map(Setting::of).toList(),
            Set.of(Place.INPUT, Place.OUTPUT)));
  }

  private List<Problem> problems(String text, String... settings) {
    ConfigurationException thrown =
        catchThrowableOfType(ConfigurationException.class, () -> job(text, settings));
    assertThat(thrown).as("configuration is accepted").isNotNull();
    return thrown.problems();
  }
}
