package org.rtpipeline.segmentation;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.rtpipeline.model.CodedConcept;
import org.rtpipeline.model.StructureCode;

/** Finds the codes of structures by the names that segmentation models give them. */
public final class StructureCodes {

  private static final CodedConcept ABNORMAL_STRUCTURE =
      CodedConcept.snomed("49755003", "Morphologically Abnormal Structure");

  private static final Map<String, StructureCode> BY_NAME = byName();

  private StructureCodes() {}

  /**
   * The code of a structure: by its whole name, else by the name without {@code _left} or {@code
   * _right}, which becomes the modifier; {@link StructureCode#TISSUE} for a name that is not known.
   */
  public static StructureCode of(String name) {
    StructureCode whole = BY_NAME.get(name);
    if (whole != null) {
      return whole;
    }
    List<String> parts = List.of(name.split("_", -1));
    boolean left = parts.contains("left");
    boolean right = parts.contains("right");
    StructureCode code =
        BY_NAME.get(
            String.join(
                "_", parts.stream().filter(p -> !p.equals("left") && !p.equals("right")).toList()));
    if (code == null) {
      return StructureCode.TISSUE;
    }
    if (left == right) {
      return code;
    }
    return code.on(left ? StructureCode.LEFT : StructureCode.RIGHT);
  }

  private static Map<String, StructureCode> byName() {
    Map<String, StructureCode> codes = new HashMap<>();
    try (InputStream in = StructureCodes.class.getResourceAsStream("structure_codes.csv")) {
      if (in == null) {
        throw new IllegalStateException("structure_codes.csv is not in the jar");
      }
      BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      lines
          .lines()
          .filter(line -> !line.startsWith("#") && !line.startsWith("name,"))
          .map(line -> List.of(line.split(",", -1)))
          .forEach(cells -> codes.put(cells.get(0), code(cells)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Map.copyOf(codes);
  }

  private static StructureCode code(List<String> cells) {
    CodedConcept category =
        cells.get(1).equals("abnormal") ? ABNORMAL_STRUCTURE : StructureCode.ANATOMICAL_STRUCTURE;
    return new StructureCode(category, CodedConcept.snomed(cells.get(2), cells.get(3)), null);
  }
}
