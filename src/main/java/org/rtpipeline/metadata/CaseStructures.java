package org.rtpipeline.metadata;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.rtpipeline.model.Roi;
import org.rtpipeline.model.StructureSet;

/**
 * The structure set of a course in names and numbers.
 *
 * @param uid the object
 * @param basis why this one
 * @param names names of its ROIs, in ascending order of ROI number
 * @param counts how many ROIs there are of each kind
 */
public record CaseStructures(
    String uid, String basis, List<String> names, Map<RoiKind, Integer> counts)
    implements Serializable {

  /** Copies the collections. */
  public CaseStructures {
    names = List.copyOf(names);
    counts = Map.copyOf(counts);
  }

  /**
   * Names and numbers of a structure set.
   *
   * @param basis why this one
   */
  public static CaseStructures of(StructureSet set, String basis) {
    Map<RoiKind, Integer> counts = new EnumMap<>(RoiKind.class);
    List<String> names = new ArrayList<>();
    for (Roi roi : set.rois()) {
      names.add(roi.name());
      counts.merge(RoiKind.of(roi), 1, Integer::sum);
    }
    return new CaseStructures(set.sopInstanceUid(), basis, names, counts);
  }

  int count(RoiKind kind) {
    return counts.getOrDefault(kind, 0);
  }
}
