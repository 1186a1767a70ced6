package org.rtpipeline.dicom;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.Contour;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.Roi;
import org.rtpipeline.model.StructureSet;

/**
 * Reads the regions of an RTSTRUCT (PS3.3 A.19). A contour that cannot be used is left out with a
 * finding for its region; the other regions are not touched by it.
 */
public final class RtStructReader {
  private static final String AUTOMATIC = "AUTOMATIC";

  private RtStructReader() {}

  /**
   * The structure set of a file.
   *
   * @param in at the first byte; the caller closes it
   * @throws DicomException when the file as a whole cannot be used
   */
  public static StructureSet read(String path, InputStream in) throws DicomException {
    DicomFile file = DicomFile.read(path, in, DicomFile.UNKNOWN_SIZE, ReadScope.WHOLE);
    String uid = ObjectIdentity.require(path, file, SopClass.Kind.STRUCTURE_SET);
    return structureSet(uid, file.object(), file.findings());
  }

  private static StructureSet structureSet(
      String uid, DicomObject object, List<Finding> fileFindings) {
    List<Finding> findings = new ArrayList<>(fileFindings);
    Set<Integer> shared = sharedNumbers(object);
    Map<Integer, List<DicomObject>> contours = new HashMap<>();
    for (DicomObject item : object.items(Tags.ROI_CONTOUR_SEQUENCE)) {
      OptionalInt number = item.integer(Tags.REFERENCED_ROI_NUMBER);
      if (number.isPresent()
          && !(shared.contains(number.getAsInt()) && contours.containsKey(number.getAsInt()))) {
        contours
            .computeIfAbsent(number.getAsInt(), key -> new ArrayList<>())
            .addAll(item.items(Tags.CONTOUR_SEQUENCE));
      }
    }
    Map<Integer, String> types = new HashMap<>();
    for (DicomObject item : object.items(Tags.RT_ROI_OBSERVATIONS_SEQUENCE)) {
      OptionalInt number = item.integer(Tags.REFERENCED_ROI_NUMBER);
      Optional<String> type = item.text(Tags.RT_ROI_INTERPRETED_TYPE);
      if (number.isPresent() && type.isPresent()) {
        types.putIfAbsent(number.getAsInt(), type.get());
      }
    }
    Map<Integer, Roi> rois = new TreeMap<>();
    Set<String> names = new HashSet<>();
    for (DicomObject item : object.items(Tags.STRUCTURE_SET_ROI_SEQUENCE)) {
      OptionalInt number = item.integer(Tags.ROI_NUMBER);
      if (number.isEmpty()) {
        findings.add(warning(Finding.Code.INVALID_NUMBER, uid, "a region has no ROI number"));
        continue;
      }
      Roi roi =
          roi(
              number.getAsInt(),
              item,
              types.get(number.getAsInt()),
              contours.getOrDefault(number.getAsInt(), List.of()),
              findings);
      String subject = Integer.toString(roi.number());
      if (rois.putIfAbsent(roi.number(), roi) != null) {
        findings.add(
            warning(
                Finding.Code.DUPLICATE_ROI_NUMBER,
                subject,
                "two regions have this number, the first is kept, with the first list of contours"
                    + " (3006,0039) of this number"));
      } else if (!roi.name().isEmpty() && !names.add(roi.name())) {
        findings.add(
            warning(Finding.Code.DUPLICATE_ROI_NAME, subject, "an earlier region has this name"));
      }
    }
    if (rois.isEmpty()) {
      findings.add(warning(Finding.Code.NO_ROI, uid, "the structure set has no region"));
    }
    return new StructureSet(
        uid,
        object.text(Tags.STRUCTURE_SET_LABEL).orElse(""),
        object.text(Tags.APPROVAL_STATUS).orElse(null),
        frameOfReference(object, rois.values()),
        List.copyOf(rois.values()),
        findings);
  }

  /** Numbers of several regions: one list of contours each, in the order of the regions. */
  private static Set<Integer> sharedNumbers(DicomObject object) {
    Set<Integer> once = new HashSet<>();
    Set<Integer> shared = new HashSet<>();
    for (DicomObject item : object.items(Tags.STRUCTURE_SET_ROI_SEQUENCE)) {
      OptionalInt number = item.integer(Tags.ROI_NUMBER);
      if (number.isPresent() && !once.add(number.getAsInt())) {
        shared.add(number.getAsInt());
      }
    }
    return shared;
  }

  private static Roi roi(
      int number,
      DicomObject item,
      @Nullable String interpretedType,
      List<DicomObject> contourItems,
      List<Finding> findings) {
    String subject = Integer.toString(number);
    String name = item.text(Tags.ROI_NAME).orElse("");
    if (name.isEmpty()) {
      findings.add(warning(Finding.Code.EMPTY_ROI_NAME, subject, "ROI name (3006,0026) is empty"));
    }
    List<Contour> contours = new ArrayList<>(contourItems.size());
    Map<Finding.Code, Integer> faults = new EnumMap<>(Finding.Code.class);
    for (DicomObject contourItem : contourItems) {
      contour(contourItem, faults).ifPresent(contours::add);
    }
    faults.forEach(
        (code, count) ->
            findings.add(
                warning(
                    code,
                    subject,
                    count + " of " + contourItems.size() + " contours, " + consequence(code))));
    if (contours.isEmpty()) {
      findings.add(warning(Finding.Code.EMPTY_ROI, subject, "the region has no usable contour"));
    }
    Optional<String> algorithm = item.text(Tags.ROI_GENERATION_ALGORITHM);
    Roi roi =
        new Roi(
            number,
            name,
            interpretedType,
            algorithm.orElse(null),
            item.text(Tags.REFERENCED_FRAME_OF_REFERENCE_UID).orElse(null),
            contours);
    // Of regions that people drew, the description may say who.
    return algorithm
        .filter(AUTOMATIC::equals)
        .flatMap(automatic -> item.text(Tags.ROI_GENERATION_DESCRIPTION))
        .map(roi::drawnBy)
        .orElse(roi);
  }

  private static String consequence(Finding.Code code) {
    return code == Finding.Code.CONTOUR_POINT_COUNT
        ? "the points that are there count"
        : "left out";
  }

  private static Optional<Contour> contour(DicomObject item, Map<Finding.Code, Integer> faults) {
    Optional<Contour.Type> type = type(item.text(Tags.CONTOUR_GEOMETRIC_TYPE).orElse(""));
    if (type.isEmpty()) {
      faults.merge(Finding.Code.UNSUPPORTED_CONTOUR_TYPE, 1, Integer::sum);
      return Optional.empty();
    }
    double[] pointsMm = item.numbers(Tags.CONTOUR_DATA);
    if (pointsMm.length == 0 || pointsMm.length % 3 != 0) {
      faults.merge(Finding.Code.CONTOUR_NOT_TRIPLETS, 1, Integer::sum);
      return Optional.empty();
    }
    for (double coordinateMm : pointsMm) {
      if (!Double.isFinite(coordinateMm)) {
        faults.merge(Finding.Code.INVALID_NUMBER, 1, Integer::sum);
        return Optional.empty();
      }
    }
    OptionalInt declared = item.integer(Tags.NUMBER_OF_CONTOUR_POINTS);
    if (declared.isPresent() && declared.getAsInt() != pointsMm.length / 3) {
      faults.merge(Finding.Code.CONTOUR_POINT_COUNT, 1, Integer::sum);
    }
    String image =
        item.item(Tags.CONTOUR_IMAGE_SEQUENCE)
            .flatMap(reference -> reference.text(Tags.REFERENCED_SOP_INSTANCE_UID))
            .orElse(null);
    return Optional.of(new Contour(type.get(), pointsMm, image));
  }

  private static Optional<Contour.Type> type(String text) {
    String name = text.toUpperCase(Locale.ROOT);
    for (Contour.Type type : Contour.Type.values()) {
      if (type.name().equals(name)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  private static @Nullable String frameOfReference(DicomObject object, Iterable<Roi> rois) {
    Optional<String> own = object.text(Tags.FRAME_OF_REFERENCE_UID);
    Optional<String> referenced =
        object
            .item(Tags.REFERENCED_FRAME_OF_REFERENCE_SEQUENCE)
            .flatMap(frame -> frame.text(Tags.FRAME_OF_REFERENCE_UID));
    if (own.isPresent() || referenced.isPresent()) {
      return own.or(() -> referenced).orElse(null);
    }
    Set<String> named = new HashSet<>();
    for (Roi roi : rois) {
      if (roi.frameOfReferenceUid() != null) {
        named.add(roi.frameOfReferenceUid());
      }
    }
    return named.stream()
        .min(Comparator.naturalOrder())
        .filter(uid -> named.size() == 1)
        .orElse(null);
  }

  private static Finding warning(Finding.Code code, String subject, String message) {
    return new Finding(Finding.Level.WARN, code, subject, message);
  }
}
