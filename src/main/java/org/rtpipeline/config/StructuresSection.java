package org.rtpipeline.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.rtpipeline.structures.StructureRequest;

/** Reads the section {@code structures}. */
final class StructuresSection {

  private static final String DEFINITIONS = "structures.definitions";
  private static final List<String> SHIPPED = List.of("pelvic", "thorax", "stopstorm");

  private StructuresSection() {}

  static StructureRequest read(Reading r) {
    String name = r.text(DEFINITIONS);
    double largestPixelMm = r.decimal("structures.largest-pixel-mm", 0.1, 10, "mm");
    try {
      String yaml =
          SHIPPED.contains(name.toLowerCase(Locale.ROOT)) ? shipped(name) : own(Path.of(name));
      return StructureRequest.of(yaml, largestPixelMm);
    } catch (IllegalArgumentException unusable) {
      r.refuse(DEFINITIONS, "is " + name + ": " + unusable.getMessage());
    } catch (IOException absent) {
      r.refuse(
          DEFINITIONS, "is " + name + ", expected a file that can be read, or one of " + SHIPPED);
    }
    return StructureRequest.NONE;
  }

  private static String own(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }

  private static String shipped(String name) {
    String resource =
        "/org/rtpipeline/structures/definitions/" + name.toLowerCase(Locale.ROOT) + ".yaml";
    try (InputStream in = StructureRequest.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks " + resource);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the jar's " + resource + " cannot be read", e);
    }
  }
}
