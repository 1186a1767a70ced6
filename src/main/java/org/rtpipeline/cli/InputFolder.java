package org.rtpipeline.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.stream.Stream;
import org.rtpipeline.config.Job;

/** The input of a job as far as this machine can see it. */
final class InputFolder {
  private InputFolder() {}

  /**
   * Refuses an input that is not there, where that can be known before Spark starts.
   *
   * @throws CommandException when the folder is absent, no folder, or cannot be read
   */
  static void check(Job job) throws CommandException {
    if (!isLocal(job, System.getProperties())) {
      return;
    }
    Path folder = local(job);
    if (!Files.exists(folder)) {
      throw unusable("input " + folder + " is not there");
    }
    if (!Files.isDirectory(folder)) {
      throw unusable("input " + folder + " is a file, expected a folder");
    }
    if (!Files.isReadable(folder)) {
      throw unusable("input " + folder + " cannot be read by this user");
    }
  }

  /**
   * Whether a phantom cohort may be made there.
   *
   * @throws CommandException when the folder cannot be listed
   */
  static boolean isAbsentOrEmpty(Job job) throws CommandException {
    if (!isLocal(job, System.getProperties())) {
      return false;
    }
    Path folder = local(job);
    if (!Files.isDirectory(folder)) {
      return !Files.exists(folder);
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.findAny().isEmpty();
    } catch (IOException unreadable) {
      throw unusable("input " + folder + " cannot be listed: " + unreadable.getMessage());
    }
  }

  /** The folder on this machine. */
  static Path local(Job job) {
    String input = job.input();
    return input.startsWith("file:") ? Path.of(URI.create(input).getPath()) : Path.of(input);
  }

  /**
   * Whether the input lies on this machine; a path without scheme is the cluster's on a cluster.
   */
  static boolean isLocal(Job job, Properties properties) {
    if (job.input().startsWith("file:")) {
      return true;
    }
    boolean hasScheme = job.input().matches("[A-Za-z][A-Za-z0-9+.-]+:.*");
    return !hasScheme && properties.getProperty("spark.master", "local").startsWith("local");
  }

  private static CommandException unusable(String message) {
    return new CommandException(ExitCode.USAGE, message);
  }
}
