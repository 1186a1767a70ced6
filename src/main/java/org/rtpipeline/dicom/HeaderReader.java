package org.rtpipeline.dicom;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.Beam;
import org.rtpipeline.model.FileRef;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.InstanceHeader;
import org.rtpipeline.model.ObjectFacts;
import org.rtpipeline.model.PersonalData;
import org.rtpipeline.model.Plan;
import org.rtpipeline.model.Reference;
import org.rtpipeline.model.ScannedFile;

/**
 * Makes the catalogue entry of one file: used with its header, ignored, or rejected, always with
 * the reason. Pixel data and contour points are never read.
 */
public final class HeaderReader {
  private static final int LONGEST_UID = 64;

  private HeaderReader() {}

  /**
   * The catalogue entry of a file, without personal data; bad content never throws.
   *
   * @param in at the first byte; the caller closes it
   */
  public static ScannedFile read(FileRef file, InputStream in) {
    return read(file, in, PersonalData.DROP);
  }

  /**
   * The catalogue entry of a file; bad content never throws.
   *
   * @param in at the first byte; the caller closes it
   * @param personal what it may hold of the patient beside the id
   */
  public static ScannedFile read(FileRef file, InputStream in, PersonalData personal) {
    String name = DicomFile.name(file.uri());
    DicomFile content;
    try {
      content = DicomFile.read(name, in, file.sizeBytes(), ReadScope.HEADER);
    } catch (DicomException fault) {
      return fault.code() == Finding.Code.NOT_DICOM
          ? unused(file, ScannedFile.Use.IGNORED, fault.finding(Finding.Level.IGNORE_FILE, name))
          : unused(file, ScannedFile.Use.REJECTED, fault.finding(Finding.Level.REJECT_FILE, name));
    }
    return entry(file, name, content, personal);
  }

  private static ScannedFile entry(
      FileRef file, String name, DicomFile content, PersonalData personal) {
    DicomObject object = content.object();
    List<Finding> findings = new ArrayList<>(content.findings());
    String modality = object.text(Tags.MODALITY).orElse("");
    Optional<SopClass> sopClass =
        content.sopClassUid().isPresent()
            ? content.sopClassUid().flatMap(SopClass::withUid)
            : SopClass.ofModality(modality);
    if (sopClass.isEmpty()) {
      return unused(
          file,
          ScannedFile.Use.IGNORED,
          new Finding(
              Finding.Level.IGNORE_FILE,
              Finding.Code.NOT_RADIOTHERAPY,
              name,
              "SOP class "
                  + content
                      .sopClassUid()
                      .filter(HeaderReader::isUid)
                      .orElse("missing or illegal")));
    }
    String instanceUid = content.sopInstanceUid().orElse("");
    if (instanceUid.isEmpty()) {
      return rejected(file, name, Finding.Code.MISSING_UID, "no SOP instance UID (0008,0018)");
    }
    String seriesUid = object.text(Tags.SERIES_INSTANCE_UID).orElse("");
    String studyUid = object.text(Tags.STUDY_INSTANCE_UID).orElse("");
    if (!isName(instanceUid) || !isName(seriesUid) || !isName(studyUid)) {
      return rejected(
          file,
          name,
          Finding.Code.INVALID_UID,
          "SOP instance, series or study UID is longer than 64 or holds more than a name may");
    }
    if (!isUid(instanceUid) || !isUid(seriesUid) || !isUid(studyUid)) {
      findings.add(
          warning(
              Finding.Code.INVALID_UID,
              instanceUid,
              "SOP instance, series or study UID holds more than digits and full stops"));
    }
    if (content.sopClassUid().isEmpty()) {
      findings.add(
          warning(Finding.Code.MISSING_UID, instanceUid, "no SOP class UID, taken from modality"));
    }
    if (seriesUid.isEmpty() || studyUid.isEmpty()) {
      findings.add(
          warning(Finding.Code.MISSING_UID, instanceUid, "no series or no study instance UID"));
    }
    String patientId = object.text(Tags.PATIENT_ID).orElse("");
    if (patientId.isEmpty()) {
      findings.add(
          warning(Finding.Code.MISSING_PATIENT_ID, instanceUid, "Patient ID (0010,0020) is empty"));
    }
    SopClass used = sopClass.get();
    if (!modality.isEmpty() && !modality.equals(used.modality())) {
      findings.add(
          warning(
              Finding.Code.MODALITY_MISMATCH,
              instanceUid,
              "modality is not that of SOP class " + used + ", expected " + used.modality()));
    }
    List<Reference> references = References.of(used.kind(), object);
    return new ScannedFile(
        file,
        ScannedFile.Use.USED,
        new InstanceHeader(
            file,
            used.uid(),
            instanceUid,
            patientId,
            studyUid,
            seriesUid,
            frameOfReference(object, references),
            used.modality(),
            references,
            facts(used.kind(), object, file, findings, personal),
            findings),
        List.copyOf(findings));
  }

  /** (0020,0052), or the one frame of reference that all references of the object name. */
  private static @Nullable String frameOfReference(DicomObject object, List<Reference> references) {
    Optional<String> own = object.text(Tags.FRAME_OF_REFERENCE_UID);
    if (own.isPresent()) {
      return own.get();
    }
    Set<String> named =
        references.stream()
            .filter(reference -> reference.role() == Reference.Role.FRAME_OF_REFERENCE)
            .map(Reference::uid)
            .collect(Collectors.toSet());
    return named.size() == 1 ? named.iterator().next() : null;
  }

  private static ObjectFacts facts(
      SopClass.Kind kind,
      DicomObject object,
      FileRef file,
      List<Finding> findings,
      PersonalData personal) {
    return switch (kind) {
      case IMAGE -> image(object);
      case STRUCTURE_SET -> structures(object, file);
      case DOSE -> dose(object);
      case PLAN -> plan(object, findings, personal);
      case RECORD ->
          new ObjectFacts.Delivery(
              object.date(Tags.TREATMENT_DATE).orElse(null),
              RtRecordReader.fractionNumber(object),
              RtRecordReader.deliveryTypes(object),
              RtRecordReader.wholeBeams(object));
      case REGISTRATION -> new ObjectFacts.Link();
      case SEGMENTATION -> segments(object);
    };
  }

  private static ObjectFacts image(DicomObject object) {
    return new ObjectFacts.Image(
        object.text(Tags.SERIES_DESCRIPTION).orElse(null),
        object.texts(Tags.IMAGE_TYPE),
        Optionals.integer(object, Tags.INSTANCE_NUMBER),
        object.integer(Tags.ROWS).orElse(0),
        object.integer(Tags.COLUMNS).orElse(0),
        object.integer(Tags.NUMBER_OF_FRAMES).orElse(1),
        finite(object.numbers(Tags.IMAGE_POSITION_PATIENT), 3),
        finite(object.numbers(Tags.IMAGE_ORIENTATION_PATIENT), 6),
        object.text(Tags.MANUFACTURER).orElse(null),
        object.text(Tags.MANUFACTURER_MODEL_NAME).orElse(null),
        Optionals.integer(object, Tags.SERIES_NUMBER),
        Optionals.number(object, Tags.SLICE_THICKNESS));
  }

  private static ObjectFacts structures(DicomObject object, FileRef file) {
    List<String> names = new ArrayList<>();
    for (DicomObject roi : object.items(Tags.STRUCTURE_SET_ROI_SEQUENCE)) {
      names.add(roi.text(Tags.ROI_NAME).orElse(""));
    }
    return new ObjectFacts.Structures(
        object.text(Tags.STRUCTURE_SET_LABEL).orElse(""),
        object.text(Tags.APPROVAL_STATUS).orElse(null),
        object.date(Tags.STRUCTURE_SET_DATE).orElse(null),
        List.copyOf(names),
        file.sizeBytes());
  }

  private static ObjectFacts segments(DicomObject object) {
    List<String> labels = new ArrayList<>();
    for (DicomObject segment : object.items(Tags.SEGMENT_SEQUENCE)) {
      labels.add(segment.text(Tags.SEGMENT_LABEL).orElse(""));
    }
    long pixels =
        (long) object.integer(Tags.ROWS).orElse(0)
            * object.integer(Tags.COLUMNS).orElse(0)
            * Math.max(1, object.integer(Tags.NUMBER_OF_FRAMES).orElse(1));
    return new ObjectFacts.Segments(
        object.text(Tags.CONTENT_LABEL).orElse(""),
        object.text(Tags.SEGMENTATION_TYPE).orElse(null),
        List.copyOf(labels),
        pixels);
  }

  private static ObjectFacts dose(DicomObject object) {
    Set<Integer> beams = new TreeSet<>();
    for (DicomObject plan : object.items(Tags.REFERENCED_RT_PLAN_SEQUENCE)) {
      for (DicomObject group : plan.items(Tags.REFERENCED_FRACTION_GROUP_SEQUENCE)) {
        for (DicomObject beam : group.items(Tags.REFERENCED_BEAM_SEQUENCE)) {
          beam.integer(Tags.REFERENCED_BEAM_NUMBER).ifPresent(beams::add);
        }
      }
    }
    long points =
        (long) object.integer(Tags.ROWS).orElse(0)
            * object.integer(Tags.COLUMNS).orElse(0)
            * Math.max(1, object.integer(Tags.NUMBER_OF_FRAMES).orElse(1));
    return new ObjectFacts.Dose(
        object.text(Tags.DOSE_UNITS).orElse(null),
        object.text(Tags.DOSE_TYPE).orElse(null),
        object.text(Tags.DOSE_SUMMATION_TYPE).orElse(null),
        List.copyOf(beams),
        points,
        DoseBox.of(object));
  }

  private static ObjectFacts plan(
      DicomObject object, List<Finding> findings, PersonalData personal) {
    Plan plan = RtPlanReader.plan(object);
    findings.addAll(plan.findings());
    return new ObjectFacts.PlanFacts(
        plan.label(),
        plan.date(),
        plan.intent(),
        plan.approvalStatus(),
        plan.fractionsPlanned(),
        plan.prescriptionGy().isPresent() ? plan.prescriptionGy().getAsDouble() : null,
        plan.beams().stream().filter(Beam::isTreatment).map(Beam::number).toList(),
        object.time(Tags.RT_PLAN_TIME).orElse(null),
        Stream.of(Tags.RT_PLAN_LABEL, Tags.RT_PLAN_NAME, Tags.RT_PLAN_DESCRIPTION)
            .flatMap(tag -> object.text(tag).stream())
            .distinct()
            .collect(Collectors.joining(" ")),
        plan.prescriptions(),
        relations(object),
        person(object, personal));
  }

  private static ObjectFacts.Person person(DicomObject object, PersonalData personal) {
    String sex = object.text(Tags.PATIENT_SEX).orElse(null);
    return personal == PersonalData.DROP
        ? new ObjectFacts.Person(sex, null, List.of())
        : new ObjectFacts.Person(
            sex,
            object.date(Tags.PATIENT_BIRTH_DATE).orElse(null),
            object.texts(Tags.OTHER_PATIENT_IDS));
  }

  private static List<ObjectFacts.PlanRelation> relations(DicomObject object) {
    List<ObjectFacts.PlanRelation> relations = new ArrayList<>();
    for (DicomObject other : object.items(Tags.REFERENCED_RT_PLAN_SEQUENCE)) {
      Optional<String> relationship = other.text(Tags.RT_PLAN_RELATIONSHIP);
      Optional<String> uid = other.text(Tags.REFERENCED_SOP_INSTANCE_UID);
      if (relationship.isPresent() && uid.isPresent()) {
        relations.add(new ObjectFacts.PlanRelation(relationship.get(), uid.get()));
      }
    }
    return relations;
  }

  private static List<Double> finite(double[] numbers, int count) {
    return numbers.length == count && DoubleStream.of(numbers).allMatch(Double::isFinite)
        ? DoubleStream.of(numbers).boxed().toList()
        : List.of();
  }

  private static boolean isUid(String uid) {
    return uid.length() <= LONGEST_UID
        && uid.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
  }

  /** Some anonymisers put hashes in place of UIDs: no UIDs, but names that can do no harm. */
  private static boolean isName(String uid) {
    return uid.length() <= LONGEST_UID
        && uid.chars()
            .allMatch(
                c ->
                    c == '.'
                        || c == '-'
                        || (c >= '0' && c <= '9')
                        || (c >= 'a' && c <= 'z')
                        || (c >= 'A' && c <= 'Z'));
  }

  private static Finding warning(Finding.Code code, String subject, String message) {
    return new Finding(Finding.Level.WARN, code, subject, message);
  }

  private static ScannedFile rejected(
      FileRef file, String name, Finding.Code code, String message) {
    return unused(
        file,
        ScannedFile.Use.REJECTED,
        new Finding(Finding.Level.REJECT_FILE, code, name, message));
  }

  private static ScannedFile unused(FileRef file, ScannedFile.Use use, Finding finding) {
    return new ScannedFile(file, use, null, List.of(finding));
  }
}
