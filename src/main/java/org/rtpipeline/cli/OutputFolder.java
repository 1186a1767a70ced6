package org.rtpipeline.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.rtpipeline.config.Job;

/** The output of a job as far as this machine can see it. */
final class OutputFolder {
  private OutputFolder() {}

  /**
   * Refuses an output that cannot be written, where that can be known before Spark starts.
   *
   * @throws CommandException when the folder, or the one that it would be made in, is a file or
   *     cannot be written by this user
   */
  static void check(Job job) throws CommandException {
    Optional<Path> output = InputFolder.onThisMachine(job.output(), System.getProperties());
    Path there = output.map(Path::toAbsolutePath).orElse(null);
    while (there != null && !Files.exists(there)) {
      there = there.getParent();
    }
    if (there == null) {
      return;
    }
    if (!Files.isDirectory(there)) {
      throw unusable(job, there + " is a file, expected a folder");
    }
    if (!Files.isWritable(there)) {
      throw unusable(job, there + " cannot be written by this user");
    }
  }

  private static CommandException unusable(Job job, String why) {
    return new CommandException(ExitCode.USAGE, "output " + job.output() + ": " + why);
  }
}
