package org.rtpipeline.dicom;

import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.Beam;
import org.rtpipeline.model.Plan;
import org.rtpipeline.model.TreatmentRecord;
import org.rtpipeline.model.TreatmentRecord.DeliveredBeam;

/** Writes RT beams treatment records (PS3.3 A.29): what one session delivered of a plan. */
public final class RtRecordWriter {

  private static final double DOSE_RATE_MU_PER_MINUTE = 600;

  private RtRecordWriter() {}

  /**
   * Writes one record as a DICOM file.
   *
   * @param record what was delivered; each of its beams is one of the plan
   * @param plan the plan that was treated
   * @param setups how each beam of the plan is aimed, in the order of its beams
   * @param out where the file goes
   */
  public static void write(
      StudyContext study,
      SeriesContext series,
      TreatmentRecord record,
      Plan plan,
      List<BeamSetup> setups,
      OutputStream out)
      throws IOException {
    LocalDate date = record.date() == null ? series.made().toLocalDate() : record.date();
    LocalTime time = record.time() == null ? series.made().toLocalTime() : record.time();
    Integer fraction = record.fractionNumber();
    List<DicomObject> beams = new ArrayList<>();
    for (DeliveredBeam delivered : record.beams()) {
      int at = indexOf(plan, delivered.beamNumber());
      DicomObject.Builder item = beam(delivered, plan.beams().get(at));
      number(item, Tags.CURRENT_FRACTION_NUMBER, fraction);
      item.items(
          Tags.CONTROL_POINT_DELIVERY_SEQUENCE,
          controlPoint(0, date, time, 0.0, setups.get(at)),
          controlPoint(1, date, time, delivered.deliveredMetersetMu(), setups.get(at)));
      beams.add(item.build());
    }
    DicomObject.Builder object =
        ObjectHead.begin(
                study, series, StorageClass.RT_BEAMS_TREATMENT_RECORD, record.sopInstanceUid())
            .text(Tags.MODALITY, "RTRECORD")
            .integers(Tags.INSTANCE_NUMBER, fraction == null ? 1 : fraction)
            .text(Tags.TREATMENT_DATE, ObjectHead.date(date))
            .text(Tags.TREATMENT_TIME, ObjectHead.time(time))
            .items(
                Tags.REFERENCED_RT_PLAN_SEQUENCE,
                ObjectHead.reference(StorageClass.RT_PLAN, plan.sopInstanceUid()).build())
            .integers(Tags.REFERENCED_FRACTION_GROUP_NUMBER, 1)
            .text(Tags.PRIMARY_DOSIMETER_UNIT, "MU")
            .items(Tags.TREATMENT_MACHINE_SEQUENCE, machine(record, series))
            .items(Tags.TREATMENT_SESSION_BEAM_SEQUENCE, beams);
    number(object, Tags.NUMBER_OF_FRACTIONS_PLANNED, plan.fractionsPlanned());
    DicomWriter.write(object.build(), out);
  }

  private static int indexOf(Plan plan, int beamNumber) {
    for (int i = 0; i < plan.beams().size(); i++) {
      if (plan.beams().get(i).number() == beamNumber) {
        return i;
      }
    }
    throw new IllegalArgumentException("plan has no beam " + beamNumber);
  }

  private static DicomObject machine(TreatmentRecord record, SeriesContext series) {
    String machine = record.machine();
    return DicomObject.builder()
        .text(Tags.MANUFACTURER, ObjectHead.longText(series.equipment().manufacturer()))
        .empty(Tags.INSTITUTION_NAME)
        .text(Tags.MANUFACTURER_MODEL_NAME, ObjectHead.longText(series.equipment().model()))
        .empty(Tags.DEVICE_SERIAL_NUMBER)
        .text(Tags.TREATMENT_MACHINE_NAME, machine == null ? "" : ObjectHead.shortText(machine))
        .build();
  }

  private static DicomObject.Builder beam(DeliveredBeam delivered, Beam planned) {
    DicomObject.Builder item =
        DicomObject.builder()
            .text(
                Tags.TREATMENT_TERMINATION_STATUS, orElse(delivered.terminationStatus(), "UNKNOWN"))
            .empty(Tags.TREATMENT_VERIFICATION_STATUS)
            .items(
                Tags.BEAM_LIMITING_DEVICE_LEAF_PAIRS_SEQUENCE,
                RtPlanWriter.jaws("ASYMX"),
                RtPlanWriter.jaws("ASYMY"))
            .text(Tags.BEAM_NAME, ObjectHead.longText(planned.name()))
            .text(Tags.BEAM_TYPE, "STATIC")
            .text(Tags.RADIATION_TYPE, orElse(planned.radiationType(), "PHOTON"))
            .text(Tags.TREATMENT_DELIVERY_TYPE, orElse(delivered.deliveryType(), "TREATMENT"))
            .integers(Tags.NUMBER_OF_WEDGES, 0)
            .integers(Tags.NUMBER_OF_COMPENSATORS, 0)
            .integers(Tags.NUMBER_OF_BOLI, 0)
            .integers(Tags.NUMBER_OF_BLOCKS, 0)
            .integers(Tags.NUMBER_OF_CONTROL_POINTS, 2)
            .integers(Tags.REFERENCED_BEAM_NUMBER, delivered.beamNumber());
    if (delivered.specifiedMetersetMu() != null) {
      item.numbers(Tags.SPECIFIED_PRIMARY_METERSET, delivered.specifiedMetersetMu());
    }
    if (delivered.deliveredMetersetMu() != null) {
      item.numbers(Tags.DELIVERED_PRIMARY_METERSET, delivered.deliveredMetersetMu());
    }
    return item;
  }

  private static DicomObject controlPoint(
      int index, LocalDate date, LocalTime time, @Nullable Double metersetMu, BeamSetup setup) {
    DicomObject.Builder point =
        DicomObject.builder()
            .text(Tags.TREATMENT_CONTROL_POINT_DATE, ObjectHead.date(date))
            .text(Tags.TREATMENT_CONTROL_POINT_TIME, ObjectHead.time(time))
            .numbers(Tags.DELIVERED_METERSET, metersetMu == null ? 0 : metersetMu)
            .numbers(Tags.DOSE_RATE_SET, DOSE_RATE_MU_PER_MINUTE)
            .numbers(Tags.DOSE_RATE_DELIVERED, DOSE_RATE_MU_PER_MINUTE)
            .empty(Tags.SPECIFIED_METERSET)
            .integers(Tags.REFERENCED_CONTROL_POINT_INDEX, index);
    if (index == 0) {
      RtPlanWriter.aim(point, setup)
          .empty(Tags.TABLE_TOP_VERTICAL_POSITION)
          .empty(Tags.TABLE_TOP_LONGITUDINAL_POSITION)
          .empty(Tags.TABLE_TOP_LATERAL_POSITION);
    }
    return point.build();
  }

  private static void number(DicomObject.Builder item, int tag, @Nullable Integer value) {
    if (value == null) {
      item.empty(tag);
    } else {
      item.integers(tag, value);
    }
  }

  private static String orElse(@Nullable String text, String otherwise) {
    return text == null ? otherwise : text;
  }
}
