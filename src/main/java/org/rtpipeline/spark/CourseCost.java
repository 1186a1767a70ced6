package org.rtpipeline.spark;

import java.util.List;
import java.util.stream.Stream;
import org.rtpipeline.model.Course;
import org.rtpipeline.model.InstanceHeader;
import org.rtpipeline.model.ObjectFacts;

/**
 * What a course will cost, from headers alone, in bytes of reading: images and objects as long as
 * they are, masks as many as they have pixels, contours several times over, since every one is
 * turned into coverage of dose points.
 */
final class CourseCost {

  private static final long CONTOUR_FACTOR = 20;
  private static final long DOSE_FACTOR = 4;

  private CourseCost() {}

  /** Estimated cost of a course, at least 1. */
  static long of(Course course) {
    Course.Objects objects = course.objects();
    long contours = objects.structureSets().stream().mapToLong(h -> h.file().sizeBytes()).sum();
    long masks = objects.segmentations().stream().mapToLong(CourseCost::maskPixels).sum();
    long doses = objects.doses().stream().mapToLong(CourseCost::dosePoints).sum();
    long images =
        Stream.ofNullable(course.planningCt())
            .flatMap(ct -> ct.instances().stream())
            .mapToLong(h -> h.file().sizeBytes())
            .sum();
    long others =
        Stream.of(objects.plans(), objects.records())
            .flatMap(List::stream)
            .mapToLong(h -> h.file().sizeBytes())
            .sum();
    return 1 + CONTOUR_FACTOR * contours + DOSE_FACTOR * doses + masks + images + others;
  }

  /** Masks are outlined pixel by pixel; few of the pixels become contours. */
  private static long maskPixels(InstanceHeader segmentation) {
    return segmentation.facts() instanceof ObjectFacts.Segments facts ? facts.pixels() : 0;
  }

  private static long dosePoints(InstanceHeader dose) {
    return dose.facts() instanceof ObjectFacts.Dose facts ? facts.points() : 0;
  }
}
