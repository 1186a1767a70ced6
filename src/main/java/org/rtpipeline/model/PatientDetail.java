package org.rtpipeline.model;

import java.io.Serializable;
import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one object says of the patient and of the people who treat.
 *
 * @param sex (0010,0040); null when absent
 * @param weightKg (0010,1030), kg; null when absent or not above 0
 * @param heightM (0010,1020), m; null when absent or not above 0
 * @param ageYears (0010,1010), years; null when absent
 * @param person who the patient is
 * @param staff who treats
 */
public record PatientDetail(
    @Nullable String sex,
    @Nullable Double weightKg,
    @Nullable Double heightM,
    @Nullable Double ageYears,
    Person person,
    Staff staff)
    implements Serializable {

  /**
   * Who the patient is.
   *
   * @param name (0010,0010); null when absent
   * @param birthDate (0010,0030); null when absent or not a date
   */
  public record Person(@Nullable String name, @Nullable LocalDate birthDate)
      implements Serializable {

    /** Somebody. */
    public static final Person UNKNOWN = new Person(null, null);
  }

  /**
   * Who treats.
   *
   * @param physiciansOfRecord (0008,1048)
   * @param referringPhysician (0008,0090)
   * @param performingPhysician (0008,1050)
   * @param operators (0008,1070)
   */
  public record Staff(
      List<String> physiciansOfRecord,
      List<String> referringPhysician,
      List<String> performingPhysician,
      List<String> operators)
      implements Serializable {

    /** Nobody. */
    public static final Staff UNKNOWN = new Staff(List.of(), List.of(), List.of(), List.of());

    /** Copies the lists. */
    public Staff {
      physiciansOfRecord = List.copyOf(physiciansOfRecord);
      referringPhysician = List.copyOf(referringPhysician);
      performingPhysician = List.copyOf(performingPhysician);
      operators = List.copyOf(operators);
    }

    private Staff or(Staff other) {
      return new Staff(
          some(physiciansOfRecord, other.physiciansOfRecord),
          some(referringPhysician, other.referringPhysician),
          some(performingPhysician, other.performingPhysician),
          some(operators, other.operators));
    }

    private static List<String> some(List<String> one, List<String> other) {
      return one.isEmpty() ? other : one;
    }
  }

  /** Nothing known. */
  public static final PatientDetail UNKNOWN =
      new PatientDetail(null, null, null, null, Person.UNKNOWN, Staff.UNKNOWN);

  /** This, and what another object adds. */
  public PatientDetail or(PatientDetail other) {
    return new PatientDetail(
        sex == null ? other.sex : sex,
        weightKg == null ? other.weightKg : weightKg,
        heightM == null ? other.heightM : heightM,
        ageYears == null ? other.ageYears : ageYears,
        new Person(
            person.name == null ? other.person.name : person.name,
            person.birthDate == null ? other.person.birthDate : person.birthDate),
        staff.or(other.staff));
  }

  /** The same as far as the tables may hold it. */
  public PatientDetail asAllowed(PersonalData allowed) {
    return allowed == PersonalData.KEEP
        ? this
        : new PatientDetail(sex, weightKg, heightM, ageYears, Person.UNKNOWN, Staff.UNKNOWN);
  }

  /** Body mass index, kg/m²; null when weight or height is not known. */
  public @Nullable Double bodyMassIndex() {
    return weightKg == null || heightM == null ? null : weightKg / (heightM * heightM);
  }

  /** Whole years of age on a day; the age as recorded when birth date or day is not known. */
  public @Nullable Double ageYearsOn(@Nullable LocalDate day) {
    LocalDate born = person.birthDate;
    if (born == null || day == null || day.isBefore(born)) {
      return ageYears;
    }
    return (double) Period.between(born, day).getYears();
  }
}
