package org.rtpipeline.dicom;

import java.time.LocalDate;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/**
 * What all objects of one patient's study share when they are written.
 *
 * @param patientId (0010,0020)
 * @param patientName (0010,0010), components parted by ^
 * @param patientSex M, F, O or empty
 * @param studyUid (0020,000D)
 * @param studyId (0020,0010), at most 16 characters
 * @param studyDate (0008,0020); null when not known
 * @param studyTime (0008,0030); null when not known
 * @param frameOfReferenceUid the frame all positions are given in
 * @param origin further attributes of patient and study that objects of the same study repeat
 */
public record StudyContext(
    String patientId,
    String patientName,
    String patientSex,
    String studyUid,
    String studyId,
    @Nullable LocalDate studyDate,
    @Nullable LocalTime studyTime,
    String frameOfReferenceUid,
    Origin origin) {

  /**
   * What objects made from an existing study repeat of it.
   *
   * @param birthDate (0010,0030); null when not known
   * @param accessionNumber (0008,0050), empty when not known
   * @param referringPhysician (0008,0090), empty when not known
   */
  public record Origin(
      @Nullable LocalDate birthDate, String accessionNumber, String referringPhysician) {

    /** Nothing to repeat. */
    public static final Origin NONE = new Origin(null, "", "");
  }

  /** A study of which nothing further is known. */
  public StudyContext(
      String patientId,
      String patientName,
      String patientSex,
      String studyUid,
      String studyId,
      @Nullable LocalDate studyDate,
      @Nullable LocalTime studyTime,
      String frameOfReferenceUid) {
    this(
        patientId,
        patientName,
        patientSex,
        studyUid,
        studyId,
        studyDate,
        studyTime,
        frameOfReferenceUid,
        Origin.NONE);
  }
}
