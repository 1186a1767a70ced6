package org.rtpipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.rtpipeline.fixture.SharedSpark;
import org.rtpipeline.spark.Parallelism;
import org.rtpipeline.spark.SparkEngine;
import org.rtpipeline.store.OutputLock;
import picocli.CommandLine;

/** Whole commands in this process, on the Spark context of the tests. */
@ExtendWith(SharedSpark.class)
final class WiredRoomsTest {
  @TempDir Path folder;
  private final JavaSparkContext context;
  private StringWriter out = new StringWriter();
  private StringWriter err = new StringWriter();

  WiredRoomsTest(JavaSparkContext context) {
    this.context = context;
  }

  @Test
  void aCohortIsMadePlannedRunAndExported() throws Exception {
    String dicom = folder.resolve("dicom").toString();
    assertThat(run("phantom", "--output", dicom, "--patients", "2")).as(err.toString()).isZero();

    assertThat(run(on(dicom, "plan", "--json"))).as(err.toString()).isZero();
    assertThat(new ObjectMapper().readTree(out.toString()).path("courses").asInt()).isEqualTo(2);
    assertThat(folder.resolve("results")).doesNotExist();
    assertThat(folder.resolve("key")).doesNotExist();

    assertThat(run(on(dicom))).as(err.toString()).isZero();
    assertThat(err.toString())
        .contains("courses: 2 found = 2 done + 0 skipped + 0 failed")
        .contains("largest differences from the truth");
    assertThat(out.toString())
        .contains("results in " + folder.resolve("results/_RESULTS"))
        .containsPattern("\n  dvh_metrics +csv xlsx parquet\n");
    assertRecordOfTheRun();
    assertThat(folder.resolve("results/.lock")).doesNotExist();

    assertThat(run(on(dicom, "run", "--only-failed"))).as(err.toString()).isZero();
    assertThat(err.toString()).contains("nothing to do");
    assertThat(run(on(dicom, "run", "--course", "*0002"))).as(err.toString()).isZero();
    assertThat(err.toString()).contains("courses: 1 found = 1 done");
    assertThat(run(on(dicom, "run", "--course", "nobody"))).isEqualTo(2);
    assertThat(run(on(dicom, "plan", "--only-failed"))).isZero();
    assertThat(out.toString()).contains("0 course(s)");

    assertThat(run("export", "--output", folder.resolve("results").toString())).isZero();
    assertThat(out.toString()).contains("dvh_metrics");
  }

  private void assertRecordOfTheRun() throws Exception {
    Path record;
    try (Stream<Path> runs = Files.list(folder.resolve("results/runs"))) {
      record = runs.findFirst().orElseThrow();
    }
    assertThat(record.getFileName().toString()).matches("[0-9]{8}T[0-9]{6}Z-[0-9a-f]{6}");
    assertThat(Files.readString(record.resolve("configuration.conf")))
        .contains("rtpipeline.dvh.bin-width-gy = \"0.05\"  # --set dvh.bin-width-gy=0.05\n");
    JsonNode plan = new ObjectMapper().readTree(record.resolve("plan.json").toFile());
    assertThat(plan.path("partitions").asInt()).isEqualTo(3);
    JsonNode summary = new ObjectMapper().readTree(record.resolve("summary.json").toFile());
    assertThat(summary.path("courses").path("done").asInt()).isEqualTo(2);
    assertThat(summary.path("stages")).isNotEmpty();
    assertThat(Files.readString(record.resolve("summary.json"))).doesNotContain("PHANTOM");
  }

  @Test
  void anInputOfFoldersWithoutFilesIsRefused() throws Exception {
    Files.createDirectories(folder.resolve("dicom/below"));
    assertThat(run(on(folder.resolve("dicom").toString()))).isEqualTo(2);
    assertThat(err.toString()).contains("holds no files").doesNotContain("\tat ");
    assertThat(folder.resolve("results/.lock")).doesNotExist();
  }

  @Test
  void anOutputInUseIsLeftAlone() throws Exception {
    Path input = Files.createDirectory(folder.resolve("dicom"));
    Files.writeString(input.resolve("a.txt"), "no DICOM");
    String output = folder.resolve("results").toString();
    try (OutputLock held = OutputLock.acquire(context, output, "first", Instant.EPOCH)) {
      assertThat(held.notice()).isEmpty();
      assertThat(run(on(input.toString()))).isEqualTo(75);
      assertThat(err.toString()).contains("error: another run holds " + output + ": run first on");
    }
    assertThat(run(on(input.toString()))).isEqualTo(2);
    assertThat(err.toString()).contains("files:   1 seen = 0 used + 1 ignored + 0 rejected");
  }

  @Test
  void thePlanOfTheMachineReadsNothing() {
    assertThat(run("plan", "--workers", "2")).isZero();
    assertThat(out.toString()).contains("3 usable").contains("workers = 2").contains("gpu");
  }

  @Test
  void anExportNeedsTables() {
    assertThat(run("export", "--output", folder.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("holds no tables to export");
  }

  private String[] on(String input, String... command) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(
        List.of("--input", input, "--output", folder.resolve("results").toString(), "--set"));
    all.addAll(List.of("dvh.bin-width-gy=0.05", "--set"));
    all.add("privacy.key-file=" + folder.resolve("key"));
    return all.toArray(String[]::new);
  }

  private int run(String... arguments) {
    out = new StringWriter();
    err = new StringWriter();
    Rooms rooms =
        new WiredRooms(
            options -> {
              OptionalInt cap = SparkEngine.cap(options.workers());
              return SparkEngine.on(context, Parallelism.of(1, 4, cap));
            });
    CommandLine line = Main.commandLine(rooms);
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return line.execute(Main.withDefaultCommand(arguments));
  }
}
