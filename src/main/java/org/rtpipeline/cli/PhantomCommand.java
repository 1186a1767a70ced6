package org.rtpipeline.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.config.ConfigurationException;
import org.rtpipeline.config.JobSource;
import org.rtpipeline.config.PhantomSection;
import org.rtpipeline.config.Sections;
import org.rtpipeline.config.Setting;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes a cohort of phantoms whose right results are known. */
@Command(
    name = "phantom",
    description = "Write a made-up cohort as DICOM files, and the table of its right results.",
    sortOptions = false)
final class PhantomCommand implements Callable<Integer> {
  private final Rooms rooms;

  @Spec @Nullable CommandSpec spec;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      required = true,
      description = "folder for the files")
  @Nullable Path output;

  @Option(
      names = "--cohort",
      paramLabel = "COHORT",
      defaultValue = "plain",
      description =
          "plain, or mixed: a patient for each thing that clinics send (${DEFAULT-VALUE})")
  String cohort = "";

  @Option(
      names = "--patients",
      paramLabel = "N",
      defaultValue = "3",
      description = "how many, one course each (${DEFAULT-VALUE})")
  String patients = "";

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "the same seed makes the same cohort (${DEFAULT-VALUE})")
  String seed = "";

  @Option(
      names = "--size",
      paramLabel = "SIZE",
      defaultValue = "small",
      description = "small or clinical (${DEFAULT-VALUE})")
  String size = "";

  PhantomCommand(Rooms rooms) {
    this.rooms = rooms;
  }

  @Override
  public Integer call() throws ConfigurationException, CommandException {
    if (output == null) {
      throw new IllegalStateException("--output is required");
    }
    PhantomSection phantoms =
        Sections.job(
                new JobSource(
                    null,
                    List.of(
                        new Setting("phantom.cohort", cohort, "--cohort " + cohort),
                        new Setting("phantom.patients", patients, "--patients " + patients),
                        new Setting("phantom.seed", seed, "--seed " + seed),
                        new Setting("phantom.size", size, "--size " + size)),
                    Set.of()))
            .phantom();
    rooms.phantom(output, phantoms);
    Console.of(spec).out().println(output);
    return ExitCode.DONE.number();
  }
}
