package org.rtpipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rtpipeline.dicom.RtStructReader;
import org.rtpipeline.fixture.ProgramRun;
import org.rtpipeline.fixture.Programs;
import org.rtpipeline.model.Roi;

/** Runs of the whole product with the back end {@code worker}, started as a user starts them. */
final class WorkerRunIT {

  private static final String PYTHON = "RTPIPELINE_SEGMENTATION_PYTHON";
  private static final Path STANDIN =
      Path.of("src/test/python/segmentation_standin.py").toAbsolutePath();
  private static final Path RESOURCES =
      Path.of("src/test/resources/segmentation/unet").toAbsolutePath();
  private static final String TRAINED = "Dataset998_Second/nnUNetTrainer__nnUNetPlans__3d_fullres";
  private static final long LONGEST_MINUTES = 10;

  @TempDir Path folder;

  @Test
  void aPlugInFindsItsStructuresInEveryCourse() throws Exception {
    Programs.require("python3");
    Path plugin =
        Files.writeString(
            folder.resolve("made.py"),
            """
            def load(device, options):
                def model(volume, step):
                    return [1 if v > -300 else 0 for v in volume.values], {1: "made_body"}
                return model
            """);
    Path job =
        job("command = [python3, \"{worker}\"]\n model = plugin\n path = \"" + plugin + "\"");
    Path input = phantom(2);

    ProgramRun doctor = ProgramRun.of(folder, List.of(), "doctor", "--job", job.toString());
    ProgramRun run = run(job, input);

    assertThat(doctor.console()).contains("weights " + plugin, "\"selftest\": \"passed\"");
    assertThat(doctor.console()).doesNotContain("missing  ");
    assertThat(run.exitCode()).as(run.console()).isZero();
    List<Path> sets = files("RS_auto.dcm");
    assertThat(sets).hasSize(2);
    for (Path set : sets) {
      assertThat(names(set)).containsExactly("made_body");
    }
  }

  @Test
  void modelsAsPublishedFindInACourseWhatTheyFindByThemselves() throws Exception {
    assumeTrue(
        System.getenv(PYTHON) != null,
        "skipped: " + PYTHON + " names no Python with nnunetv2, TotalSegmentator and onnx");
    Path weights = folder.resolve("weights");
    Path results = folder.resolve("nnUNet_results");
    standin("nnunet", RESOURCES.toString(), results.toString());
    standin("totalsegmentator", weights.toString(), "297");
    Path job =
        job(
            String.join(
                "\n",
                "command = [\"" + System.getenv(PYTHON) + "\", \"{worker}\"]",
                "task = total",
                "resolution = fast",
                "weights-folder = \"" + weights + "\"",
                "extra-models = [\"nnunet@" + results.resolve(TRAINED) + "\"]"));
    Path input = phantom(1);

    ProgramRun doctor = ProgramRun.of(folder, List.of(), "doctor", "--job", job.toString());
    ProgramRun run = run(job, input);

    assertThat(doctor.console())
        .contains("task total, licence OPEN", "weights " + weights.resolve("Dataset297_"))
        .contains("\"selftest\": \"passed\"", "\"totalsegmentator\": \"2", "\"nnunetv2\": \"2")
        .doesNotContain("missing  ");
    assertThat(run.exitCode()).as(run.console()).isZero();
    Path set = files("RS_auto.dcm").get(0);
    JsonNode against =
        new ObjectMapper()
            .readTree(
                standin(
                    "course",
                    "total",
                    "fast",
                    weights.toString(),
                    input.toString(),
                    set.toString()));
    assertThat(against.path("differing").asInt(-1)).as(against.toString()).isZero();
    assertThat(against.path("structures").asInt()).isGreaterThan(1);
    assertThat(against.path("description").asText()).contains("TotalSegmentator 2", "worker");
    assertThat(names(files("RS_auto_" + TRAINED.replaceFirst(".*/", "") + ".dcm").get(0)))
        .contains("lung", "bone");
    assertThat(ProcessHandle.current().descendants()).isEmpty();
  }

  @Test
  void weightsThatAreAbsentAreNamedByTheDoctorAndEndTheRun() throws Exception {
    Path job = job("command = [python3, \"{worker}\"]\n task = face");

    ProgramRun doctor = ProgramRun.of(folder, List.of(), "doctor", "--job", job.toString());
    ProgramRun run = run(job, phantom(1));

    assertThat(doctor.console())
        .contains("task face, licence KEY", "no weights found", "missing     ");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.console()).contains("the segmentation cannot start");
  }

  private Path job(String worker) throws IOException {
    return Files.writeString(
        folder.resolve("job.conf"),
        """
        rtpipeline {
          stages = [organize, segmentation]
          export.formats = [csv]
          segmentation {
            back-end = worker
            worker {
              device = cpu
              WORKER
            }
          }
        }
        """
            .replace("WORKER", worker));
  }

  private Path phantom(int patients) throws IOException, InterruptedException {
    Path input = folder.resolve("dicom");
    ProgramRun made =
        ProgramRun.of(
            folder,
            List.of(),
            "phantom",
            "--output",
            input.toString(),
            "--patients",
            Integer.toString(patients));
    assertThat(made.exitCode()).as(made.console()).isZero();
    return input;
  }

  private ProgramRun run(Path job, Path input) throws IOException, InterruptedException {
    return ProgramRun.of(
        folder,
        List.of(),
        "run",
        "--job",
        job.toString(),
        "--input",
        input.toString(),
        "--output",
        folder.resolve("results").toString());
  }

  private List<Path> files(String name) throws IOException {
    try (Stream<Path> all = Files.walk(folder.resolve("results/courses"))) {
      return all.filter(file -> file.endsWith(name)).sorted().toList();
    }
  }

  private static List<String> names(Path set) throws Exception {
    try (InputStream in = Files.newInputStream(set)) {
      return RtStructReader.read(set.toString(), in).rois().stream().map(Roi::name).toList();
    }
  }

  /** The last line that the stand-in prints. */
  private String standin(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(System.getenv(PYTHON), STANDIN.toString()));
    command.addAll(List.of(words));
    Path out = folder.resolve("standin.txt");
    Path errors = folder.resolve("standin-errors.txt");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(errors.toFile())
            .start();
    boolean ended = process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES);
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    assertThat(process.destroyForcibly().waitFor()).as(Files.readString(errors)).isZero();
    assertThat(ended).isTrue();
    List<String> lines = Files.readAllLines(out);
    return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
  }
}
