package org.rtpipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rtpipeline.fixture.Phantoms;
import org.rtpipeline.fixture.ProgramRun;
import org.rtpipeline.fixture.StandaloneCluster;

/** The shaded jar through the real spark-submit, on a master and a worker of their own. */
final class StandaloneClusterIT {

  private static final int CORES = 3;

  @TempDir static Path folder;
  private static StandaloneCluster cluster;

  @BeforeAll
  static void startCluster() throws Exception {
    cluster = StandaloneCluster.start(Files.createDirectory(folder.resolve("spark")), CORES);
  }

  @AfterAll
  static void stopCluster() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void aClusterWritesTheBytesOfALocalRunWithOneCorePerExecutorLeftFree() throws Exception {
    Path input = folder.resolve("dicom");
    Phantoms.write(input, 3);
    Path here = Files.createDirectory(folder.resolve("here"));
    Path there = Files.createDirectory(folder.resolve("there"));
    ProgramRun local = ProgramRun.of(here, List.of(), command(input, here));
    assertThat(local.exitCode()).as(local.console()).isZero();
    Files.copy(here.resolve("site.key"), there.resolve("site.key"));

    ProgramRun submitted = cluster.submit(there, "org.rtpipeline.cli.Main", command(input, there));

    assertThat(submitted.exitCode()).as(submitted.console()).isZero();
    assertThat(table(there)).isEqualTo(table(here));
    assertThat(submitted.console())
        .containsPattern("(?m)^scan +4 ")
        .containsPattern("(?m)^organize +2 ")
        .containsPattern("(?m)^dvh +2 ")
        .containsPattern("(?m)^commit +2 ");
  }

  private static String[] command(Path input, Path output) {
    return new String[] {
      "run", "--input", input.toString(), "--output", output.resolve("results").toString()
    };
  }

  private static String table(Path output) throws Exception {
    return Files.readString(output.resolve("results/_RESULTS/dvh_metrics.csv"));
  }
}
