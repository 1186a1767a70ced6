package org.rtpipeline.model;

import java.io.Serializable;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.geometry.Point;

/** What only one kind of object has in its header; courses are formed from it. */
public sealed interface ObjectFacts extends Serializable {

  /**
   * CT, MR or PET image.
   *
   * @param seriesDescription (0008,103E); null when absent
   * @param imageType values of (0008,0008)
   * @param instanceNumber (0020,0013); null when absent
   * @param rows (0028,0010), 0 when absent
   * @param columns (0028,0011), 0 when absent
   * @param frames number of frames, 1 when absent
   * @param positionMm image position (0020,0032), three numbers or empty
   * @param orientation image orientation (0020,0037), six numbers or empty
   * @param manufacturer (0008,0070); null when absent
   * @param modelName manufacturer's model name (0008,1090); null when absent
   * @param seriesNumber (0020,0011); null when absent
   * @param sliceThicknessMm (0018,0050); null when absent
   */
  record Image(
      @Nullable String seriesDescription,
      List<String> imageType,
      @Nullable Integer instanceNumber,
      int rows,
      int columns,
      int frames,
      List<Double> positionMm,
      List<Double> orientation,
      @Nullable String manufacturer,
      @Nullable String modelName,
      @Nullable Integer seriesNumber,
      @Nullable Double sliceThicknessMm)
      implements ObjectFacts {

    /**
     * The largest distance of points from the plane of the image, mm; empty when the plane is not
     * given.
     *
     * @param pointsMm x, y, z of every point in turn, patient coordinates
     */
    public OptionalDouble farthestMm(double[] pointsMm) {
      if (positionMm.size() != 3 || orientation.size() != 6) {
        return OptionalDouble.empty();
      }
      Point normal = across();
      double planeMm = normal.dot(point(positionMm, 0));
      double farthestMm = 0;
      for (int at = 0; at < pointsMm.length; at += 3) {
        Point point = new Point(pointsMm[at], pointsMm[at + 1], pointsMm[at + 2]);
        farthestMm = Math.max(farthestMm, Math.abs(normal.dot(point) - planeMm));
      }
      return OptionalDouble.of(farthestMm);
    }

    /** Direction of the rows times that of the columns; only with an orientation. */
    public Point across() {
      return point(orientation, 0).cross(point(orientation, 3));
    }

    private static Point point(List<Double> numbers, int from) {
      return new Point(numbers.get(from), numbers.get(from + 1), numbers.get(from + 2));
    }

    /** An image of a series without a number, that does not say its thickness. */
    public Image(
        @Nullable String seriesDescription,
        List<String> imageType,
        @Nullable Integer instanceNumber,
        int rows,
        int columns,
        int frames,
        List<Double> positionMm,
        List<Double> orientation,
        @Nullable String manufacturer,
        @Nullable String modelName) {
      this(
          seriesDescription,
          imageType,
          instanceNumber,
          rows,
          columns,
          frames,
          positionMm,
          orientation,
          manufacturer,
          modelName,
          null,
          null);
    }

    /** An image of unknown make. */
    public Image(
        @Nullable String seriesDescription,
        List<String> imageType,
        @Nullable Integer instanceNumber,
        int rows,
        int columns,
        int frames,
        List<Double> positionMm,
        List<Double> orientation) {
      this(
          seriesDescription,
          imageType,
          instanceNumber,
          rows,
          columns,
          frames,
          positionMm,
          orientation,
          null,
          null);
    }
  }

  /**
   * RTSTRUCT.
   *
   * @param label structure set label, empty when absent
   * @param approvalStatus null when absent
   * @param date structure set date; null when absent
   * @param roiNames in the order of the object
   * @param contourBytes size of the file, a measure of the work in it
   */
  record Structures(
      String label,
      @Nullable String approvalStatus,
      @Nullable LocalDate date,
      List<String> roiNames,
      long contourBytes)
      implements ObjectFacts {}

  /**
   * RTDOSE.
   *
   * @param units dose units (3004,0002); null when absent
   * @param type dose type (3004,0004); null when absent
   * @param summationType dose summation type (3004,000A); null when absent
   * @param referencedBeamNumbers beams that a BEAM dose names
   * @param points rows x columns x frames
   * @param boxMm lowest x, y, z and highest x, y, z of the dose points in the patient, mm; empty
   *     when the grid is not given
   */
  record Dose(
      @Nullable String units,
      @Nullable String type,
      @Nullable String summationType,
      List<Integer> referencedBeamNumbers,
      long points,
      List<Double> boxMm)
      implements ObjectFacts {

    /** A dose whose place in the patient is not known. */
    public Dose(
        @Nullable String units,
        @Nullable String type,
        @Nullable String summationType,
        List<Integer> referencedBeamNumbers,
        long points) {
      this(units, type, summationType, referencedBeamNumbers, points, List.of());
    }
  }

  /**
   * RTPLAN.
   *
   * @param label RT plan label, empty when absent
   * @param date RT plan date; null when absent
   * @param intent null when absent
   * @param approvalStatus null when absent
   * @param fractionsPlanned null when absent
   * @param prescriptionGy highest target prescription; null when absent
   * @param treatmentBeamNumbers beams that deliver treatment dose
   * @param time RT plan time; null when absent
   * @param words label, name and description, for the words in them
   * @param prescriptions every dose reference, in the order of the object
   * @param relations how it stands to other plans (300A,0055)
   * @param person what it says of the patient, as far as the tables may hold it
   */
  record PlanFacts(
      String label,
      @Nullable LocalDate date,
      @Nullable String intent,
      @Nullable String approvalStatus,
      @Nullable Integer fractionsPlanned,
      @Nullable Double prescriptionGy,
      List<Integer> treatmentBeamNumbers,
      @Nullable LocalTime time,
      String words,
      List<Prescription> prescriptions,
      List<PlanRelation> relations,
      Person person)
      implements ObjectFacts {

    /** A plan that says nothing of the patient. */
    public PlanFacts(
        String label,
        @Nullable LocalDate date,
        @Nullable String intent,
        @Nullable String approvalStatus,
        @Nullable Integer fractionsPlanned,
        @Nullable Double prescriptionGy,
        List<Integer> treatmentBeamNumbers,
        @Nullable LocalTime time,
        String words,
        List<Prescription> prescriptions,
        List<PlanRelation> relations) {
      this(
          label,
          date,
          intent,
          approvalStatus,
          fractionsPlanned,
          prescriptionGy,
          treatmentBeamNumbers,
          time,
          words,
          prescriptions,
          relations,
          Person.UNKNOWN);
    }

    /** A plan that says no more of itself than its label, and nothing of other plans. */
    public PlanFacts(
        String label,
        @Nullable LocalDate date,
        @Nullable String intent,
        @Nullable String approvalStatus,
        @Nullable Integer fractionsPlanned,
        @Nullable Double prescriptionGy,
        List<Integer> treatmentBeamNumbers) {
      this(
          label,
          date,
          intent,
          approvalStatus,
          fractionsPlanned,
          prescriptionGy,
          treatmentBeamNumbers,
          null,
          label,
          List.of(),
          List.of());
    }
  }

  /**
   * The patient of a plan.
   *
   * @param sex (0010,0040); null when absent
   * @param birthDate (0010,0030); null when absent, or when the tables may not hold it
   * @param otherIds other patient IDs (0010,1000); none when the tables may not hold them
   */
  record Person(@Nullable String sex, @Nullable LocalDate birthDate, List<String> otherIds)
      implements Serializable {

    /** Somebody. */
    public static final Person UNKNOWN = new Person(null, null, List.of());

    /** Copies the list. */
    public Person {
      otherIds = List.copyOf(otherIds);
    }
  }

  /**
   * How a plan stands to another one.
   *
   * @param relationship RT plan relationship (300A,0055): PRIOR, ALTERNATIVE, PREDECESSOR,
   *     VERIFIED_PLAN or CONCURRENT
   * @param planUid the other plan
   */
  record PlanRelation(String relationship, String planUid) implements Serializable {}

  /**
   * RT treatment record.
   *
   * @param date treatment date; null when absent
   * @param fractionNumber current fraction number; null when absent
   * @param deliveryTypes treatment delivery types (300A,00CE) of what was delivered, each once
   * @param wholeBeams numbers of the treatment beams that were delivered whole, in the order of the
   *     object
   */
  record Delivery(
      @Nullable LocalDate date,
      @Nullable Integer fractionNumber,
      List<String> deliveryTypes,
      List<Integer> wholeBeams)
      implements ObjectFacts {

    /** A record that does not say what kind of delivery it was. */
    public Delivery(@Nullable LocalDate date, @Nullable Integer fractionNumber) {
      this(date, fractionNumber, List.of(), List.of());
    }

    /** True unless all that was delivered was for setup or imaging. */
    public boolean isTreatment() {
      return deliveryTypes.isEmpty()
          || deliveryTypes.stream()
              .anyMatch(t -> t.equals("TREATMENT") || t.equals("CONTINUATION"));
    }
  }

  /**
   * DICOM segmentation.
   *
   * @param label content label (0070,0080), empty when absent
   * @param type segmentation type (0062,0001): BINARY, FRACTIONAL or LABELMAP; null when absent
   * @param segmentLabels in the order of the object
   * @param pixels rows x columns x frames, a measure of the work in it
   */
  record Segments(String label, @Nullable String type, List<String> segmentLabels, long pixels)
      implements ObjectFacts {}

  /** Spatial registration: its references say all. */
  record Link() implements ObjectFacts {}
}
