package org.rtpipeline.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.rtpipeline.model.Roi;

/**
 * A share of the regions of a course: they are dealt in turn, as they stand in its structure sets.
 *
 * @param index which share, from 0
 * @param count how many shares there are, at least 1
 */
record RegionShare(int index, int count) implements Serializable {

  /** The only share of a course that is not cut. */
  static final RegionShare ALL = new RegionShare(0, 1);

  /** The same structure sets with the regions of this share alone. */
  List<CourseStructures> of(List<CourseStructures> sets) {
    List<CourseStructures> shared = new ArrayList<>();
    int dealt = 0;
    for (CourseStructures structures : sets) {
      List<Roi> own = new ArrayList<>();
      for (Roi roi : structures.set().rois()) {
        if (dealt % count == index) {
          own.add(roi);
        }
        dealt++;
      }
      shared.add(structures.with(structures.set().with(own)));
    }
    return List.copyOf(shared);
  }
}
