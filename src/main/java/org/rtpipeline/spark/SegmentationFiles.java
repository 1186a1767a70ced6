package org.rtpipeline.spark;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.rtpipeline.dicom.ReadVolume;
import org.rtpipeline.dicom.StudyContext;
import org.rtpipeline.model.Course;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.ImageSeries;
import org.rtpipeline.model.LabelMap;
import org.rtpipeline.model.Outcome;
import org.rtpipeline.segmentation.SegmentationBackEnd;

/** What is written of the structures that a back end found. */
interface SegmentationFiles extends Serializable {

  /**
   * A finished segmentation.
   *
   * @param target image and model
   * @param series the images it was found in
   * @param ct what was read of it
   * @param study what objects made of it repeat
   * @param stageKey name of the result
   * @param backEnd what found it
   * @param labels the structures
   * @param findings what a reader must know
   */
  record Made(
      Course course,
      SegmentationTarget target,
      ImageSeries series,
      ReadVolume ct,
      StudyContext study,
      String stageKey,
      SegmentationBackEnd backEnd,
      LabelMap labels,
      List<Finding> findings) {}

  /** Everything of the configuration that changes the files, as canonical JSON. */
  String configuration();

  /** Writes the files of a segmentation, its manifest last. */
  Outcome<StageRows> written(Made made, StageFolder folder, long attempt) throws IOException;

  /** The outcome of a segmentation whose files are there; empty when they are not, or not all. */
  Optional<Outcome<StageRows>> reused(Course course, String stageKey, StageFolder folder)
      throws IOException;
}
