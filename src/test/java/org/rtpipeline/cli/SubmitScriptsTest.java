package org.rtpipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rtpipeline.config.ConfigurationException;
import org.rtpipeline.config.JobSource;
import org.rtpipeline.config.Sections;
import org.rtpipeline.config.Setting;

final class SubmitScriptsTest {
  private static final Path ROOT = Path.of("").toAbsolutePath();
  @TempDir Path folder;
  private Map<String, String> environment = Map.of();

  /** What a script said. */
  private record Said(int exitCode, String out, String err) {}

  @BeforeEach
  void makeSparkThatRepeatsItsArguments() throws IOException {
    Path home = folder.resolve("spark home");
    Path submit = Files.createDirectories(home.resolve("bin")).resolve("spark-submit");
    Files.writeString(submit, "#!/usr/bin/env bash\nprintf '<%s>\\n' \"$@\"\n");
    assertThat(submit.toFile().setExecutable(true)).isTrue();
    Path jar = Files.writeString(folder.resolve("rt pipeline.jar"), "");
    environment =
        Map.of(
            "SPARK_HOME",
            home.toString(),
            "RTPIPELINE_JAR",
            jar.toString(),
            "SPARK_MASTER",
            "spark://here:7077",
            "HADOOP_CONF_DIR",
            folder.toString(),
            "KUBERNETES_MASTER",
            "k8s://https://here:6443",
            "RTPIPELINE_IMAGE",
            "spark:4.1.3");
  }

  @ParameterizedTest
  @CsvSource({"standalone, spark://here:7077", "yarn, yarn", "kubernetes, k8s://https://here:6443"})
  void aDryRunPrintsTheCommandAndRunsNothing(String script, String master) throws Exception {
    Said said = run(script, "--dry-run", "--input", "hdfs:///a b", "--output", "/out");
    assertThat(said.err()).isEmpty();
    assertThat(said.exitCode()).isZero();
    assertThat(said.out())
        .contains("spark\\ home/bin/spark-submit --master " + master)
        .contains("--class org.rtpipeline.cli.Main")
        .contains("rt\\ pipeline.jar --input hdfs:///a\\ b --output /out")
        .doesNotContain("--dry-run")
        .doesNotContain("<--master>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"standalone", "yarn", "kubernetes"})
  void argumentsReachSparkSubmitAsTheyAre(String script) throws Exception {
    Said said = run(script, "plan", "--input", "a b", "--course", "k*");
    assertThat(said.exitCode()).isZero();
    assertThat(said.out()).contains("<plan>\n<--input>\n<a b>\n<--course>\n<k*>\n");
  }

  @Test
  void thePrintedCommandIsTheOneThatRuns() throws Exception {
    Said printed = run("standalone", "--dry-run", "--input", "a b", "--set", "stages=[dvh]");
    Said ran = run("standalone", "--input", "a b", "--set", "stages=[dvh]");
    Said again = execute(List.of("bash", "-c", printed.out()), environment);
    assertThat(again.out()).isEqualTo(ran.out());
  }

  @Test
  void namesOfFilesMayBeBeyondAsciiWithoutALocaleToo() throws Exception {
    Said locales = execute(List.of("locale", "-a"), Map.of());
    assumeTrue(locales.out().toLowerCase(Locale.ROOT).contains("c.utf"), "no locale C.UTF-8");
    Path submit = folder.resolve("spark home/bin/spark-submit");
    Files.writeString(submit, "#!/usr/bin/env bash\nlocale charmap\n");
    Map<String, String> without = new HashMap<>(environment);
    without.put("LC_ALL", "C");
    environment = without;
    assertThat(run("standalone", "--input", "a").out()).isEqualTo("UTF-8\n");
  }

  @Test
  void aJobFileThatIsNotThereIsNamedBeforeTheClusterIsAsked() throws Exception {
    Said said = run("standalone", "jobs/absent.conf");
    assertThat(said.exitCode()).isEqualTo(2);
    assertThat(said.err()).isEqualTo("error: jobs/absent.conf: there is no such job file\n");
  }

  @ParameterizedTest
  @CsvSource({
    "standalone, SPARK_MASTER",
    "standalone, SPARK_HOME",
    "yarn, HADOOP_CONF_DIR",
    "kubernetes, KUBERNETES_MASTER",
    "kubernetes, RTPIPELINE_IMAGE"
  })
  void aVariableThatIsNotSetIsNamed(String script, String variable) throws Exception {
    Map<String, String> without = new HashMap<>(environment);
    without.remove(variable);
    environment = without;
    Said said = run(script, "--input", "a");
    assertThat(said.exitCode()).isEqualTo(2);
    assertThat(said.err()).startsWith("error: " + variable + " is not set");
  }

  @Test
  void gpuDiscoveryPrintsAnEmptyListWithoutGpus() throws Exception {
    Said said =
        execute(
            List.of("bash", ROOT.resolve("conf/gpu-discovery.sh").toString()),
            Map.of("PATH", "/usr/bin:/bin"));
    assertThat(said.out()).startsWith("{\"name\": \"gpu\", \"addresses\": [");
    assertThat(said.exitCode()).isZero();
  }

  @Test
  void gpuDiscoveryNamesEachCardByItsUuid() throws Exception {
    Path tool = folder.resolve("nvidia-smi");
    Files.writeString(tool, "#!/usr/bin/env bash\nprintf 'GPU-1a\\nGPU-2b\\n'\n");
    assertThat(tool.toFile().setExecutable(true)).isTrue();
    Said said =
        execute(
            List.of("bash", ROOT.resolve("conf/gpu-discovery.sh").toString()),
            Map.of("PATH", folder + ":/usr/bin:/bin"));
    assertThat(said.out())
        .isEqualTo("{\"name\": \"gpu\", \"addresses\": [\"GPU-1a\", \"GPU-2b\"]}\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"demo", "dvh-only", "nightly", "full", "segmentation"})
  void everyJobOfTheRepositoryIsGood(String job) throws ConfigurationException {
    var read =
        Sections.job(
            new JobSource(
                ROOT.resolve("jobs/" + job + ".conf"),
                List.of(new Setting("input", "/in", "test"), new Setting("output", "/out", "test")),
                Set.of()));
    assertThat(read.input()).isEqualTo("/in");
  }

  private Said run(String script, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(ROOT.resolve("submit/" + script).toString()));
    command.addAll(List.of(arguments));
    return execute(command, environment);
  }

  private Said execute(List<String> command, Map<String, String> variables)
      throws IOException, InterruptedException {
    Path err = folder.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectError(err.toFile());
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.matches("(SPARK|RTPIPELINE|HADOOP|YARN|KUBERNETES)_.*"));
    builder.environment().putAll(variables);
    Process process = builder.start();
    String out;
    try (InputStream stdout = process.getInputStream()) {
      out = new String(stdout.readAllBytes(), StandardCharsets.UTF_8);
    }
    return new Said(process.waitFor(), out, Files.readString(err));
  }
}
