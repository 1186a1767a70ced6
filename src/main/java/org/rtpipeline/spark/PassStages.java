package org.rtpipeline.spark;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.rtpipeline.dvh.DoseVolumeCalculator;
import org.rtpipeline.dvh.DvhRequest;

/** The stages of the pass over the courses, in the order they run for each course. */
final class PassStages {

  private static final Set<StageName> ON_STRUCTURES =
      EnumSet.of(StageName.DVH, StageName.RADIOMICS);

  private PassStages() {}

  /**
   * The stages that a request asks for.
   *
   * @param hadoop file systems, for stages that write files
   */
  static List<CourseStage<StageRows>> of(
      RunRequest request, Broadcast<SerializableConfiguration> hadoop) {
    List<CourseStage<StageRows>> stages = new ArrayList<>();
    if (request.stages().contains(StageName.METADATA)) {
      stages.add(new MetadataStage());
    }
    if (request.stages().contains(StageName.QC)) {
      stages.add(new QcStage());
    }
    if (request.stages().contains(StageName.DVH)) {
      stages.add(dvh(request, hadoop));
    }
    if (request.stages().contains(StageName.RADIOMICS)) {
      stages.add(new RadiomicsStage(request.radiomics()));
    }
    return stages;
  }

  private static DvhStage dvh(RunRequest request, Broadcast<SerializableConfiguration> hadoop) {
    DvhDoseFiles files =
        request.dvh().curveObjects() == DvhRequest.CurveObjects.RT_DOSE
            ? new DvhDoseFiles(request.places().outputUri(), hadoop)
            : null;
    return new DvhStage(request.dvh(), DoseVolumeCalculator::of, files);
  }

  /** Those of them that compute on structures, for structures that the run has found itself. */
  static List<CourseStage<StageRows>> ofAutomatic(
      RunRequest request, Broadcast<SerializableConfiguration> hadoop) {
    return of(request, hadoop).stream()
        .filter(stage -> ON_STRUCTURES.contains(stage.name()))
        .toList();
  }
}
