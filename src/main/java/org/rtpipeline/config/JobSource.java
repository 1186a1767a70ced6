package org.rtpipeline.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a configuration comes from.
 *
 * @param file job file, or null when the command line says all
 * @param settings values of the command line, the last of a key wins
 * @param needed places without which the command has nothing to do
 */
public record JobSource(@Nullable Path file, List<Setting> settings, Set<Place> needed) {

  /** A place that the configuration must name. */
  public enum Place {
    /** The folder with DICOM files. */
    INPUT,
    /** The folder for results. */
    OUTPUT
  }

  /** Copies the lists. */
  public JobSource {
    settings = List.copyOf(settings);
    needed = Set.copyOf(needed);
  }
}
