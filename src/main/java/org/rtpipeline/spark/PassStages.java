package org.rtpipeline.spark;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The stages of the pass over the courses, in the order they run for each course. */
final class PassStages {

  private static final Set<StageName> ON_STRUCTURES =
      EnumSet.of(StageName.DVH, StageName.RADIOMICS);

  private PassStages() {}

  /** The stages that a request asks for. */
  static List<CourseStage<StageRows>> of(RunRequest request) {
    List<CourseStage<StageRows>> stages = new ArrayList<>();
    if (request.stages().contains(StageName.METADATA)) {
      stages.add(new MetadataStage());
    }
    if (request.stages().contains(StageName.QC)) {
      stages.add(new QcStage());
    }
    if (request.stages().contains(StageName.DVH)) {
      stages.add(new DvhStage(request.dvh()));
    }
    if (request.stages().contains(StageName.RADIOMICS)) {
      stages.add(new RadiomicsStage(request.radiomics()));
    }
    return stages;
  }

  /** Those of them that compute on structures, for structures that the run has found itself. */
  static List<CourseStage<StageRows>> ofAutomatic(RunRequest request) {
    return of(request).stream().filter(stage -> ON_STRUCTURES.contains(stage.name())).toList();
  }
}
