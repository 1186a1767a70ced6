package org.rtpipeline.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.rtpipeline.dvh.DvhRequest;
import org.rtpipeline.fixture.Phantoms;
import org.rtpipeline.fixture.Programs;
import org.rtpipeline.fixture.SharedSpark;

/** Whole runs that write the curves as RT Dose objects. */
@ExtendWith(SharedSpark.class)
final class DvhDoseRunTest {

  private static final String FILE = "courses/[a-z2-7]+/dvh/[0-9a-f]+/";

  @TempDir static Path cohort;
  @TempDir Path folder;

  private final JavaSparkContext context;

  DvhDoseRunTest(JavaSparkContext context) {
    this.context = context;
  }

  @BeforeAll
  static void writePhantom() throws Exception {
    Phantoms.write(cohort, 1);
  }

  @Test
  void everyStructureSetHasAnObjectWithTheSameBytesInEveryRun() throws Exception {
    Path one = folder.resolve("one");
    Path two = folder.resolve("two");

    run(one);
    Map<String, String> first = objects(one);
    run(one);
    run(two);

    assertThat(first).isNotEmpty();
    assertThat(first.keySet())
        .allMatch(name -> name.matches(FILE + "(RD_dvh_[0-9]+[.]dcm|manifest[.]txt)"))
        .anyMatch(name -> name.endsWith("RD_dvh_1.dcm"));
    assertThat(objects(one)).isEqualTo(first);
    assertThat(objects(two)).isEqualTo(first);
  }

  @Test
  void dciodvfyFindsNoErrors() throws Exception {
    Programs.require("dciodvfy");
    run(folder);

    for (String name : objects(folder).keySet()) {
      if (name.endsWith(".dcm")) {
        assertThat(Programs.printed("dciodvfy", folder.resolve(name).toString()))
            .contains("RTDose")
            .doesNotContain("Error");
      }
    }
  }

  @Test
  void aRunThatIsNotAskedWritesNone() throws Exception {
    CohortRun.run(Runs.engine(context, 2), Runs.request(cohort, folder), Runs.SILENT);

    assertThat(folder.resolve("courses")).doesNotExist();
  }

  @Test
  void rowsStayWhereObjectsCannotBeWritten() throws Exception {
    Files.writeString(folder.resolve("courses"), "a file where the folder should be");

    RunSummary summary = run(folder);

    assertThat(summary.courses()).isEqualTo(new RunSummary.Courses(0, 0, 1, 1));
    assertThat(summary.reasons()).anyMatch(reason -> reason.toString().contains("DISK_FULL"));
    assertThat(Runs.rows(context, folder, "dvh")).isNotEmpty();
  }

  private RunSummary run(Path output) throws Exception {
    RunRequest request = Runs.request(cohort, output);
    return CohortRun.run(
        Runs.engine(context, 2),
        new RunRequest(
            request.places(),
            request.stages(),
            request.selection(),
            request.onBug(),
            request.organize(),
            request.keys(),
            request.segmentation(),
            request.structures(),
            request.cropping(),
            request.dvh().withCurveObjects(DvhRequest.CurveObjects.RT_DOSE),
            request.pet(),
            request.radiomics(),
            request.patientIds(),
            request.personal(),
            request.export(),
            request.configuration()),
        Runs.SILENT);
  }

  /** The files below the folder of the courses, by path, as text that keeps every byte. */
  private static Map<String, String> objects(Path output) throws IOException {
    Map<String, String> objects = new TreeMap<>();
    try (Stream<Path> all = Files.walk(output.resolve("courses"))) {
      List<Path> files = all.filter(Files::isRegularFile).toList();
      for (Path file : files) {
        objects.put(
            output.relativize(file).toString(),
            Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    return objects;
  }
}
