package org.rtpipeline.structures;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A name of regions that no name map knows.
 *
 * @param name as it stands
 * @param courses that have such a region
 * @param rois regions of the name
 * @param suggestion standard name that it may mean; null when none is near
 */
public record UnmappedName(String name, int courses, int rois, @Nullable String suggestion) {

  /**
   * One region of a course.
   *
   * @param course key of the course
   * @param patientId as name maps have it
   * @param name of the region as it stands
   */
  public record Seen(String course, String patientId, String name) implements Serializable {}

  /** The names among the regions that no map knows, those of most courses first. */
  public static List<UnmappedName> of(List<Seen> regions, NameMaps maps) {
    Map<String, Set<String>> courses = new TreeMap<>();
    Map<String, Integer> rois = new TreeMap<>();
    for (Seen region : regions) {
      if (maps.of(region.patientId(), region.name()).isEmpty()) {
        courses.computeIfAbsent(region.name(), name -> new TreeSet<>()).add(region.course());
        rois.merge(region.name(), 1, Integer::sum);
      }
    }
    List<UnmappedName> names = new ArrayList<>();
    courses.forEach(
        (name, in) ->
            names.add(
                new UnmappedName(
                    name, in.size(), rois.getOrDefault(name, 0), maps.nearest(name).orElse(null))));
    names.sort(
        Comparator.comparingInt(UnmappedName::courses)
            .thenComparingInt(UnmappedName::rois)
            .reversed()
            .thenComparing(UnmappedName::name));
    return List.copyOf(names);
  }
}
