package org.rtpipeline.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.config.ConfigurationException;
import org.rtpipeline.config.Job;
import org.rtpipeline.config.JobSource;
import org.rtpipeline.config.Sections;
import org.rtpipeline.config.Setting;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The arguments that name a job; what they say wins over the job file. */
final class JobArguments {
  private static final String FROM_SPARK_SUBMIT = "spark.rtpipeline.";

  @Spec(Spec.Target.MIXEE)
  @Nullable CommandSpec command;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "JOB",
      description = "job file, as jobs/demo.conf")
  @Nullable Path positional;

  @Option(names = "--job", paramLabel = "FILE", description = "job file, the same as JOB")
  @Nullable Path job;

  @Option(
      names = {"-i", "--input"},
      paramLabel = "URI",
      description = "folder with DICOM files")
  @Nullable String input;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "URI",
      description = "folder for the results")
  @Nullable String output;

  @Option(
      names = "--stages",
      paramLabel = "A,B",
      description =
          "what to compute: organize, segmentation, metadata, qc, structures, dvh, radiomics")
  @Nullable String stages;

  @Option(
      names = "--course",
      paramLabel = "GLOB",
      description = "only courses whose key, label or patient id fits, as 'k7*'")
  @Nullable String course;

  @Option(
      names = "--workers",
      paramLabel = "N",
      description = "most tasks at once: auto or a number of at least 1")
  @Nullable String workers;

  @Option(names = "--only-failed", description = "only courses that did not finish last time")
  @Nullable Boolean onlyFailed;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "any key of docs/configuration.md, as dvh.bin-width-gy=0.05")
  List<String> set = new ArrayList<>();

  /**
   * The job they describe.
   *
   * @param needed places without which the command has nothing to do
   * @throws ConfigurationException with every problem of the configuration
   */
  Job job(JobSource.Place... needed) throws ConfigurationException {
    return Sections.job(new JobSource(file(), settings(), Set.of(needed)));
  }

  private @Nullable Path file() {
    if (job != null && positional != null) {
      throw mistake("two job files: " + job + " and " + positional + "; give one");
    }
    if (positional != null
        && !Files.exists(positional)
        && positional.toString().matches("[a-z-]+")) {
      throw mistake("there is no command and no job file '" + positional + "'");
    }
    return job != null ? job : positional;
  }

  private List<Setting> settings() {
    List<Setting> settings = new ArrayList<>(fromSparkSubmit(System.getProperties()));
    add(settings, "input", input, "--input");
    add(settings, "output", output, "--output");
    add(settings, "stages", stages, "--stages");
    add(settings, "course", course, "--course");
    add(settings, "engine.workers", workers, "--workers");
    add(settings, "only-failed", onlyFailed, "--only-failed");
    for (String text : set) {
      try {
        settings.add(Setting.of(text));
      } catch (IllegalArgumentException malformed) {
        throw mistake(String.valueOf(malformed.getMessage()));
      }
    }
    return settings;
  }

  /** What {@code spark-submit --conf spark.rtpipeline.key=value} asks for. */
  static List<Setting> fromSparkSubmit(Properties properties) {
    return properties.stringPropertyNames().stream()
        .filter(name -> name.startsWith(FROM_SPARK_SUBMIT))
        .sorted()
        .map(
            name ->
                new Setting(
                    name.substring(FROM_SPARK_SUBMIT.length()),
                    properties.getProperty(name),
                    "--conf " + name))
        .toList();
  }

  private static void add(
      List<Setting> settings, String key, @Nullable Object value, String option) {
    if (value != null) {
      settings.add(new Setting(key, value.toString(), option + " " + value));
    }
  }

  private ParameterException mistake(String message) {
    if (command == null) {
      throw new IllegalStateException("arguments are read before their command is known");
    }
    return new ParameterException(command.commandLine(), message);
  }
}
