package org.rtpipeline.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.rtpipeline.dvh.ConstraintSet;

/** Finds the sets of dose constraints that a job names: shipped with the product, or its own. */
final class ConstraintFile {

  private static final List<String> SHIPPED = List.of("quantec");

  private ConstraintFile() {}

  static boolean isShipped(String name) {
    return SHIPPED.contains(name.toLowerCase(Locale.ROOT));
  }

  /** A set of the product, by name. */
  static ConstraintSet shipped(String name) {
    String set = name.toLowerCase(Locale.ROOT);
    String resource = "/org/rtpipeline/dvh/constraints/" + set + ".txt";
    try (InputStream in = ConstraintSet.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks " + resource);
      }
      return ConstraintSet.parse(
          set, new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException("the jar's " + resource + " cannot be read", e);
    }
  }

  /** A set of the site; it bears the name of its file without ending. */
  static ConstraintSet read(Path file) {
    Path name = file.getFileName();
    if (name == null || !Files.isRegularFile(file)) {
      throw new IllegalArgumentException(
          "there is no constraint file " + file + ", and shipped are only " + SHIPPED);
    }
    try {
      return ConstraintSet.parse(
          name.toString().replaceFirst("[.][^.]*$", ""),
          Files.readAllLines(file, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "the constraint file " + file + " cannot be read as UTF-8 text", e);
    }
  }
}
