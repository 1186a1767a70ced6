package org.rtpipeline.dicom;

import java.io.InputStream;
import org.rtpipeline.model.Finding;

/** Takes patient, study and frame of reference from an image, for objects made from its series. */
public final class StudyContextReader {

  private StudyContextReader() {}

  /**
   * The study of an image.
   *
   * @param in at the first byte; the caller closes it
   * @throws DicomException when the file cannot be read, or names no study or frame of reference
   */
  public static StudyContext read(String path, InputStream in) throws DicomException {
    DicomFile file = DicomFile.read(path, in, DicomFile.UNKNOWN_SIZE, ReadScope.HEADER);
    DicomObject object = file.object();
    return new StudyContext(
        object.text(Tags.PATIENT_ID).orElse(""),
        object.text(Tags.PATIENT_NAME).orElse(""),
        object.text(Tags.PATIENT_SEX).orElse(""),
        required(path, object, Tags.STUDY_INSTANCE_UID, "study instance UID (0020,000D)"),
        object.text(Tags.STUDY_ID).orElse(""),
        object.date(Tags.STUDY_DATE).orElse(null),
        object.time(Tags.STUDY_TIME).orElse(null),
        required(path, object, Tags.FRAME_OF_REFERENCE_UID, "frame of reference UID (0020,0052)"),
        new StudyContext.Origin(
            object.date(Tags.PATIENT_BIRTH_DATE).orElse(null),
            object.text(Tags.ACCESSION_NUMBER).orElse(""),
            object.text(Tags.REFERRING_PHYSICIAN_NAME).orElse("")));
  }

  private static String required(String path, DicomObject object, int tag, String name)
      throws DicomException {
    return object
        .text(tag)
        .orElseThrow(
            () ->
                new DicomException(
                    Finding.Code.MISSING_UID, path, DicomException.NO_OFFSET, "no " + name));
  }
}
