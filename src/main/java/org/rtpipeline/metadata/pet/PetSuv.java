package org.rtpipeline.metadata.pet;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.PetImage;
import org.rtpipeline.model.PetSeries;
import org.rtpipeline.model.Tracer;

/**
 * Judges one PET series and finds what turns its values into standardised uptake values.
 *
 * <p>For activity concentrations, SUV = C · m / D with the dose D decayed to the time to which the
 * values are corrected: the time of the scan for START, that of the injection for ADMIN; values
 * that are not corrected are corrected here, image by image. Values of CNTS become SUV or activity
 * by the factors of their maker; values of GML are SUV already (QIBA FDG-PET/CT profile 1.13,
 * appendix G; PS3.3 C.8.9.1).
 */
public final class PetSuv {

  /** Doses outside are taken for another unit than Bq. */
  static final double LEAST_DOSE_BQ = 1e6;

  static final double LARGEST_DOSE_BQ = 2e10;

  /** An FDG scan earlier than this after the injection is flagged. */
  static final double SHORT_FDG_UPTAKE_S = 1800;

  private static final String BECQUEREL = "BQML";
  private static final String COUNTS = "CNTS";
  private static final String DECAY = "DECY";
  private static final Set<String> SUV_UNITS = Set.of("GML", "CM2ML");
  private static final Set<String> UNSUPPORTED_SERIES = Set.of("DYNAMIC", "GATED", "REPROJECTION");
  private static final Pattern RT_SOFTWARE =
      Pattern.compile("velocity|art-?plan|\\bmim\\b|mim software|mimvista");
  private static final double MS_PER_SECOND = 1000;

  private final PetSeries series;
  private final PetOptions options;
  private final List<Finding> oddities = new ArrayList<>();
  private @Nullable Isotope isotope;
  private @Nullable Double halfLifeS;
  private @Nullable Tracer tracer;
  private @Nullable BodySize body;
  private @Nullable Uptake uptake;

  private PetSuv(PetSeries series, PetOptions options) {
    this.series = series;
    this.options = options;
  }

  /** The verdict over one series by itself: primary unless it is excluded. */
  public static PetVerdict judge(PetSeries series, PetOptions options) {
    return new PetSuv(series, options).verdict();
  }

  private PetVerdict verdict() {
    SuvScale scale = null;
    PetVerdict.Reason reason = null;
    try {
      requireStaticImages();
      requireCorrections();
      PetSeries.Injection injection = injection();
      identify(injection);
      scale = scale(injection);
    } catch (PetExcludedException excluded) {
      reason = new PetVerdict.Reason(excluded.exclusion(), excluded.details());
    }
    return new PetVerdict(
        series.seriesUid(),
        series,
        new PetVerdict.Known(isotope, halfLifeS, tracer, body, uptake),
        scale,
        scale == null ? PetVerdict.Standing.NONE : PetVerdict.Standing.PRIMARY,
        reason,
        oddities);
  }

  private void requireStaticImages() throws PetExcludedException {
    PetSeries.Making making = series.making();
    if (making.frames() == PetSeries.Frames.SEVERAL) {
      throw excluded(PetExclusion.UNSUPPORTED_MULTIFRAME_PET, "several images in one object");
    }
    if (!series.differing().isEmpty()) {
      throw excluded(
          PetExclusion.INCONSISTENT_DICOM_HEADERS,
          "images of the series differ in " + String.join(", ", series.differing()));
    }
    if (making.seriesType().stream().anyMatch(UNSUPPORTED_SERIES::contains)) {
      throw excluded(
          PetExclusion.UNSUPPORTED_SERIES_TYPE,
          "series type (0054,1000) is "
              + String.join("\\", making.seriesType())
              + ", expected STATIC or WHOLE BODY images");
    }
    if (RT_SOFTWARE.matcher(making.software()).find()) {
      throw excluded(
          PetExclusion.DERIVED_RT_SOFTWARE_PET_EXPORT, "exported by contouring software");
    }
    List<String> type = making.imageType();
    boolean isPrimary = type.size() > 1 && type.get(1).equals("PRIMARY");
    boolean isOriginal = !type.isEmpty() && type.get(0).equals("ORIGINAL");
    if (!isPrimary || !(isOriginal || isSuvAlready())) {
      throw excluded(
          PetExclusion.INVALID_IMAGE_TYPE,
          "image type (0008,0008) is not ORIGINAL\\PRIMARY, or DERIVED\\PRIMARY in units of SUV");
    }
  }

  private boolean isSuvAlready() {
    return SUV_UNITS.contains(series.quantity().units());
  }

  private void requireCorrections() throws PetExcludedException {
    String decay = series.quantity().decayCorrection();
    List<String> there = series.making().corrections();
    List<String> missing =
        options.corrections().stream()
            .filter(word -> !there.contains(word))
            .filter(word -> !(word.equals(DECAY) && decay.equals("NONE")))
            .toList();
    if (!missing.isEmpty()) {
      throw excluded(
          PetExclusion.MISSING_REQUIRED_CORRECTIONS,
          "corrected image (0028,0051) lacks " + String.join(", ", missing));
    }
    if (!isSuvAlready() && decay.equals("NONE") == there.contains(DECAY)) {
      throw excluded(
          PetExclusion.UNSUPPORTED_DECAY_CORRECTION,
          "decay correction (0054,1102) and corrected image (0028,0051) contradict each other");
    }
  }

  private PetSeries.Injection injection() throws PetExcludedException {
    if (series.injections().size() != 1) {
      throw excluded(
          PetExclusion.AMBIGUOUS_TRACER_COMPOUND,
          "radiopharmaceutical information (0054,0016) has "
              + series.injections().size()
              + " items, expected 1");
    }
    return series.injections().get(0);
  }

  private void identify(PetSeries.Injection injection) throws PetExcludedException {
    Optional<Isotope> coded =
        Optional.ofNullable(injection.radionuclide()).flatMap(Isotope::ofCode);
    Double written = injection.halfLifeS();
    Isotope found =
        coded
            .or(() -> Optional.ofNullable(written).flatMap(Isotope::ofHalfLife))
            .orElseThrow(
                () ->
                    excluded(
                        PetExclusion.MISSING_INVALID_HALF_LIFE,
                        "neither radionuclide (0054,0300) nor half life (0018,1075) name an"
                            + " isotope"));
    isotope = found;
    if (written != null && !found.hasHalfLife(written)) {
      throw excluded(
          PetExclusion.MISSING_INVALID_HALF_LIFE,
          "half life (0018,1075) is " + written + " s, expected " + found.halfLifeS());
    }
    if (written == null) {
      note(Finding.Code.PET_HALF_LIFE, "no half life (0018,1075): that of " + found + " is used");
    }
    halfLifeS = written == null ? (Double) found.halfLifeS() : written;
    tracer = tracer(injection, found);
  }

  private Tracer tracer(PetSeries.Injection injection, Isotope found) throws PetExcludedException {
    Optional<Tracer> coded =
        Optional.ofNullable(injection.agent()).flatMap(code -> TracerName.ofCode(code, found));
    if (coded.isPresent()) {
      return coded.get();
    }
    String meaning =
        injection.agent() == null
            ? ""
            : injection.agent().meaning().toLowerCase(java.util.Locale.ROOT);
    Optional<Tracer> named = TracerName.ofText(injection.label() + " " + meaning, found);
    if (named.isPresent()) {
      return named.get();
    }
    Tracer described =
        TracerName.ofText(injection.description(), found)
            .orElseThrow(
                () ->
                    excluded(
                        PetExclusion.AMBIGUOUS_TRACER_COMPOUND,
                        "neither codes nor words of the radiopharmaceutical (0054,0016) name one"
                            + " tracer with "
                            + found));
    note(
        Finding.Code.PET_TRACER,
        "the tracer is named by a description alone, taken for " + described);
    return described;
  }

  private SuvScale scale(PetSeries.Injection injection) throws PetExcludedException {
    body = BodySize.of(series.body()).orElse(null);
    noteHeight();
    String units = series.quantity().units();
    if (isSuvAlready()) {
      return ofSuv();
    }
    if (units.equals(COUNTS)) {
      if (series.images().stream().allMatch(image -> image.scale().suvFactor() != null)) {
        return each(image -> required(image.scale().suvFactor()));
      }
      if (series.images().stream().allMatch(image -> image.scale().activityFactor() != null)) {
        ToDoubleFunction<PetImage> suv = ofActivity(injection);
        return each(image -> required(image.scale().activityFactor()) * suv.applyAsDouble(image));
      }
    }
    if (!units.equals(BECQUEREL)) {
      throw excluded(
          PetExclusion.NON_BQML_UNITS,
          units.equals(COUNTS)
              ? "units (0054,1001) are CNTS, and no private attribute gives their scale"
              : "units (0054,1001) are none of BQML, GML, CM2ML and CNTS");
    }
    return each(ofActivity(injection));
  }

  private void noteHeight() {
    Double size = series.body().size();
    if (body != null && size != null) {
      if (body.heightM() == null) {
        note(Finding.Code.PET_BODY_SIZE, "patient's size (0010,1020) is " + size + " m, not used");
      } else if (size > BodySize.LARGEST_METRES) {
        note(
            Finding.Code.PET_BODY_SIZE,
            "patient's size (0010,1020) is " + size + ", taken for centimetres");
      }
    }
  }

  /** SUV type (0054,1006); body weight when it is absent (PS3.3 C.8.9.1). */
  private SuvScale ofSuv() throws PetExcludedException {
    String type = series.quantity().suvType();
    SuvVariant variant =
        switch (type.isEmpty() && series.quantity().units().equals("GML") ? "BW" : type) {
          case "BW" -> SuvVariant.BODY_WEIGHT;
          case "LBMJANMA" -> SuvVariant.LEAN_JANMAHASATIAN;
          case "LBMJAMES128" -> SuvVariant.LEAN_JAMES;
          case "BSA" -> SuvVariant.BODY_SURFACE;
          default ->
              throw excluded(
                  PetExclusion.UNSUPPORTED_SUV_TYPE,
                  "SUV type (0054,1006) is none of BW, LBMJANMA, LBMJAMES128 and BSA");
        };
    Double ratio = variant == SuvVariant.BODY_WEIGHT ? (Double) 1.0 : ratios().get(variant);
    if (ratio == null) {
      throw excluded(
          PetExclusion.MISSING_INVALID_WEIGHT,
          "the values are SUV by " + variant + ": weight, height or sex are not known");
    }
    return each(image -> 1 / ratio);
  }

  /** Factors from activity concentration in Bq/ml to SUV by body weight. */
  private ToDoubleFunction<PetImage> ofActivity(PetSeries.Injection injection)
      throws PetExcludedException {
    Double doseBq = injection.doseBq();
    if (doseBq == null || doseBq < LEAST_DOSE_BQ || doseBq > LARGEST_DOSE_BQ) {
      throw excluded(
          PetExclusion.MISSING_INVALID_DOSE,
          "total dose (0018,1074) is "
              + (doseBq == null ? "missing" : doseBq + " Bq")
              + ", expected 1e6 to 2e10 Bq");
    }
    if (body == null) {
      throw excluded(
          PetExclusion.MISSING_INVALID_WEIGHT,
          "weight (0010,1030) is "
              + (series.body().weightKg() == null ? "missing" : series.body().weightKg() + " kg")
              + ", expected 2 to 400 kg");
    }
    double perBq = body.divisor(SuvVariant.BODY_WEIGHT).orElseThrow() / doseBq;
    double seconds = required(halfLifeS);
    return switch (series.quantity().decayCorrection()) {
      case "START" -> {
        Uptake times = uptake(injection, seconds);
        guardDecay(seconds);
        double factor = perBq * Math.pow(2, times.seconds() / seconds);
        yield image -> factor;
      }
      case "ADMIN" -> image -> perBq;
      case "NONE" -> {
        Uptake times = uptake(injection, seconds);
        requireFrames();
        note(Finding.Code.PET_DECAY_CORRECTION, "decay is corrected here, image by image");
        yield image -> perBq * decayed(image, times, seconds);
      }
      default ->
          throw excluded(
              PetExclusion.UNSUPPORTED_DECAY_CORRECTION,
              "decay correction (0054,1102) is none of START, ADMIN and NONE");
    };
  }

  private Uptake uptake(PetSeries.Injection injection, double seconds) throws PetExcludedException {
    Uptake times = Uptake.of(series, injection, seconds, options.maxUptakeHours());
    uptake = times;
    times.oddities().forEach(text -> note(Finding.Code.PET_TIMES, text));
    if (tracer == Tracer.FDG && times.seconds() < SHORT_FDG_UPTAKE_S) {
      note(
          Finding.Code.PET_UPTAKE_SHORT,
          "the scan starts " + Math.round(times.seconds()) + " s after FDG was given");
    }
    return times;
  }

  /** Each decay factor (0054,1321) must be that of its frame reference time (0054,1300). */
  private void guardDecay(double seconds) throws PetExcludedException {
    int unchecked = 0;
    for (PetImage image : series.images()) {
      Double referenceMs = image.referenceMs();
      Double written = image.decayFactor();
      if (referenceMs == null || written == null || !(written > 0)) {
        unchecked++;
        continue;
      }
      double expected = Math.pow(2, referenceMs / MS_PER_SECOND / seconds);
      if (Math.abs(expected - written) > options.decayGuardTolerance() * written) {
        throw excluded(
            PetExclusion.FAILED_DECAY_FACTOR_GUARD,
            "decay factor (0054,1321) is " + written + ", its frame time gives " + expected);
      }
    }
    if (unchecked > 0) {
      note(
          Finding.Code.PET_DECAY_GUARD,
          unchecked + " images have no decay factor and frame reference time to check");
    }
  }

  private void requireFrames() throws PetExcludedException {
    if (series.images().stream()
        .anyMatch(i -> i.acquisitionTime() == null || Uptake.durationS(i).isEmpty())) {
      throw excluded(
          PetExclusion.UNRECOVERABLE_TIMING_ANOMALY,
          "decay is not corrected, and an image has no acquisition time or frame duration");
    }
  }

  /** Decay from injection to the start of a frame, and over the frame: 2^(t/T) · λΔ/(1 - e^-λΔ). */
  private static double decayed(PetImage image, Uptake times, double seconds) {
    double decays = Math.log(2) / seconds * Uptake.durationS(image).orElseThrow();
    double startS = Uptake.seconds(times.injected(), required(image.acquisitionTime()));
    return Math.pow(2, startS / seconds) * decays / -Math.expm1(-decays);
  }

  private SuvScale each(ToDoubleFunction<PetImage> factor) {
    Map<String, Double> byImage = new TreeMap<>();
    series.images().forEach(i -> byImage.put(i.sopInstanceUid(), factor.applyAsDouble(i)));
    return new SuvScale(byImage, ratios());
  }

  /** Body weight is always there: SUV that is there already needs no weight. */
  private Map<SuvVariant, Double> ratios() {
    Map<SuvVariant, Double> ratios = new EnumMap<>(SuvVariant.class);
    ratios.put(SuvVariant.BODY_WEIGHT, 1.0);
    BodySize known = body;
    if (known != null) {
      double weightG = known.divisor(SuvVariant.BODY_WEIGHT).orElseThrow();
      for (SuvVariant variant : SuvVariant.values()) {
        OptionalDouble divisor = known.divisor(variant);
        divisor.ifPresent(value -> ratios.put(variant, value / weightG));
      }
    }
    return ratios;
  }

  private void note(Finding.Code code, String message) {
    oddities.add(new Finding(Finding.Level.WARN, code, series.seriesUid(), message));
  }

  private static <T> T required(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("checked before");
    }
    return value;
  }

  private static PetExcludedException excluded(PetExclusion exclusion, String details) {
    return new PetExcludedException(exclusion, details);
  }
}
