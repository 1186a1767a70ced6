package org.rtpipeline.dicom;

import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.CodedConcept;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.PetImage;
import org.rtpipeline.model.PetSeries;

/**
 * Reads what the headers of a PET series say of tracer, time and scale (PS3.3 C.8.9), and the
 * private attributes of GE and Philips that SUV depends on. Pixels are not looked at.
 */
public final class PetSeriesReader {

  private static final String GE = "GEMS_PETD_01";
  private static final String PHILIPS = "Philips PET Private Group";
  private static final int GE_GROUP = 0x0009;
  private static final int GE_SCAN_TIME = 0x0D;
  private static final int PHILIPS_GROUP = 0x7053;
  private static final int PHILIPS_SUV_FACTOR = 0x00;
  private static final int PHILIPS_ACTIVITY_FACTOR = 0x09;

  private PetSeriesReader() {}

  /**
   * The facts of a series.
   *
   * @param paths files of the series, in any order
   * @throws DicomException when a file cannot be used
   */
  public static PetSeries read(List<String> paths, StreamOpener opener) throws DicomException {
    List<DicomObject> objects = new ArrayList<>();
    for (String path : paths) {
      try (InputStream in = opener.open(path)) {
        DicomFile file = DicomFile.read(path, in, DicomFile.UNKNOWN_SIZE, ReadScope.HEADER);
        ObjectIdentity.require(path, file, SopClass.Kind.IMAGE);
        objects.add(file.object());
      } catch (IOException failure) {
        throw new DicomException(
            Finding.Code.UNREADABLE,
            path,
            DicomException.NO_OFFSET,
            "the file cannot be opened or closed: " + failure.getClass().getSimpleName());
      }
    }
    if (objects.isEmpty()) {
      throw new IllegalArgumentException("a series has at least one file");
    }
    objects.sort(Comparator.comparing(o -> text(o, Tags.SOP_INSTANCE_UID)));
    List<PetImage> images = new ArrayList<>();
    for (DicomObject object : objects) {
      images.add(image(object));
    }
    return series(objects, images);
  }

  private static PetSeries series(List<DicomObject> objects, List<PetImage> images) {
    DicomObject first = objects.get(0);
    return new PetSeries(
        text(first, Tags.SERIES_INSTANCE_UID),
        text(first, Tags.STUDY_INSTANCE_UID),
        first.integer(Tags.SERIES_NUMBER).isPresent()
            ? first.integer(Tags.SERIES_NUMBER).getAsInt()
            : null,
        making(objects),
        quantity(first),
        injections(first),
        body(first),
        images,
        differing(objects));
  }

  private static List<String> differing(List<DicomObject> objects) {
    List<String> names = new ArrayList<>();
    addDiffering(names, "units or decay correction", objects, PetSeriesReader::quantity);
    addDiffering(names, "radiopharmaceutical", objects, PetSeriesReader::injections);
    addDiffering(names, "weight, size or sex", objects, PetSeriesReader::body);
    addDiffering(names, "corrected image", objects, o -> o.texts(Tags.CORRECTED_IMAGE));
    addDiffering(names, "series type", objects, o -> o.texts(Tags.SERIES_TYPE));
    return names;
  }

  private static void addDiffering(
      List<String> names,
      String name,
      List<DicomObject> objects,
      Function<DicomObject, Object> fact) {
    if (objects.stream().map(fact).distinct().limit(2).count() > 1) {
      names.add(name);
    }
  }

  private static PetSeries.Making making(List<DicomObject> objects) {
    DicomObject first = objects.get(0);
    boolean isMultiframe =
        objects.stream()
            .anyMatch(
                o ->
                    o.integer(Tags.NUMBER_OF_FRAMES).orElse(1) > 1
                        || o.has(Tags.SHARED_FUNCTIONAL_GROUPS_SEQUENCE));
    return new PetSeries.Making(
        isMultiframe ? PetSeries.Frames.SEVERAL : PetSeries.Frames.ONE,
        first.texts(Tags.IMAGE_TYPE),
        first.texts(Tags.SERIES_TYPE),
        first.texts(Tags.CORRECTED_IMAGE),
        joined(first, Tags.RECONSTRUCTION_METHOD, Tags.SERIES_DESCRIPTION),
        joined(first, Tags.MANUFACTURER, Tags.MANUFACTURER_MODEL_NAME, Tags.SOFTWARE_VERSIONS));
  }

  private static PetSeries.Quantity quantity(DicomObject object) {
    return new PetSeries.Quantity(
        text(object, Tags.UNITS), text(object, Tags.SUV_TYPE), text(object, Tags.DECAY_CORRECTION));
  }

  private static PetSeries.Body body(DicomObject object) {
    return new PetSeries.Body(
        number(object, Tags.PATIENT_WEIGHT),
        number(object, Tags.PATIENT_SIZE),
        text(object, Tags.PATIENT_SEX));
  }

  private static List<PetSeries.Injection> injections(DicomObject object) {
    String description = joined(object, Tags.SERIES_DESCRIPTION, Tags.STUDY_DESCRIPTION);
    return object.items(Tags.RADIOPHARMACEUTICAL_INFORMATION_SEQUENCE).stream()
        .map(
            item ->
                new PetSeries.Injection(
                    code(item, Tags.RADIONUCLIDE_CODE_SEQUENCE),
                    code(item, Tags.RADIOPHARMACEUTICAL_CODE_SEQUENCE),
                    joined(item, Tags.RADIOPHARMACEUTICAL),
                    description,
                    number(item, Tags.RADIONUCLIDE_TOTAL_DOSE),
                    number(item, Tags.RADIONUCLIDE_HALF_LIFE),
                    item.dateTime(Tags.RADIOPHARMACEUTICAL_START_DATE_TIME).orElse(null),
                    item.time(Tags.RADIOPHARMACEUTICAL_START_TIME).orElse(null)))
        .toList();
  }

  private static @Nullable CodedConcept code(DicomObject item, int sequence) {
    return item.item(sequence)
        .map(
            code ->
                new CodedConcept(
                    text(code, Tags.CODE_VALUE),
                    text(code, Tags.CODING_SCHEME_DESIGNATOR),
                    text(code, Tags.CODE_MEANING)))
        .orElse(null);
  }

  private static PetImage image(DicomObject object) throws DicomException {
    LocalDate day = object.date(Tags.SERIES_DATE).orElse(null);
    boolean isPlaced =
        object.has(Tags.IMAGE_POSITION_PATIENT) && object.has(Tags.IMAGE_ORIENTATION_PATIENT);
    String uid = text(object, Tags.SOP_INSTANCE_UID);
    return new PetImage(
        uid,
        isPlaced ? position(ImagePlane.of(uid, object)) : null,
        at(day, object.time(Tags.SERIES_TIME).orElse(null)),
        at(
            object.date(Tags.ACQUISITION_DATE).orElse(day),
            object.time(Tags.ACQUISITION_TIME).orElse(null)),
        number(object, Tags.FRAME_REFERENCE_TIME),
        number(object, Tags.ACTUAL_FRAME_DURATION),
        number(object, Tags.DECAY_FACTOR),
        new PetImage.PrivateScale(
            object.privateTag(GE_GROUP, GE, GE_SCAN_TIME).flatMap(object::dateTime).orElse(null),
            philips(object, PHILIPS_SUV_FACTOR),
            philips(object, PHILIPS_ACTIVITY_FACTOR)));
  }

  private static Double position(ImagePlane plane) {
    return plane.positionMm().dot(plane.normal());
  }

  /** Decimal text, which files without value representations hold as plain bytes. */
  private static @Nullable Double philips(DicomObject object, int element) {
    return object
        .privateTag(PHILIPS_GROUP, PHILIPS, element)
        .map(object::bytes)
        .map(DecimalParser::numbers)
        .filter(numbers -> numbers.length > 0 && numbers[0] > 0 && Double.isFinite(numbers[0]))
        .map(numbers -> numbers[0])
        .orElse(null);
  }

  private static @Nullable LocalDateTime at(@Nullable LocalDate day, @Nullable LocalTime time) {
    return day == null || time == null ? null : day.atTime(time);
  }

  private static String text(DicomObject object, int tag) {
    return object.text(tag).orElse("");
  }

  private static String joined(DicomObject object, int... tags) {
    return Arrays.stream(tags)
        .mapToObj(object::texts)
        .flatMap(List::stream)
        .collect(Collectors.joining(" "))
        .toLowerCase(Locale.ROOT);
  }

  private static @Nullable Double number(DicomObject object, int tag) {
    OptionalDouble number = object.number(tag);
    return number.isPresent() && Double.isFinite(number.getAsDouble())
        ? number.getAsDouble()
        : null;
  }
}
