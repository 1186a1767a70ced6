package org.rtpipeline.spark;

import java.util.ArrayList;
import java.util.List;

/** The stages of the pass over the courses, in the order they run for each course. */
final class PassStages {

  private PassStages() {}

  /** The stages that a request asks for. */
  static List<CourseStage<StageRows>> of(RunRequest request) {
    List<CourseStage<StageRows>> stages = new ArrayList<>();
    if (request.stages().contains(StageName.DVH)) {
      stages.add(new DvhStage(request.dvh()));
    }
    if (request.stages().contains(StageName.RADIOMICS)) {
      stages.add(new RadiomicsStage(request.radiomics()));
    }
    return stages;
  }
}
