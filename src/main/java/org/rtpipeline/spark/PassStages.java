package org.rtpipeline.spark;

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
      EnumSet.of(
          StageName.QC,
          StageName.STRUCTURES,
          StageName.CROPPING,
          StageName.DVH,
          StageName.RADIOMICS);

  /** They make structures of all structures of a course, those found in its images as well. */
  private static final Set<StageName> OF_ALL_STRUCTURES =
      EnumSet.of(StageName.STRUCTURES, StageName.CROPPING);

  private PassStages() {}

  /** The stages that make structures for the stages after them. */
  static Set<StageName> makers() {
    return OF_ALL_STRUCTURES;
  }

  /** The stages over clinical structures, by name, that a request asks for. */
  static List<StageName> names(RunRequest request) {
    return request.stages().stream()
        .filter(stage -> stage != StageName.SEGMENTATION)
        .filter(stage -> !OF_ALL_STRUCTURES.contains(stage) || !isSegmented(request))
        .sorted()
        .toList();
  }

  /**
   * The stages over clinical structures that a request asks for. Where structures are found as
   * well, others are derived and cut in the pass over those.
   *
   * @param hadoop settings of the file systems that stages write to
   */
  static List<CourseStage<StageRows>> of(
      RunRequest request, Broadcast<SerializableConfiguration> hadoop) {
    return names(request).stream().map(name -> stage(name, request, hadoop)).toList();
  }

  /** Those of them that compute on structures, for structures that the run has found itself. */
  static List<CourseStage<StageRows>> ofAutomatic(
      RunRequest request, Broadcast<SerializableConfiguration> hadoop) {
    return request.stages().stream()
        .filter(ON_STRUCTURES::contains)
        .sorted()
        .map(name -> name == StageName.QC ? new AutomaticQcStage() : stage(name, request, hadoop))
        .toList();
  }

  private static boolean isSegmented(RunRequest request) {
    return request.stages().contains(StageName.SEGMENTATION);
  }

  private static CourseStage<StageRows> stage(
      StageName name, RunRequest request, Broadcast<SerializableConfiguration> hadoop) {
    return switch (name) {
      case METADATA -> new MetadataStage(request.personal(), request.pet());
      case QC -> new QcStage();
      case STRUCTURES -> new StructuresStage(request.structures(), files(request, hadoop));
      case CROPPING -> new CroppingStage(request.cropping(), files(request, hadoop));
      case DVH -> dvh(request, hadoop);
      case RADIOMICS -> new RadiomicsStage(request.radiomics(), request.pet());
      case SCAN, ORGANIZE, SEGMENTATION, COMMIT ->
          throw new IllegalArgumentException(name + " is no stage of the pass over courses");
    };
  }

  private static StructureSetFiles files(
      RunRequest request, Broadcast<SerializableConfiguration> hadoop) {
    return new StructureSetFiles(request.places().outputUri(), hadoop);
  }

  private static DvhStage dvh(RunRequest request, Broadcast<SerializableConfiguration> hadoop) {
    DvhDoseFiles files =
        request.dvh().curveObjects() == DvhRequest.CurveObjects.RT_DOSE
            ? new DvhDoseFiles(request.places().outputUri(), hadoop)
            : null;
    return new DvhStage(request.dvh(), DoseVolumeCalculator::of, files);
  }
}
