package org.rtpipeline.organize;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.ImageSeries;
import org.rtpipeline.model.InstanceHeader;
import org.rtpipeline.model.ObjectFacts;
import org.rtpipeline.model.SeriesClass;

/**
 * What the image series of a course are for, by image type (0008,0008), series description
 * (0008,103E), manufacturer and model. A structure set that refers to a series outweighs them all.
 */
final class SeriesClassifier {

  /** Fewest images of a volume. */
  static final int FEWEST_IMAGES = 10;

  private static final Set<String> LOCALIZERS =
      Set.of("localizer", "localiser", "locator", "scout", "topogram", "surview", "survey", "loc");
  private static final Set<String> CALIBRATIONS = Set.of("calibration", "cal", "posdisp");
  private static final Pattern REPORT =
      Pattern.compile("dose ?report|patient ?protocol|oncology reading|results mm oncology");
  private static final Pattern PET_REPORT = Pattern.compile("statistic|screen ?save");
  private static final Pattern PROJECTION =
      Pattern.compile("\\bmip\\b|\\bmaxip\\b|\\bminip\\b|\\b(min|max) ?\\(");
  private static final List<String> PROJECTION_TYPES = List.of("MIP", "MAXIP", "MINIP");
  private static final Pattern AVERAGE = Pattern.compile("\\b(ave|avg|average|aip)\\b");
  private static final String AVERAGE_TYPE = "AVE";
  private static final Pattern PHASE =
      Pattern.compile("\\bt ?= ?\\d+ ?%|\\b\\d{1,3} ?%|\\bresp|\\bphase ?\\d+\\b");
  private static final Pattern FOUR_D = Pattern.compile("\\b4d(ct)?\\b");
  private static final Pattern CONE_BEAM =
      Pattern.compile("\\bk?v?_?cbct\\b|cone.?beam|\\bxvi\\b|\\bobi\\b");
  private static final Pattern SCANNER_MAKER =
      Pattern.compile(
          "siemens|ge medical|philips|toshiba|canon|united imaging|uih|nms|neusoft|hitachi");
  private static final Pattern SCANNER_MODEL =
      Pattern.compile(
          "sensation|somatom|biograph|discovery|gemini|umi|aquilion|brilliance|ingenuity|optima"
              + "|revolution|lightspeed|big ?bore");
  private static final Set<String> FOUR_D_MODELS = Set.of("advanced reconstruction", "aria rtm");
  private static final Set<String> CONE_BEAM_MODELS =
      Set.of(
          "patient verification",
          "halcyon - pva",
          "obi cone-beam ct",
          "acuity cone-beam ct",
          "rds - pva",
          "xvi");
  private static final Pattern MR_FUNCTION =
      Pattern.compile("dwi|adc|\\b(diff|ep2d|perf|dyn)|\\b(twist|dce|ttp|pei|mipt)\\b");
  private static final Pattern MR_ANATOMY =
      Pattern.compile(
          "dixon|\\b(tse|fse|frfse|frse|spc|space|tirm|stir|flair|blade|vibe|mpr|mprage|me2d|haste"
              + "|trufi|truefisp|ffe|t[12](w|wi)?|pdw?)\\b");

  private final Collection<ImageSeries> series;
  private final @Nullable ImageSeries planningCt;

  /**
   * A classifier for one course.
   *
   * @param series all series of the course
   * @param planningCt the one that the structures were drawn on; null when there is none
   */
  SeriesClassifier(Collection<ImageSeries> series, @Nullable ImageSeries planningCt) {
    this.series = series;
    this.planningCt = planningCt;
  }

  /**
   * What a series is for.
   *
   * @param seriesClass the class
   * @param note what decided
   */
  record Verdict(SeriesClass seriesClass, String note) {}

  Verdict classify(ImageSeries images) {
    if (images.equals(planningCt)) {
      return new Verdict(SeriesClass.PLANNING_CT, "the planning CT of the course");
    }
    Words words = Words.of(images);
    return excluded(images, words)
        .orElseGet(
            () ->
                switch (images.modality()) {
                  case "CT" -> ct(images, words);
                  case "PT" -> new Verdict(SeriesClass.PET, "modality PT");
                  default -> mr(words);
                });
  }

  private static Optional<Verdict> excluded(ImageSeries images, Words words) {
    if (frames(images) < FEWEST_IMAGES) {
      return Optional.of(
          excluded(frames(images) + " images, a volume has " + FEWEST_IMAGES + " or more"));
    }
    boolean sectional = words.hasType("AXIAL") || words.hasType("HELICAL");
    if ((words.hasType("LOCALIZER") && !sectional)
        || words.tokens().stream().anyMatch(LOCALIZERS::contains)) {
      return Optional.of(excluded("a localiser"));
    }
    if (words.says(PROJECTION) || PROJECTION_TYPES.stream().anyMatch(words::hasTypeLike)) {
      return Optional.of(excluded("an intensity projection"));
    }
    boolean isPet = images.modality().equals("PT");
    if (words.says(REPORT) || (isPet && words.says(PET_REPORT))) {
      return Optional.of(excluded("a report"));
    }
    if (isPet && words.isSecondary()) {
      return Optional.of(excluded("a secondary PET image"));
    }
    return Optional.empty();
  }

  private Verdict ct(ImageSeries images, Words words) {
    if (words.says(AVERAGE) || words.hasTypeLike(AVERAGE_TYPE)) {
      return new Verdict(
          SeriesClass.FOURDCT_AVERAGE, "4DCT average by its description or image type");
    }
    if (FOUR_D_MODELS.contains(words.model()) || words.says(FOUR_D) || words.says(PHASE)) {
      return new Verdict(SeriesClass.FOURDCT_PHASE, "4DCT by its description or model");
    }
    if (CONE_BEAM_MODELS.contains(words.model()) || words.says(CONE_BEAM)) {
      return new Verdict(SeriesClass.CBCT, "cone-beam CT by its description or model");
    }
    if (series.stream().anyMatch(other -> isPetOf(other, images))) {
      return new Verdict(SeriesClass.PETCT_CT, "PET of the same study and frame of reference");
    }
    return words.isSecondary() && !words.isOfScanner()
        ? excluded("a secondary image of no known scanner")
        : new Verdict(SeriesClass.DIAGNOSTIC_CT, "no structure set refers to it");
  }

  private static boolean isPetOf(ImageSeries pet, ImageSeries ct) {
    return pet.modality().equals("PT")
        && pet.studyUid().equals(ct.studyUid())
        && Objects.equals(pet.frameOfReferenceUid(), ct.frameOfReferenceUid());
  }

  private static Verdict mr(Words words) {
    if (words.tokens().stream().anyMatch(CALIBRATIONS::contains)) {
      return excluded("a calibration");
    }
    String tokens = String.join(" ", words.tokens());
    if (MR_FUNCTION.matcher(tokens).find()) {
      return new Verdict(SeriesClass.MR_FUNCTIONAL, "its description names a functional sequence");
    }
    if (MR_ANATOMY.matcher(tokens).find()) {
      return new Verdict(SeriesClass.MR_ANATOMIC, "its description names an anatomic sequence");
    }
    return words.isSecondary()
        ? excluded("a secondary image of an unknown sequence")
        : new Verdict(SeriesClass.MR_ANATOMIC, "no word of its description says what it is");
  }

  private static Verdict excluded(String why) {
    return new Verdict(SeriesClass.EXCLUDED, why);
  }

  private static int frames(ImageSeries images) {
    return images.instances().stream()
        .map(InstanceHeader::facts)
        .mapToInt(f -> f instanceof ObjectFacts.Image image ? Math.max(1, image.frames()) : 1)
        .sum();
  }

  /**
   * What the headers of a series say.
   *
   * @param description in lower case, underscores as blanks
   * @param maker in lower case
   * @param model in lower case
   * @param imageTypes of all images, in upper case
   * @param tokens words of the description
   */
  private record Words(
      String description, String maker, String model, Set<String> imageTypes, List<String> tokens) {

    static Words of(ImageSeries series) {
      String description =
          first(series, ObjectFacts.Image::seriesDescription)
              .toLowerCase(Locale.ROOT)
              .replace('_', ' ');
      Set<String> types =
          images(series)
              .flatMap(image -> image.imageType().stream())
              .map(type -> type.toUpperCase(Locale.ROOT))
              .collect(Collectors.toUnmodifiableSet());
      return new Words(
          description,
          first(series, ObjectFacts.Image::manufacturer).toLowerCase(Locale.ROOT),
          first(series, ObjectFacts.Image::modelName).toLowerCase(Locale.ROOT),
          types,
          Arrays.asList(description.split("[^a-z0-9]+", -1)));
    }

    boolean says(Pattern pattern) {
      return pattern.matcher(description).find();
    }

    boolean hasType(String type) {
      return imageTypes.contains(type);
    }

    boolean hasTypeLike(String part) {
      return imageTypes.stream().anyMatch(type -> type.contains(part));
    }

    boolean isOfScanner() {
      return SCANNER_MAKER.matcher(maker).find() || SCANNER_MODEL.matcher(model).find();
    }

    boolean isSecondary() {
      return hasType("SECONDARY") && !hasType("PRIMARY");
    }

    private static String first(ImageSeries series, Attribute attribute) {
      return images(series)
          .flatMap(image -> Stream.ofNullable(attribute.of(image)))
          .findFirst()
          .orElse("");
    }

    private static Stream<ObjectFacts.Image> images(ImageSeries series) {
      return series.instances().stream()
          .map(InstanceHeader::facts)
          .filter(ObjectFacts.Image.class::isInstance)
          .map(ObjectFacts.Image.class::cast);
    }
  }

  /** One text of an image header. */
  private interface Attribute {
    @Nullable String of(ObjectFacts.Image image);
  }
}
