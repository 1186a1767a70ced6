package org.rtpipeline.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.config.PythonConfiguration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the configuration of the Python rtpipeline as a job file of this product. */
@Command(
    name = "migrate-config",
    description = {
      "Print the config.yaml of the Python rtpipeline as a job file; keys without counterpart are",
      "named on the error stream, each with its line and the reason."
    },
    sortOptions = false)
final class MigrateConfigCommand implements Callable<Integer> {

  @Spec @Nullable CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "FILE",
      description = "config.yaml of the Python rtpipeline")
  @Nullable Path file;

  @Override
  public Integer call() throws CommandException {
    Console console = Console.of(spec);
    PythonConfiguration.Migrated migrated = migrated();
    console.out().print(migrated.hocon());
    console.out().flush();
    migrated.notices().forEach(notice -> console.err().println("note: " + notice));
    return ExitCode.DONE.number();
  }

  private PythonConfiguration.Migrated migrated() throws CommandException {
    Path from = Objects.requireNonNull(file, "picocli asks for it");
    try {
      return PythonConfiguration.migrate(Files.readString(from));
    } catch (IOException unreadable) {
      throw new CommandException(
          ExitCode.USAGE, from + " cannot be read: " + unreadable.getMessage());
    } catch (IllegalArgumentException noYaml) {
      throw new CommandException(ExitCode.USAGE, from + ", " + noYaml.getMessage());
    }
  }
}
