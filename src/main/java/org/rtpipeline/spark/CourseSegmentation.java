package org.rtpipeline.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.rtpipeline.model.Course;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.Outcome;
import org.rtpipeline.segmentation.ImageKind;
import org.rtpipeline.segmentation.SegmentationRow;

/** All segmentations of one course, one after the other, on what was read of it once. */
final class CourseSegmentation {

  private final Course course;
  private final CourseData data;
  private final SegmentationRun.Work work;

  /** Names of structures that were found in the planning CT so far. */
  private final Set<String> found = new TreeSet<>();

  CourseSegmentation(Course course, SegmentationRun.Work work) {
    this.course = course;
    this.data = new CourseData(course, work.streams());
    this.work = work;
  }

  /** How each of them ended, one at least. */
  List<Segmented> all(TaskDevice device) {
    List<Segmented> all = new ArrayList<>();
    for (SegmentationStage stage : work.stages()) {
      for (SegmentationStage one : stage.of(course)) {
        all.add(segmented(one.on(device, all)));
      }
    }
    if (all.isEmpty()) {
      all.add(
          skipped(
              SegmentationTarget.PLANNING_CT,
              "",
              Finding.Code.NO_PLANNING_CT,
              "the course has no image of the kinds to find structures in"));
    }
    return all;
  }

  private Segmented segmented(SegmentationStage stage) {
    SegmentationTarget target = stage.target(course);
    List<String> missing =
        stage.model().needs().stream().filter(name -> !found.contains(name)).toList();
    if (!missing.isEmpty()) {
      data.startStage();
      return skipped(
          target,
          data.stageKey(stage),
          Finding.Code.BODY_REGION_ABSENT,
          "the model "
              + target.model()
              + " is left out: not found in the image: "
              + String.join(", ", missing));
    }
    StageResult<StageRows> result =
        new OutcomeIterator<>(
                List.of(course).iterator(), List.of(stage), (PassData) one -> data, work.onBug())
            .next();
    return target.images() == ImageKind.CT
        ? Segmented.of(target, result, notes(target, names(result)))
        : Segmented.of(target, result, List.of());
  }

  private Segmented skipped(
      SegmentationTarget target, String stageKey, Finding.Code code, String message) {
    return new Segmented(
        course.id(),
        target,
        stageKey,
        Outcome.Kind.SKIPPED,
        List.of(new Finding(Finding.Level.SKIP_STAGE, code, course.id().key(), message)));
  }

  private static Set<String> names(StageResult<StageRows> result) {
    Set<String> names = new TreeSet<>();
    result
        .outcome()
        .fold(
            done -> done.value().rows().stream(),
            skipped -> java.util.stream.Stream.of(),
            failed -> java.util.stream.Stream.of())
        .forEach(
            row -> {
              if (row instanceof SegmentationRow one) {
                one.foundName().ifPresent(names::add);
              }
            });
    return names;
  }

  /** Models may give their structures the same name: their rows differ in their source. */
  private List<Finding> notes(SegmentationTarget target, Set<String> names) {
    List<Finding> notes = new ArrayList<>();
    for (String name : names) {
      if (!found.add(name)) {
        notes.add(
            new Finding(
                Finding.Level.WARN,
                Finding.Code.DUPLICATE_ROI_NAME,
                course.id().key(),
                name + " of " + target.source() + " is a name of a model before it too"));
      }
    }
    return notes;
  }
}
