package org.rtpipeline.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
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
    if (isAbsentOrEmpty(job)) {
      throw unusable("input " + folder + " is empty, expected DICOM files in it or below it");
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
    return path(job.input());
  }

  /**
   * Whether the input lies on this machine; a path without scheme is the cluster's on a cluster.
   */
  private static boolean isLocal(Job job, Properties properties) {
    return onThisMachine(job.input(), properties).isPresent();
  }

  /**
   * The folder, when it lies on this machine; a path without scheme is the cluster's on a cluster.
   *
   * @param place path or URI
   * @param properties of this program; spark-submit puts the master there
   */
  static Optional<Path> onThisMachine(String place, Properties properties) {
    boolean hasScheme = place.matches("[A-Za-z][A-Za-z0-9+.-]+:.*");
    boolean onCluster = !properties.getProperty("spark.master", "local").startsWith("local");
    if (place.startsWith("file:") || (!hasScheme && !onCluster)) {
      return Optional.of(path(place));
    }
    return Optional.empty();
  }

  private static Path path(String place) {
    return Path.of(place.replaceFirst("^file:/*", "/"));
  }

  private static CommandException unusable(String message) {
    return new CommandException(ExitCode.USAGE, message);
  }
}
