package org.rtpipeline.dicom;

import java.io.IOException;
import java.io.OutputStream;

/** Writes MR image objects (PS3.3 A.4): plain spin echo, one plane of a grid each. */
public final class MrImageWriter {

  private MrImageWriter() {}

  /**
   * Writes one slice as a DICOM file.
   *
   * @param values one value per voxel of the plane, x fastest, then y, from -1024 to 3071
   */
  public static void write(
      StudyContext study,
      SeriesContext series,
      CtImageWriter.Slice slice,
      short[] values,
      OutputStream out)
      throws IOException {
    DicomObject.Builder object =
        ObjectHead.begin(study, series, StorageClass.MR_IMAGE, slice.sopInstanceUid())
            .text(Tags.IMAGE_TYPE, "ORIGINAL", "PRIMARY", "OTHER")
            .text(Tags.CONTENT_DATE, ObjectHead.date(series.made().toLocalDate()))
            .text(Tags.CONTENT_TIME, ObjectHead.time(series.made().toLocalTime()))
            .text(Tags.MODALITY, "MR")
            .text(Tags.BODY_PART_EXAMINED, slice.bodyPart())
            .text(Tags.SCANNING_SEQUENCE, "SE")
            .text(Tags.SEQUENCE_VARIANT, "NONE")
            .empty(Tags.SCAN_OPTIONS)
            .text(Tags.MR_ACQUISITION_TYPE, "2D")
            .numbers(Tags.REPETITION_TIME, 500)
            .numbers(Tags.ECHO_TIME, 10)
            .integers(Tags.ECHO_TRAIN_LENGTH, 1)
            .text(Tags.PATIENT_POSITION, "HFS")
            .integers(Tags.INSTANCE_NUMBER, slice.plane() + 1);
    ObjectHead.frameOfReference(object, study);
    CtImageWriter.position(object, slice.grid(), slice.plane());
    DicomWriter.write(CtImageWriter.pixels(object, slice.grid(), values).build(), out);
  }
}
