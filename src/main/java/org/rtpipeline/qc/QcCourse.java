package org.rtpipeline.qc;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.Course;
import org.rtpipeline.model.DoseGrid;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.ImageVolume;
import org.rtpipeline.model.Plan;
import org.rtpipeline.model.StructureSet;
import org.rtpipeline.model.TreatmentRecord;

/**
 * What the checks look at: a course and those of its objects that could be read.
 *
 * @param course its headers and decisions
 * @param ct voxels of the planning CT; null when there is none or it cannot be read
 * @param dose the dose that counts; null when there is none
 * @param plans plans of the course
 * @param structureSets structure sets of the course
 * @param segmentations segmentation objects of the course, as structure sets
 * @param records treatment records of the course
 * @param fractions how many fractions the records make of a plan, by its UID
 * @param unread objects of the course that cannot be read
 */
public record QcCourse(
    Course course,
    @Nullable ImageVolume ct,
    @Nullable DoseGrid dose,
    List<Plan> plans,
    List<StructureSet> structureSets,
    List<StructureSet> segmentations,
    List<TreatmentRecord> records,
    Map<String, Integer> fractions,
    List<Unread> unread) {

  /**
   * An object that cannot be read.
   *
   * @param check the check that it fails
   * @param why what reading it said
   */
  public record Unread(QcCheck check, Finding why) {}

  /** Copies the lists. */
  public QcCourse {
    plans = List.copyOf(plans);
    structureSets = List.copyOf(structureSets);
    segmentations = List.copyOf(segmentations);
    records = List.copyOf(records);
    fractions = Map.copyOf(fractions);
    unread = List.copyOf(unread);
  }

  /** Structure sets, then segmentations. */
  List<StructureSet> allStructures() {
    return Stream.of(structureSets, segmentations).flatMap(List::stream).toList();
  }

  /** The subject of what is about the course as a whole. */
  String key() {
    return course.id().key();
  }
}
