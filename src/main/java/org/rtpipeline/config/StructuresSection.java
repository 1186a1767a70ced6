package org.rtpipeline.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.rtpipeline.structures.NameLayer;
import org.rtpipeline.structures.NameMaps;
import org.rtpipeline.structures.StructureRequest;

/** Reads the section {@code structures}. */
final class StructuresSection {

  private static final String DEFINITIONS = "structures.definitions";
  private static final String NAMES = "structures.names.";
  private static final String COMMON = "common";
  private static final List<String> SHIPPED = List.of("pelvic", "thorax", "stopstorm");

  private StructuresSection() {}

  static StructureRequest read(Reading r) {
    return definitions(r)
        .with(names(r))
        .with(r.decimal("structures.fraction-threshold", 0.001, 1, "of the largest value"));
  }

  private static NameMaps names(Reading r) {
    List<NameMaps.Source> sources = new ArrayList<>();
    for (NameLayer layer : NameLayer.values()) {
      String key = NAMES + layer.name().toLowerCase(Locale.ROOT);
      sources.addAll(r.parsed(key, name -> source(layer, name)));
    }
    return r.record("structures.names", () -> NameMaps.of(sources), NameMaps.NONE);
  }

  private static NameMaps.Source source(NameLayer layer, String name) {
    if (name.equals(COMMON)) {
      return new NameMaps.Source(layer, COMMON + ".csv", shipped("names/" + COMMON + ".csv"));
    }
    Path file = Path.of(name);
    try {
      return new NameMaps.Source(layer, String.valueOf(file.getFileName()), own(file));
    } catch (IOException absent) {
      throw new IllegalArgumentException(
          name + " cannot be read, expected a CSV or YAML file, or " + COMMON, absent);
    }
  }

  private static StructureRequest definitions(Reading r) {
    String name = r.text(DEFINITIONS);
    double largestPixelMm = r.decimal("structures.largest-pixel-mm", 0.1, 10, "mm");
    try {
      String yaml =
          SHIPPED.contains(name.toLowerCase(Locale.ROOT))
              ? shipped(name.toLowerCase(Locale.ROOT) + ".yaml")
              : own(Path.of(name));
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

  private static String shipped(String file) {
    String resource = "/org/rtpipeline/structures/definitions/" + file;
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
