package org.rtpipeline.dicom;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
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
    for (int sequence : SESSION_SEQUENCES) {
      for (DicomObject item : object.items(sequence)) {
        OptionalInt number = deliveryNumber(item);
        if (number.isEmpty()) {
          findings.add(
              warning(
                  Finding.Code.INVALID_NUMBER,
                  uid,
                  "a delivered beam names no beam number and is left out"));
        } else {
          beams.add(delivered(number.getAsInt(), item));
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
        doseGy(object),
        beams,
        findings);
  }

  private static TreatmentRecord.DeliveredBeam delivered(int number, DicomObject item) {
    return new TreatmentRecord.DeliveredBeam(
        number,
        numberOrNull(item, Tags.SPECIFIED_PRIMARY_METERSET),
        numberOrNull(item, Tags.DELIVERED_PRIMARY_METERSET),
        item.text(Tags.TREATMENT_TERMINATION_STATUS).orElse(null),
        item.text(Tags.TREATMENT_DELIVERY_TYPE).orElse(null),
        item.text(Tags.TREATMENT_VERIFICATION_STATUS).orElse(null),
        integerOrNull(item, Tags.CURRENT_FRACTION_NUMBER),
        channelTimeS(item, Tags.SPECIFIED_CHANNEL_TOTAL_TIME),
        channelTimeS(item, Tags.DELIVERED_CHANNEL_TOTAL_TIME),
        overridden(item));
  }

  /** Sum over the recorded channels of an application setup; null when none says. */
  private static @Nullable Double channelTimeS(DicomObject item, int tag) {
    List<Double> timesS = new ArrayList<>();
    for (DicomObject channel : item.items(Tags.RECORDED_CHANNEL_SEQUENCE)) {
      channel.number(tag).ifPresent(timesS::add);
    }
    return timesS.isEmpty() ? null : timesS.stream().mapToDouble(Double::doubleValue).sum();
  }

  /** Attributes that overrides of a delivery or of its control points name, each once. */
  private static List<String> overridden(DicomObject item) {
    Set<String> pointers = new TreeSet<>();
    List<DicomObject> holders = new ArrayList<>(List.of(item));
    holders.addAll(item.items(Tags.CONTROL_POINT_DELIVERY_SEQUENCE));
    holders.addAll(item.items(Tags.ION_CONTROL_POINT_DELIVERY_SEQUENCE));
    for (DicomObject channel : item.items(Tags.RECORDED_CHANNEL_SEQUENCE)) {
      holders.addAll(channel.items(Tags.BRACHY_CONTROL_POINT_DELIVERED_SEQUENCE));
    }
    for (DicomObject holder : holders) {
      for (DicomObject override : holder.items(Tags.OVERRIDE_SEQUENCE)) {
        pointers.add(pointer(override.bytes(Tags.OVERRIDE_PARAMETER_POINTER)));
      }
    }
    return List.copyOf(pointers);
  }

  /** An attribute tag value: group, then element, each little endian (PS3.5 6.2, AT). */
  private static String pointer(byte[] bytes) {
    return bytes.length < 4
        ? "unknown"
        : String.format(Locale.ROOT, "(%02X%02X,%02X%02X)", bytes[1], bytes[0], bytes[3], bytes[2]);
  }

  /** Highest calculated dose of the session, Gy; null when there is none. */
  private static @Nullable Double doseGy(DicomObject object) {
    Double highest = null;
    for (DicomObject reference : object.items(Tags.CALCULATED_DOSE_REFERENCE_SEQUENCE)) {
      OptionalDouble dose = reference.number(Tags.CALCULATED_DOSE_REFERENCE_DOSE_VALUE);
      if (dose.isPresent() && (highest == null || dose.getAsDouble() > highest)) {
        highest = dose.getAsDouble();
      }
    }
    return highest;
  }

  /** Treatment delivery types (300A,00CE) of all deliveries, each once, in ascending order. */
  static List<String> deliveryTypes(DicomObject object) {
    Set<String> types = new TreeSet<>();
    for (int sequence : SESSION_SEQUENCES) {
      for (DicomObject item : object.items(sequence)) {
        item.text(Tags.TREATMENT_DELIVERY_TYPE).ifPresent(types::add);
      }
    }
    return List.copyOf(types);
  }

  /** Numbers of the treatment beams that were delivered whole, in the order of the object. */
  static List<Integer> wholeBeams(DicomObject object) {
    List<Integer> numbers = new ArrayList<>();
    for (int sequence : SESSION_SEQUENCES) {
      for (DicomObject item : object.items(sequence)) {
        OptionalInt number = deliveryNumber(item);
        if (number.isPresent()) {
          TreatmentRecord.DeliveredBeam beam = delivered(number.getAsInt(), item);
          if (beam.isTreatment() && beam.isWhole()) {
            numbers.add(beam.beamNumber());
          }
        }
      }
    }
    return List.copyOf(numbers);
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

  /** Beam number of a session beam, or number of a brachytherapy application setup. */
  private static OptionalInt deliveryNumber(DicomObject item) {
    return IntStream.of(
            Tags.REFERENCED_BEAM_NUMBER,
            Tags.BEAM_NUMBER,
            Tags.REFERENCED_BRACHY_APPLICATION_SETUP_NUMBER,
            Tags.APPLICATION_SETUP_NUMBER)
        .mapToObj(item::integer)
        .filter(OptionalInt::isPresent)
        .findFirst()
        .orElse(OptionalInt.empty());
  }

  private static @Nullable Integer integerOrNull(DicomObject object, int tag) {
    OptionalInt number = object.integer(tag);
    return number.isPresent() ? number.getAsInt() : null;
  }

  private static @Nullable Double numberOrNull(DicomObject object, int tag) {
    OptionalDouble number = object.number(tag);
    return number.isPresent() ? number.getAsDouble() : null;
  }

  private static Finding warning(Finding.Code code, String subject, String message) {
    return new Finding(Finding.Level.WARN, code, subject, message);
  }
}
