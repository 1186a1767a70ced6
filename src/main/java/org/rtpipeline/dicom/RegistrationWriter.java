package org.rtpipeline.dicom;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.rtpipeline.model.Registration;

/** Writes rigid spatial registrations (PS3.3 A.39.1, C.20.2). */
public final class RegistrationWriter {

  private RegistrationWriter() {}

  /**
   * The images that a registration brings into another frame.
   *
   * @param seriesUid their series
   * @param modality CT, MR or PT
   */
  public record Source(String seriesUid, String modality) {}

  /**
   * Writes a registration as a DICOM file.
   *
   * @param study its frame of reference is the one that everything is brought into
   * @param registration what to write; its own frame of reference is that of the study
   * @param source the images that the transforms are meant for
   */
  public static void write(
      StudyContext study,
      SeriesContext series,
      Registration registration,
      Source source,
      OutputStream out)
      throws IOException {
    List<DicomObject> items =
        registration.transforms().stream().map(t -> transform(t, source)).toList();
    List<DicomObject> images =
        registration.transforms().stream()
            .flatMap(t -> t.imageUids().stream())
            .map(uid -> image(uid, source))
            .toList();
    DicomObject.Builder object =
        ObjectHead.begin(
                study, series, StorageClass.SPATIAL_REGISTRATION, registration.sopInstanceUid())
            .text(Tags.CONTENT_DATE, ObjectHead.date(series.made().toLocalDate()))
            .text(Tags.CONTENT_TIME, ObjectHead.time(series.made().toLocalTime()))
            .text(Tags.MODALITY, "REG")
            .integers(Tags.INSTANCE_NUMBER, 1)
            .text(Tags.CONTENT_LABEL, "REGISTRATION")
            .empty(Tags.CONTENT_DESCRIPTION)
            .empty(Tags.CONTENT_CREATOR_NAME)
            .items(Tags.REGISTRATION_SEQUENCE, items)
            .items(
                Tags.REFERENCED_SERIES_SEQUENCE,
                DicomObject.builder()
                    .text(Tags.SERIES_INSTANCE_UID, source.seriesUid())
                    .items(Tags.REFERENCED_INSTANCE_SEQUENCE, images)
                    .build());
    ObjectHead.frameOfReference(object, study);
    DicomWriter.write(object.build(), out);
  }

  private static DicomObject image(String uid, Source source) {
    String sopClassUid =
        switch (source.modality()) {
          case "MR" -> StorageClass.MR_IMAGE;
          case "PT" -> StorageClass.PET_IMAGE;
          default -> StorageClass.CT_IMAGE;
        };
    return ObjectHead.reference(sopClassUid, uid).build();
  }

  private static DicomObject transform(Registration.Transform transform, Source source) {
    DicomObject matrix =
        DicomObject.builder()
            .text(Tags.FRAME_OF_REFERENCE_TRANSFORMATION_MATRIX_TYPE, transform.type())
            .numbers(
                Tags.FRAME_OF_REFERENCE_TRANSFORMATION_MATRIX,
                transform.matrix().stream().mapToDouble(Double::doubleValue).toArray())
            .build();
    return DicomObject.builder()
        .text(Tags.FRAME_OF_REFERENCE_UID, transform.sourceFrameOfReferenceUid())
        .items(
            Tags.REFERENCED_IMAGE_SEQUENCE,
            transform.imageUids().stream().map(uid -> image(uid, source)).toList())
        .items(
            Tags.MATRIX_REGISTRATION_SEQUENCE,
            DicomObject.builder().items(Tags.MATRIX_SEQUENCE, matrix).build())
        .build();
  }
}
