package org.rtpipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rtpipeline.fixture.ProgramRun;
import org.rtpipeline.fixture.ScriptedWorker;
import org.rtpipeline.fixture.StandaloneCluster;
import org.rtpipeline.spark.SegmentationProof;

/** The segmentation stage on a standalone cluster whose worker announces two GPUs. */
final class SegmentationClusterIT {

  private static final List<String> GPUS = List.of("GPU-0", "GPU-1");
  private static final int COURSES = 12;
  private static final int CORES = 4;

  @TempDir Path folder;

  @Test
  void sparkGivesEachAddressOneCourseAtATimeWhileThePassOverManualStructuresRuns()
      throws Exception {
    Path record = folder.resolve("record.txt");
    Path output = Files.createDirectory(folder.resolve("output"));
    ProgramRun run;
    try (StandaloneCluster cluster =
        StandaloneCluster.start(Files.createDirectory(folder.resolve("spark")), CORES, GPUS)) {
      List<String> arguments = new ArrayList<>();
      arguments.add(folder.resolve("dicom").toString());
      arguments.add(output.toString());
      arguments.add("model.py");
      arguments.addAll(ScriptedWorker.command("well", record, 300));
      run =
          cluster.submit(
              folder,
              List.of(
                  "--jars",
                  jar(folder.resolve("proof.jar")).toString(),
                  "--conf",
                  "spark.executor.instances=1",
                  "--conf",
                  "spark.executor.resource.gpu.amount=2"),
              SegmentationProof.class.getName(),
              arguments.toArray(String[]::new));
    }

    assertThat(run.exitCode()).as(run.console()).isZero();
    List<ScriptedWorker.Seen> seen = ScriptedWorker.seen(record);
    assertThat(seen).hasSize(COURSES);
    assertThat(seen.stream().map(ScriptedWorker.Seen::address).distinct())
        .containsExactlyInAnyOrderElementsOf(GPUS);
    assertThat(seen.stream().map(ScriptedWorker.Seen::pid).distinct()).hasSize(GPUS.size());
    for (ScriptedWorker.Seen one : seen) {
      assertThat(seen)
          .filteredOn(other -> !other.equals(one) && other.address().equals(one.address()))
          .noneMatch(one::overlaps);
    }
    JsonNode report = new ObjectMapper().readTree(output.resolve("proof.json").toFile());
    assertThat(report.path("courses")).hasSize(COURSES).allMatch(course -> done(course));
    assertThat(runsBeside(report)).isTrue();
    assertThat(report.path("automatic")).hasSize(COURSES).anyMatch(course -> done(course));
    assertThat(report.path("automatic").findValuesAsText("course")).doesNotHaveDuplicates();
    assertThat(firstOfPassOverFound(report)).isLessThan(lastOfSegmentation(report));
    assertThat(mostOnCores(report)).isLessThanOrEqualTo(CORES - 1);
  }

  /** Most tasks at one moment that compute on cores: those of both passes over structures. */
  private static long mostOnCores(JsonNode report) {
    List<JsonNode> tasks =
        StreamSupport.stream(report.path("tasks").spliterator(), false)
            .filter(task -> start(task) >= report.path("startMillis").asLong())
            .filter(task -> start(task) < report.path("endMillis").asLong())
            .filter(task -> !task.path("stage").asText().equals("SEGMENTATION"))
            .toList();
    return tasks.stream()
        .mapToLong(task -> tasks.stream().filter(other -> runsAt(other, start(task))).count())
        .max()
        .orElse(0);
  }

  private static long start(JsonNode task) {
    return task.path("startMillis").asLong();
  }

  private static boolean runsAt(JsonNode task, long millis) {
    return start(task) <= millis && millis < start(task) + task.path("ranMillis").asLong();
  }

  @Test
  void anExecutorLostAmidThePassOverWhatWasFoundLosesAndDoublesNoCourse() throws Exception {
    Path record = folder.resolve("record.txt");
    Path marker = folder.resolve("killed");
    Path output = Files.createDirectory(folder.resolve("output"));
    ProgramRun run;
    try (StandaloneCluster cluster =
        StandaloneCluster.start(Files.createDirectory(folder.resolve("spark")), 4, GPUS)) {
      List<String> arguments = new ArrayList<>();
      arguments.add(folder.resolve("dicom").toString());
      arguments.add(output.toString());
      arguments.add("model.py");
      arguments.addAll(ScriptedWorker.command("well", record, 300));
      run =
          cluster.submit(
              folder,
              List.of(
                  "--jars",
                  jar(folder.resolve("proof.jar")).toString(),
                  "--conf",
                  "spark.executor.instances=2",
                  "--conf",
                  "spark.executor.cores=2",
                  "--conf",
                  "spark.executor.resource.gpu.amount=1",
                  "--conf",
                  "spark.rtpipeline.proof.kill=" + marker),
              SegmentationProof.class.getName(),
              arguments.toArray(String[]::new));
    }

    assertThat(run.exitCode()).as(run.console()).isZero();
    assertThat(marker).exists();
    JsonNode report = new ObjectMapper().readTree(output.resolve("proof.json").toFile());
    assertThat(report.path("tasks"))
        .anyMatch(
            task ->
                task.path("job").asText().equals("automatic-structures")
                    && !task.path("ok").asBoolean());
    for (String results : List.of("courses", "automatic")) {
      assertThat(report.path(results)).hasSize(COURSES).noneMatch(course -> failed(course));
      assertThat(report.path(results).findValuesAsText("course")).doesNotHaveDuplicates();
    }
    assertThat(report.path("courses")).allMatch(course -> done(course));
  }

  private static boolean failed(JsonNode course) {
    return course.path("outcome").asText().equals("FAILED");
  }

  private static boolean done(JsonNode course) {
    return course.path("outcome").asText().equals("DONE");
  }

  /** Whether a task on manual structures ran while one of the segmentation did. */
  private static boolean runsBeside(JsonNode report) {
    for (JsonNode cpu : report.path("tasks")) {
      for (JsonNode gpu : report.path("tasks")) {
        if (cpu.path("stage").asText().equals("DVH")
            && gpu.path("stage").asText().equals("SEGMENTATION")
            && cpu.path("startMillis").asLong() < gpu.path("endMillis").asLong()
            && gpu.path("startMillis").asLong() < cpu.path("endMillis").asLong()) {
          return true;
        }
      }
    }
    return false;
  }

  private static long firstOfPassOverFound(JsonNode report) {
    return tasks(report, "job", "automatic-structures", "startMillis").min().orElseThrow();
  }

  private static long lastOfSegmentation(JsonNode report) {
    return tasks(report, "stage", "SEGMENTATION", "endMillis").max().orElseThrow();
  }

  private static LongStream tasks(JsonNode report, String field, String text, String time) {
    return StreamSupport.stream(report.path("tasks").spliterator(), false)
        .filter(task -> task.path(field).asText().equals(text))
        .mapToLong(task -> task.path(time).asLong());
  }

  /** The test classes that the program needs beside the product. */
  private static Path jar(Path target) throws Exception {
    Path classes =
        Path.of(
            SegmentationProof.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (OutputStream out = Files.newOutputStream(target);
        JarOutputStream jar = new JarOutputStream(out);
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(SegmentationClusterIT::isOfTheProgram).toList()) {
        put(jar, classes.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    return target;
  }

  private static boolean isOfTheProgram(Path file) {
    return String.valueOf(file.getFileName()).matches("(SegmentationProof|Runs|Phantoms)[$.].*");
  }

  private static void put(JarOutputStream jar, String name, byte[] content) throws IOException {
    jar.putNextEntry(new ZipEntry(name));
    jar.write(content);
    jar.closeEntry();
  }
}
