package org.rtpipeline.dicom;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.CodedConcept;

/**
 * Begins the objects that are written: patient, study, series, equipment and SOP common modules
 * (PS3.3 C.7.1.1, C.7.2.1, C.7.3.1, C.7.5.1, C.12.1).
 */
final class ObjectHead {

  static final int LONGEST_SHORT_TEXT = 16;
  static final int LONGEST_LONG_TEXT = 64;

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("uuuuMMdd", Locale.ROOT);
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HHmmss", Locale.ROOT);

  private ObjectHead() {}

  static DicomObject.Builder begin(
      StudyContext study, SeriesContext series, String sopClassUid, String sopInstanceUid) {
    return DicomObject.builder()
        .text(Tags.SPECIFIC_CHARACTER_SET, "ISO_IR 192")
        .text(Tags.INSTANCE_CREATION_DATE, date(series.made().toLocalDate()))
        .text(Tags.INSTANCE_CREATION_TIME, time(series.made().toLocalTime()))
        .text(Tags.SOP_CLASS_UID, sopClassUid)
        .text(Tags.SOP_INSTANCE_UID, sopInstanceUid)
        .text(Tags.STUDY_DATE, date(study.studyDate()))
        .text(Tags.STUDY_TIME, time(study.studyTime()))
        .text(Tags.ACCESSION_NUMBER, shortText(study.origin().accessionNumber()))
        .text(Tags.MANUFACTURER, longText(series.equipment().manufacturer()))
        .text(Tags.REFERRING_PHYSICIAN_NAME, study.origin().referringPhysician())
        .text(Tags.SERIES_DESCRIPTION, longText(series.description()))
        .empty(Tags.OPERATORS_NAME)
        .text(Tags.MANUFACTURER_MODEL_NAME, longText(series.equipment().model()))
        .text(Tags.PATIENT_NAME, study.patientName())
        .text(Tags.PATIENT_ID, longText(study.patientId()))
        .text(Tags.PATIENT_BIRTH_DATE, date(study.origin().birthDate()))
        .text(Tags.PATIENT_SEX, study.patientSex())
        .text(Tags.SOFTWARE_VERSIONS, longText(series.equipment().softwareVersion()))
        .text(Tags.STUDY_INSTANCE_UID, study.studyUid())
        .text(Tags.SERIES_INSTANCE_UID, series.seriesUid())
        .text(Tags.STUDY_ID, shortText(study.studyId()))
        .integers(Tags.SERIES_NUMBER, series.number());
  }

  /** Frame of reference module (PS3.3 C.7.4.1). */
  static DicomObject.Builder frameOfReference(DicomObject.Builder object, StudyContext study) {
    return object
        .text(Tags.FRAME_OF_REFERENCE_UID, study.frameOfReferenceUid())
        .empty(Tags.POSITION_REFERENCE_INDICATOR);
  }

  /** One item that refers to an object. */
  static DicomObject.Builder reference(String sopClassUid, String sopInstanceUid) {
    return DicomObject.builder()
        .text(Tags.REFERENCED_SOP_CLASS_UID, sopClassUid)
        .text(Tags.REFERENCED_SOP_INSTANCE_UID, sopInstanceUid);
  }

  /** One item of a code sequence (PS3.3 8.8). */
  static DicomObject.Builder code(CodedConcept concept) {
    return DicomObject.builder()
        .text(Tags.CODE_VALUE, concept.value())
        .text(Tags.CODING_SCHEME_DESIGNATOR, concept.scheme())
        .text(Tags.CODE_MEANING, longText(concept.meaning()));
  }

  /** A DA value; empty for no date. */
  static String date(@Nullable LocalDate date) {
    return date == null ? "" : DATE.format(date);
  }

  /** A TM value; empty for no time. */
  static String time(@Nullable LocalTime time) {
    return time == null ? "" : TIME.format(time);
  }

  /** The text as one SH value: cut after 16 characters, no value separators. */
  static String shortText(String text) {
    return oneValue(text, LONGEST_SHORT_TEXT);
  }

  /** The text as one LO value: cut after 64 characters, no value separators. */
  static String longText(String text) {
    return oneValue(text, LONGEST_LONG_TEXT);
  }

  private static String oneValue(String text, int longest) {
    int characters = Math.min(longest, text.codePointCount(0, text.length()));
    StringBuilder value = new StringBuilder();
    text.codePoints()
        .limit(characters)
        .map(c -> c == '\\' ? '/' : Character.isISOControl(c) ? ' ' : c)
        .forEach(value::appendCodePoint);
    return value.toString();
  }
}
