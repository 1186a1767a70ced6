package org.rtpipeline.dicom;

import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.PatientDetail;

/** Takes what an object says of the patient and of the people who treat (PS3.3 C.7.1, C.7.2). */
final class PatientDetailReader {

  private static final int AGE_LENGTH = 4;
  private static final double DAYS_PER_YEAR = 365.25;
  private static final double WEEKS_PER_YEAR = DAYS_PER_YEAR / 7;
  private static final double MONTHS_PER_YEAR = 12;

  private PatientDetailReader() {}

  static PatientDetail of(DicomObject object) {
    return new PatientDetail(
        object.text(Tags.PATIENT_SEX).orElse(null),
        aboveZero(object, Tags.PATIENT_WEIGHT),
        aboveZero(object, Tags.PATIENT_SIZE),
        object.text(Tags.PATIENT_AGE).flatMap(PatientDetailReader::years).orElse(null),
        new PatientDetail.Person(
            object.text(Tags.PATIENT_NAME).orElse(null),
            object.date(Tags.PATIENT_BIRTH_DATE).orElse(null)),
        new PatientDetail.Staff(
            object.texts(Tags.PHYSICIANS_OF_RECORD),
            object.texts(Tags.REFERRING_PHYSICIAN_NAME),
            object.texts(Tags.PERFORMING_PHYSICIAN_NAME),
            object.texts(Tags.OPERATORS_NAME)));
  }

  /** Scanners write 0 for a weight or height that nobody entered. */
  private static @Nullable Double aboveZero(DicomObject object, int tag) {
    OptionalDouble number = object.number(tag);
    return number.isPresent() && number.getAsDouble() > 0 && Double.isFinite(number.getAsDouble())
        ? number.getAsDouble()
        : null;
  }

  /** An age string (PS3.5 6.2 AS): three digits and a unit. */
  private static Optional<Double> years(String age) {
    if (age.length() != AGE_LENGTH || !age.chars().limit(3).allMatch(c -> c >= '0' && c <= '9')) {
      return Optional.empty();
    }
    double number = Integer.parseInt(age, 0, 3, 10);
    return switch (age.charAt(3)) {
      case 'Y' -> Optional.of(number);
      case 'M' -> Optional.of(number / MONTHS_PER_YEAR);
      case 'W' -> Optional.of(number / WEEKS_PER_YEAR);
      case 'D' -> Optional.of(number / DAYS_PER_YEAR);
      default -> Optional.empty();
    };
  }
}
