package org.rtpipeline.metadata;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.ImageDetail;
import org.rtpipeline.model.PatientDetail;

/**
 * The planning CT of a course.
 *
 * @param seriesUid its series
 * @param studyUid its study
 * @param slices images of the series
 * @param rows rows of an image
 * @param columns columns of an image
 * @param incrementMm median distance of neighbouring images along their normal; null when not known
 * @param detail what the header of its first image says; null when that cannot be read
 */
public record CaseImage(
    String seriesUid,
    String studyUid,
    int slices,
    int rows,
    int columns,
    @Nullable Double incrementMm,
    @Nullable ImageDetail detail)
    implements Serializable {

  /** The same without what the image says of the patient. */
  public CaseImage withoutPatient() {
    ImageDetail told =
        detail == null
            ? null
            : new ImageDetail(
                detail.scanner(),
                detail.exposure(),
                detail.reconstruction(),
                detail.contrast(),
                PatientDetail.UNKNOWN);
    return new CaseImage(seriesUid, studyUid, slices, rows, columns, incrementMm, told);
  }
}
