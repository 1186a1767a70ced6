package org.rtpipeline.spark;

import java.util.ArrayList;
import java.util.List;
import org.rtpipeline.metadata.pet.PetOptions;
import org.rtpipeline.metadata.pet.PetRow;
import org.rtpipeline.metadata.pet.PetSuv;
import org.rtpipeline.metadata.pet.PetVerdict;
import org.rtpipeline.metadata.pet.PrimaryReconstruction;
import org.rtpipeline.model.Course;
import org.rtpipeline.model.CourseDataException;
import org.rtpipeline.model.ImageSeries;
import org.rtpipeline.model.Outcome;
import org.rtpipeline.model.RowHead;

/** The PET series of a course, read and judged. */
final class CoursePet {

  /** Modality (0008,0060) of PET. */
  private static final String MODALITY = "PT";

  private CoursePet() {}

  /** The PET series of a course, in its order. */
  static List<ImageSeries> series(Course course) {
    return course.otherSeries().stream().filter(s -> s.modality().equals(MODALITY)).toList();
  }

  /** A verdict over each of them, in the same order. */
  static List<PetVerdict> of(Course course, CourseData data, PetOptions options) {
    List<PetVerdict> verdicts = new ArrayList<>();
    for (ImageSeries series : series(course)) {
      verdicts.add(verdict(series, data, options));
    }
    return PrimaryReconstruction.choose(verdicts, options.primaryExtent());
  }

  private static PetVerdict verdict(ImageSeries series, CourseData data, PetOptions options) {
    try {
      return PetSuv.judge(data.pet(series), options);
    } catch (CourseDataException e) {
      return PetVerdict.unreadable(series.seriesUid(), e.finding());
    }
  }

  /** The row of a series. */
  static PetRow row(Course course, String stageKey, PetVerdict verdict) {
    Outcome.Kind kind = verdict.scale() == null ? Outcome.Kind.SKIPPED : Outcome.Kind.DONE;
    return new PetRow(RowHead.of(course, stageKey, kind, verdict.findings()), verdict);
  }
}
