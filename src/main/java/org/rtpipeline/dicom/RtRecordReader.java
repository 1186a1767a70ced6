package org.rtpipeline.dicom;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.TreatmentRecord;

/** Reads treatment records of beams, ion beams and brachytherapy (PS3.3 A.29, A.50, A.31). */
public final class RtRecordReader {
  private static final List<Integer> SESSION_SEQUENCES =
      List.of(
          Tags.TREATMENT_SESSION_BEAM_SEQUENCE,
          Tags.TREATMENT_SESSION_ION_BEAM_SEQUENCE,
          Tags.TREATMENT_SESSION_APPLICATION_SETUP_SEQUENCE);

  private RtRecordReader() {}

  /**
   * The treatment record of a file.
   *
   * @param in at the first byte; the caller closes it
   * @throws DicomException when the file cannot be used
   */
  public static TreatmentRecord read(String path, InputStream in) throws DicomException {
    DicomFile file = DicomFile.read(path, in, DicomFile.UNKNOWN_SIZE, ReadScope.WHOLE);
    String uid = ObjectIdentity.require(path, file, SopClass.Kind.RECORD);
    DicomObject object = file.object();
    List<Finding> findings = new ArrayList<>(file.findings());
    if (object.text(Tags.TREATMENT_DATE).isPresent()
        && object.date(Tags.TREATMENT_DATE).isEmpty()) {
      findings.add(
          warning(Finding.Code.INVALID_DATE, uid, "treatment date (3008,0250) is not a date"));
    }
    List<TreatmentRecord.DeliveredBeam> beams = new ArrayList<>();
    for (int sequence :
        List.of(Tags.TREATMENT_SESSION_BEAM_SEQUENCE, Tags.TREATMENT_SESSION_ION_BEAM_SEQUENCE)) {
      for (DicomObject item : object.items(sequence)) {
        OptionalInt number = beamNumber(item);
        if (number.isEmpty()) {
          findings.add(
              warning(
                  Finding.Code.INVALID_NUMBER,
                  uid,
                  "a delivered beam names no beam number and is left out"));
        } else {
          beams.add(
              new TreatmentRecord.DeliveredBeam(
                  number.getAsInt(),
                  numberOrNull(item, Tags.SPECIFIED_PRIMARY_METERSET),
                  numberOrNull(item, Tags.DELIVERED_PRIMARY_METERSET),
                  item.text(Tags.TREATMENT_TERMINATION_STATUS).orElse(null),
                  item.text(Tags.TREATMENT_DELIVERY_TYPE).orElse(null)));
        }
      }
    }
    return new TreatmentRecord(
        uid,
        object
            .item(Tags.REFERENCED_RT_PLAN_SEQUENCE)
            .flatMap(plan -> plan.text(Tags.REFERENCED_SOP_INSTANCE_UID))
            .orElse(null),
        object.date(Tags.TREATMENT_DATE).orElse(null),
        object.time(Tags.TREATMENT_TIME).orElse(null),
        fractionNumber(object),
        object
            .item(Tags.TREATMENT_MACHINE_SEQUENCE)
            .flatMap(machine -> machine.text(Tags.TREATMENT_MACHINE_NAME))
            .orElse(null),
        beams,
        findings);
  }

  /** Current fraction number (3008,0022) of the first delivery that has one; null if none has. */
  static @Nullable Integer fractionNumber(DicomObject object) {
    for (int sequence : SESSION_SEQUENCES) {
      for (DicomObject item : object.items(sequence)) {
        OptionalInt number = item.integer(Tags.CURRENT_FRACTION_NUMBER);
        if (number.isPresent()) {
          return number.getAsInt();
        }
      }
    }
    return null;
  }

  private static OptionalInt beamNumber(DicomObject item) {
    OptionalInt referenced = item.integer(Tags.REFERENCED_BEAM_NUMBER);
    return referenced.isPresent() ? referenced : item.integer(Tags.BEAM_NUMBER);
  }

  private static @Nullable Double numberOrNull(DicomObject object, int tag) {
    OptionalDouble number = object.number(tag);
    return number.isPresent() ? number.getAsDouble() : null;
  }

  private static Finding warning(Finding.Code code, String subject, String message) {
    return new Finding(Finding.Level.WARN, code, subject, message);
  }
}
