package org.rtpipeline.qc;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rtpipeline.model.Course;
import org.rtpipeline.model.ImageSeries;
import org.rtpipeline.model.InstanceHeader;
import org.rtpipeline.model.Reference;

/** Checks of how the objects of a course refer to one another. */
final class ReferenceChecks {

  private final Course course;
  private final String key;
  private final List<QcResult> results = new ArrayList<>();

  private ReferenceChecks(QcCourse from) {
    this.course = from.course();
    this.key = from.key();
  }

  /** Which kinds of objects there are. */
  static QcResult objectsPresent(QcCourse from) {
    Course.Objects objects = from.course().objects();
    ImageSeries ct = from.course().planningCt();
    return new QcResult(
        QcCheck.OBJECTS_PRESENT,
        QcLevel.INFO,
        from.key(),
        "CT images "
            + (ct == null ? 0 : ct.instances().size())
            + ", structure sets "
            + objects.structureSets().size()
            + ", segmentations "
            + objects.segmentations().size()
            + ", plans "
            + objects.plans().size()
            + ", doses "
            + objects.doses().size()
            + ", records "
            + objects.records().size(),
        "");
  }

  static List<QcResult> of(QcCourse from) {
    ReferenceChecks checks = new ReferenceChecks(from);
    checks.frames();
    Course.Objects objects = from.course().objects();
    checks.chain(QcCheck.DOSE_TO_PLAN, objects.doses(), Reference.Role.PLAN, objects.plans());
    checks.chain(
        QcCheck.PLAN_TO_STRUCTURES,
        objects.plans(),
        Reference.Role.STRUCTURE_SET,
        objects.structureSets());
    checks.structuresToCt();
    return checks.results;
  }

  private void frames() {
    ImageSeries ct = course.planningCt();
    Set<String> frames =
        Stream.of(
                course.objects().structureSets(),
                course.objects().plans(),
                course.objects().doses())
            .flatMap(List::stream)
            .map(InstanceHeader::frameOfReferenceUid)
            .filter(frame -> frame != null && !frame.isEmpty())
            .collect(Collectors.toCollection(TreeSet::new));
    if (ct != null && ct.frameOfReferenceUid() != null) {
      frames.add(ct.frameOfReferenceUid());
    }
    if (frames.isEmpty()) {
      results.add(
          QcResult.notEvaluated(
              QcCheck.FRAME_OF_REFERENCE, key, "no object names a frame of reference"));
      return;
    }
    results.add(
        new QcResult(
            QcCheck.FRAME_OF_REFERENCE,
            frames.size() == 1 ? QcLevel.PASS : QcLevel.WARNING,
            key,
            frames.size() == 1 ? "one" : String.join(", ", frames),
            "one frame of reference (0020,0052)"));
  }

  private void chain(
      QcCheck check, List<InstanceHeader> from, Reference.Role role, List<InstanceHeader> to) {
    Set<String> there = to.stream().map(InstanceHeader::sopInstanceUid).collect(Collectors.toSet());
    for (InstanceHeader header : from) {
      List<String> wanted = header.referenced(role).distinct().sorted().toList();
      List<String> absent = wanted.stream().filter(uid -> !there.contains(uid)).toList();
      boolean sound = !wanted.isEmpty() && absent.isEmpty();
      results.add(
          new QcResult(
              check,
              sound ? QcLevel.PASS : QcLevel.WARNING,
              header.sopInstanceUid(),
              wanted.isEmpty()
                  ? "no reference"
                  : absent.isEmpty() ? "there" : "not there: " + String.join(", ", absent),
              "a reference to an object of the course"));
    }
  }

  private void structuresToCt() {
    ImageSeries ct = course.planningCt();
    List<InstanceHeader> drawn = new ArrayList<>(course.objects().structureSets());
    drawn.addAll(course.objects().segmentations());
    for (InstanceHeader set : drawn) {
      if (ct == null) {
        results.add(
            QcResult.notEvaluated(
                QcCheck.STRUCTURES_TO_CT, set.sopInstanceUid(), "the course has no planning CT"));
        continue;
      }
      Set<String> images = new HashSet<>();
      ct.instances().forEach(image -> images.add(image.sopInstanceUid()));
      List<String> wanted = set.referenced(Reference.Role.IMAGE).distinct().toList();
      long there = wanted.stream().filter(images::contains).count();
      boolean bySeries = set.referenced(Reference.Role.SERIES).anyMatch(ct.seriesUid()::equals);
      QcLevel level =
          wanted.isEmpty()
              ? bySeries ? QcLevel.PASS : QcLevel.WARNING
              : there == wanted.size() ? QcLevel.PASS : QcLevel.WARNING;
      results.add(
          new QcResult(
              QcCheck.STRUCTURES_TO_CT,
              level,
              set.sopInstanceUid(),
              wanted.isEmpty()
                  ? bySeries ? "the series alone" : "no reference to the planning CT"
                  : there + " of " + wanted.size() + " images there",
              "all images of the planning CT that it names"));
    }
  }
}
