package org.rtpipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rtpipeline.config.Job;
import org.rtpipeline.config.PhantomSection;
import org.rtpipeline.config.Setting;
import org.rtpipeline.config.Workers;
import org.rtpipeline.report.ExportSummary;
import org.rtpipeline.segmentation.SegmentationOptions;
import org.rtpipeline.spark.Parallelism;
import org.rtpipeline.spark.RunPlan;
import org.rtpipeline.spark.RunSummary;
import org.rtpipeline.spark.StageName;
import org.rtpipeline.spark.StageUse;
import picocli.CommandLine;

final class MainTest {
  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final RecordingRooms rooms = new RecordingRooms();
  private String input = "";
  private String output = "";

  @BeforeEach
  void makeInput() throws IOException {
    Path made = Files.createDirectory(folder.resolve("in put"));
    Files.writeString(made.resolve("CT.dcm"), "");
    input = made.toString();
    output = folder.resolve("out put").toString();
  }

  @Test
  void noArgumentsShowHelpWithExamplesFirst() {
    assertThat(run()).isZero();
    assertThat(out.toString())
        .startsWith("Examples:")
        .contains("submit/local jobs/demo.conf", "plan");
    assertThat(rooms.calls).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run",
        "plan",
        "validate",
        "phantom",
        "export",
        "radiomics",
        "doctor",
        "completion"
      })
  void everyCommandHasHelp(String command) {
    assertThat(run(command, "--help")).isZero();
    assertThat(out.toString()).contains("Usage: rtpipeline " + command);
  }

  @Test
  void foldersAloneAreARun() {
    assertThat(run("--input", input, "--output", output)).isZero();
    assertThat(rooms.calls).containsExactly("run " + input);
    assertThat(out.toString().lines())
        .containsExactly("results in " + output + "/_RESULTS", "  dvh_metrics      csv");
  }

  @Test
  void aJobFileAloneIsARun() throws IOException {
    assertThat(run(jobFile().toString(), "--workers", "2")).isZero();
    assertThat(rooms.job().engine().workers()).isEqualTo(Workers.atMost(2));
  }

  @Test
  void aJobFileMayBeNamedByItsOption() throws IOException {
    assertThat(run("run", "--job", jobFile().toString())).isZero();
    assertThat(rooms.job().output()).isEqualTo(output);
  }

  @Test
  void everyOptionReachesTheJob() {
    assertThat(
            run(
                "-i",
                input,
                "-o",
                output,
                "--stages",
                "dvh",
                "--course",
                "k*",
                "--only-failed",
                "--set",
                "dvh.bin-width-gy=0.1"))
        .isZero();
    assertThat(rooms.job().selection())
        .hasToString("Selection[stages=[DVH], courseGlob=k*, which=ONLY_FAILED]");
    assertThat(rooms.job().dvh().options().binWidthGy()).isEqualTo(0.1);
  }

  @Test
  void aDryRunPlansAndDoesNothing() {
    assertThat(run("--input", input, "--output", output, "--dry-run")).isZero();
    assertThat(rooms.calls).containsExactly("plan " + input);
    assertThat(out.toString())
        .startsWith("1 executor(s), 4 core(s), 3 usable; ")
        .contains("\ndvh ");
  }

  @Test
  void planIsACommandToo() {
    assertThat(run("plan", "--input", input, "--output", output)).isZero();
    assertThat(rooms.calls).containsExactly("plan " + input);
  }

  @Test
  void aPlanWithoutInputIsOfTheMachine() {
    assertThat(run("plan")).isZero();
    assertThat(rooms.calls).containsExactly("plan of the machine");
  }

  @Test
  void aPlanOfAnInputNeedsItsOutput() {
    assertThat(run("plan", "--input", input)).isEqualTo(2);
    assertThat(err.toString()).contains("output is not set");
  }

  @Test
  void aPlanMayBeForAProgram() {
    assertThat(run("plan", "--json")).isZero();
    assertThat(out.toString())
        .contains("\"usableCores\" : 3")
        .contains("\"threadsPerGpuTask\" : 1");
  }

  @Test
  void aPlanMakesNoPhantoms() {
    String absent = folder.resolve("phantoms").toString();
    assertThat(run("plan", "-i", absent, "-o", output, "--set", "phantom.making=when-absent"))
        .isZero();
    assertThat(rooms.calls).containsExactly("plan of the machine");
    assertThat(err.toString()).contains("a phantom cohort of 3 patient(s) in " + absent);
  }

  @Test
  void anEmptyInputIsRefused() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertThat(run("-i", empty.toString(), "-o", output)).isEqualTo(2);
    assertThat(err.toString())
        .isEqualToIgnoringNewLines(
            "error: input " + empty + " is empty, expected DICOM files in it or below it");
  }

  @Test
  void anOutputThatIsAFileIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("taken"), "");
    assertThat(run("-i", input, "-o", file.resolve("below").toString())).isEqualTo(2);
    assertThat(err.toString()).contains("taken is a file, expected a folder");
    assertThat(rooms.calls).isEmpty();
  }

  @Test
  void anOutputInsideTheInputIsRefused() {
    assertThat(run("-i", input, "-o", input + "/results")).isEqualTo(2);
    assertThat(err.toString()).contains("expected a folder outside the input");
  }

  @Test
  void theLastLinesSayWhatWasLeftOutAndWhy() {
    rooms.skipped = 1;
    assertThat(run("--input", input, "--output", output)).isEqualTo(3);
    assertThat(err.toString())
        .contains("files:   5 seen = 4 used + 1 ignored + 0 rejected")
        .contains("courses: 3 found = 2 done + 1 skipped + 0 failed, in 1:02")
        .contains("  1 course   NO_DOSE: no dose refers to the structure set (k7)")
        .contains("  each one is in table findings")
        .contains("note: a sheet was split")
        .contains("dvh                       1             1         80%     12.3")
        .contains("run r1, its record is in " + output + "/runs");
  }

  @Test
  void aRunMakesItsPhantomsWhenTheInputIsAbsent() {
    String absent = folder.resolve("phantoms").toString();
    assertThat(run("-i", absent, "-o", output, "--set", "phantom.making=when-absent")).isZero();
    assertThat(rooms.calls).containsExactly("phantom " + absent + " 3", "run " + absent);
  }

  @Test
  void aRunKeepsPhantomsThatAreThere() throws IOException {
    assertThat(Path.of(input, "CT.dcm")).exists();
    assertThat(run("-i", input, "-o", output, "--set", "phantom.making=when-absent")).isZero();
    assertThat(rooms.calls).containsExactly("run " + input);
  }

  @Test
  void phantomsGoWhereTheyAreAskedTo() {
    assertThat(run("phantom", "--output", output, "--patients", "4", "--size", "clinical"))
        .isZero();
    assertThat(rooms.calls).containsExactly("phantom " + output + " 4");
    assertThat(out.toString()).isEqualToIgnoringNewLines(output);
  }

  @Test
  void aCohortThatCannotBeIsRefused() {
    assertThat(run("phantom", "--output", output, "--patients", "0")).isEqualTo(2);
    assertThat(err.toString()).contains("--patients 0: rtpipeline.phantom.patients is \"0\"");
  }

  @Test
  void exportPrintsItsPaths() {
    assertThat(run("export", "--output", output)).isZero();
    assertThat(out.toString().lines())
        .containsExactly("results in " + output + "/_RESULTS", "  dvh_metrics      csv");
    assertThat(err.toString()).isEqualToIgnoringNewLines("note: a sheet was split");
  }

  @Test
  void validateShowsWhereEachValueCameFrom() {
    assertThat(run("validate", "--workers", "5")).isZero();
    assertThat(out.toString())
        .contains("# --workers 5")
        .contains("rtpipeline.engine.workers = \"5\"");
    assertThat(err.toString()).contains("the configuration is good, sha256 ");
  }

  @Test
  void doctorNamesTheVersionsOfABugReport() {
    assertThat(run("doctor")).isZero();
    assertThat(out.toString()).contains("back end    CLASSICAL");
    assertThat(out.toString()).contains("spark       4.1.").contains("java        17");
  }

  @Test
  void completionIsAScript() {
    assertThat(run("completion")).isZero();
    assertThat(out.toString()).contains("--only-failed");
  }

  @Test
  void problemsOfTheConfigurationComeTogetherWithoutStack() {
    assertThat(run("-i", input, "-o", output, "--workers", "0", "--set", "dvh.end-cap=none"))
        .isEqualTo(2);
    assertThat(err.toString().lines())
        .containsExactly(
            "error: --set dvh.end-cap=none: unknown key rtpipeline.dvh.end-cap, the nearest known is"
                + " rtpipeline.dvh.end-caps",
            "error: --workers 0: rtpipeline.engine.workers is \"0\", expected auto or a whole number"
                + " of at least 1");
    assertThat(rooms.calls).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--inptu x",
        "plna",
        "plna --job a.conf",
        "absent.conf",
        "run a.conf --job b.conf",
        "--set nonsense",
        "phantom",
        "export",
        "--input /no/such/folder --output x"
      })
  void argumentsThatCannotBeAreOneMessageWithoutStack(String arguments) {
    assertThat(run(arguments.split(" ", -1))).isEqualTo(2);
    assertThat(err.toString()).contains("error: ").doesNotContain("\tat ");
    assertThat(rooms.calls).isEmpty();
  }

  @Test
  void aMistypedOptionIsAnsweredWithTheNearest() {
    assertThat(run("run", "--stage", "dvh")).isEqualTo(2);
    assertThat(err.toString()).contains("--stages");
  }

  @Test
  void aFileIsNoInput() throws IOException {
    Path file = Files.writeString(folder.resolve("x.dcm"), "");
    assertThat(run("-i", file.toString(), "-o", output)).isEqualTo(2);
    assertThat(err.toString()).contains("is a file, expected a folder");
  }

  @Test
  void anOutputThatAnotherRunHoldsEndsWithItsOwnCode() {
    rooms.refusal = new CommandException(ExitCode.HELD, "another run holds " + output);
    assertThat(run("-i", input, "-o", output)).isEqualTo(75);
    assertThat(err.toString().lines())
        .containsExactly("reading " + input, "error: another run holds " + output);
  }

  @Test
  void ourOwnBugShowsItsStack() {
    rooms.bug = new IllegalStateException("broken");
    assertThat(run("-i", input, "-o", output)).isEqualTo(1);
    assertThat(err.toString()).contains("please report").contains("\tat ");
  }

  @Test
  void sparkSubmitMaySetOurKeys() {
    Properties properties = new Properties();
    properties.setProperty("spark.rtpipeline.phantom.seed", "7");
    properties.setProperty("spark.master", "yarn");
    assertThat(JobArguments.fromSparkSubmit(properties))
        .containsExactly(new Setting("phantom.seed", "7", "--conf spark.rtpipeline.phantom.seed"));
  }

  private Path jobFile() throws IOException {
    return Files.writeString(
        folder.resolve("a job.conf"),
        "rtpipeline { input = \"" + input + "\", output = \"" + output + "\" }");
  }

  private int run(String... arguments) {
    CommandLine line = Main.commandLine(rooms);
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return line.execute(Main.withDefaultCommand(arguments));
  }

  /** Writes down what it is asked for. */
  private static final class RecordingRooms implements Rooms {
    @Override
    public List<String> segmentation(Job job) {
      return List.of("back end    " + job.segmentation().method());
    }

    private final List<String> calls = new ArrayList<>();
    private @Nullable Job job;
    private @Nullable CommandException refusal;
    private @Nullable RuntimeException bug;
    private int skipped;

    Job job() {
      if (job == null) {
        throw new AssertionError("no job was run");
      }
      return job;
    }

    @Override
    public RunSummary run(Job asked, ProgressLine progress) throws CommandException {
      calls.add("run " + asked.input());
      job = asked;
      if (refusal != null) {
        throw refusal;
      }
      if (bug != null) {
        throw bug;
      }
      return new RunSummary(
          "r1",
          new RunSummary.Files(4, 1, 0, 5),
          new RunSummary.Courses(2, skipped, 0, 2 + skipped),
          skipped == 0
              ? List.of()
              : List.of(
                  new RunSummary.Reason(
                      RunSummary.What.COURSE,
                      "NO_DOSE",
                      1,
                      "k7",
                      "no dose refers to the structure set")),
          List.of(new StageUse(StageName.DVH, 1, 1, 0.8, 12.34)),
          List.of(asked.output() + "/_RESULTS/dvh_metrics" + (skipped == 0 ? ".csv" : ".xlsx")),
          List.of("a sheet was split"),
          "",
          62);
    }

    @Override
    public RunPlan plan(Job asked) {
      calls.add("plan " + asked.input());
      return plan();
    }

    @Override
    public RunPlan planOfMachine(Job asked) {
      calls.add("plan of the machine");
      return plan();
    }

    private static RunPlan plan() {
      return RunPlan.ofRule(
          Parallelism.of(1, 4, OptionalInt.empty()),
          Set.of(StageName.DVH),
          SegmentationOptions.CLASSICAL);
    }

    @Override
    public void phantom(Path where, PhantomSection cohort) {
      calls.add("phantom " + where + " " + cohort.patients());
      try {
        Files.writeString(Files.createDirectories(where).resolve("CT.dcm"), "");
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public ExportSummary export(Job asked) {
      calls.add("export " + asked.output());
      return new ExportSummary(
          List.of(asked.output() + "/_RESULTS/dvh_metrics.csv"), List.of("a sheet was split"));
    }
  }
}
