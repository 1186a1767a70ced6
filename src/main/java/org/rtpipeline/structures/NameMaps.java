package org.rtpipeline.structures;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.rtpipeline.model.EditDistance;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.Roi;
import org.rtpipeline.model.StandardName;
import org.rtpipeline.model.StructureSet;

/**
 * From names of regions to standard names, in layers: what a map for the patient says wins over one
 * for the cohort, that over one for the site; within a layer the first file that knows the name.
 */
public final class NameMaps implements Serializable {

  /** No region has a standard name. */
  public static final NameMaps NONE = new NameMaps(List.of());

  private static final long serialVersionUID = 1L;

  /** Shorter names are found inside too many others. */
  private static final int SHORTEST_PART = 4;

  private static final int LETTERS_FOR_AN_ERROR = 3;

  private final Map<String, List<NameMap>> ofPatients = new HashMap<>();
  private final List<NameMap> ofAll = new ArrayList<>();
  private final Map<String, String> spellings = new TreeMap<>();

  /**
   * A file of names.
   *
   * @param layer whom it is for
   * @param name as rules quote it
   * @param text what it holds
   */
  public record Source(NameLayer layer, String name, String text) {}

  private NameMaps(List<NameMap> ofAll) {
    this.ofAll.addAll(ofAll);
  }

  /**
   * The maps of some files.
   *
   * @throws IllegalArgumentException naming the file and every line that cannot be used
   */
  public static NameMaps of(List<Source> sources) {
    NameMaps maps = new NameMaps(List.of());
    for (NameLayer layer : List.of(NameLayer.PATIENT, NameLayer.COHORT, NameLayer.SITE)) {
      sources.stream().filter(source -> source.layer() == layer).forEach(maps::add);
    }
    return maps;
  }

  private void add(Source source) {
    List<NameEntry> entries;
    try {
      entries = NameFile.read(source.layer(), source.name(), source.text());
    } catch (IllegalArgumentException unusable) {
      throw new IllegalArgumentException(source.name() + ": " + unusable.getMessage(), unusable);
    }
    String place = source.layer().word() + " " + source.name();
    Map<String, List<NameEntry>> byPatient = new LinkedHashMap<>();
    entries.forEach(
        entry -> byPatient.computeIfAbsent(entry.patientId(), id -> new ArrayList<>()).add(entry));
    byPatient.forEach(
        (patientId, lines) -> {
          NameMap map = new NameMap(place, lines);
          if (source.layer() == NameLayer.PATIENT) {
            ofPatients.computeIfAbsent(patientId, id -> new ArrayList<>()).add(map);
          } else {
            ofAll.add(map);
          }
          map.spellings().forEach(spellings::putIfAbsent);
        });
  }

  /** The standard name of a region of a patient; empty when no map knows it. */
  public Optional<StandardName> of(String patientId, String roiName) {
    return Stream.concat(ofPatients.getOrDefault(patientId, List.of()).stream(), ofAll.stream())
        .flatMap(map -> map.of(roiName).stream())
        .findFirst();
  }

  /**
   * A structure set whose regions have their standard names; regions that share one are found, and
   * stay apart.
   */
  public StructureSet named(String patientId, StructureSet set) {
    List<Roi> rois = new ArrayList<>();
    Map<String, List<Integer>> numbers = new TreeMap<>();
    for (Roi roi : set.rois()) {
      Optional<StandardName> standard = of(patientId, roi.name());
      rois.add(standard.map(roi::named).orElse(roi));
      standard.ifPresent(
          name -> numbers.computeIfAbsent(name.name(), key -> new ArrayList<>()).add(roi.number()));
    }
    StructureSet named = set.with(rois);
    for (Map.Entry<String, List<Integer>> one : numbers.entrySet()) {
      if (one.getValue().size() > 1) {
        named =
            named.with(
                new Finding(
                    Finding.Level.WARN,
                    Finding.Code.DUPLICATE_STANDARD_NAME,
                    set.sopInstanceUid(),
                    "regions "
                        + one.getValue()
                        + " have the standard name "
                        + one.getKey()
                        + ", expected one"));
      }
    }
    return named;
  }

  /**
   * The standard name that a name most likely means: that of the known spelling with the fewest
   * typing errors, at most one for three letters, else of the longest known spelling inside it.
   */
  public Optional<String> nearest(String roiName) {
    String spelling = NormalName.of(roiName);
    String nearest = null;
    int fewest = spelling.length() / LETTERS_FOR_AN_ERROR + 1;
    String inside = "";
    for (String known : spellings.keySet()) {
      int errors = EditDistance.between(spelling, known);
      if (errors < fewest) {
        fewest = errors;
        nearest = known;
      }
      if (known.length() >= SHORTEST_PART
          && known.length() > inside.length()
          && spelling.contains(known)) {
        inside = known;
      }
    }
    return Optional.ofNullable(spellings.get(nearest == null ? inside : nearest));
  }
}
