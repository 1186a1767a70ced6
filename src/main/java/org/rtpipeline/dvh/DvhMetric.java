package org.rtpipeline.dvh;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One number read from a dose-volume curve, in the grammar of AAPM TG-263: {@code D95%[Gy]}, {@code
 * D0.03cc[Gy]}, {@code V20Gy[%]}, {@code V95%[cc]}, complements {@code DC700cc[Gy]} and {@code
 * CV7.5Gy[cc]}, {@code Mean[Gy]}, {@code Min}, {@code Max}, {@code Median}, {@code SD}, {@code
 * gEUD(a)[Gy]}, {@code IntegralDose[Gycc]}, {@code Volume[cc]}, {@code HI} and {@code HI_Rx},
 * {@code CI_RTOG}, {@code CI_Paddick}, {@code GI}.
 *
 * <p>Doses may also be asked for in percent of the prescription, {@code [%]}, or biologically
 * weighted by the linear-quadratic model in the number of planned fractions, {@code [EQD2(3)]} and
 * {@code [BED(10)]} with alpha/beta in Gy, {@code [EQD2]} and {@code [BED]} with that of the
 * region.
 */
public final class DvhMetric implements Serializable {

  private static final long serialVersionUID = 1L;
  private static final double PERCENT = 100;
  private static final double STANDARD_FRACTION_GY = 2;
  private static final String NUMBER = "(\\d+(?:\\.\\d+)?)";
  private static final String OUTPUT = "(?:\\[([^\\]]*)\\])?";

  private static final Pattern DOSE_AT = Pattern.compile("(D|DC)" + NUMBER + "(%|cc|cm3)" + OUTPUT);
  private static final Pattern VOLUME_AT = Pattern.compile("(V|CV)" + NUMBER + "(%|Gy|)" + OUTPUT);
  private static final Pattern GEUD = Pattern.compile("gEUD\\((-?\\d+(?:\\.\\d+)?)\\)" + OUTPUT);
  private static final Pattern WORD = Pattern.compile("([A-Za-z_]+)" + OUTPUT);
  private static final Pattern BIOLOGICAL = Pattern.compile("(EQD2|BED)(?:\\(" + NUMBER + "\\))?");

  private final Kind kind;
  private final double argument;
  private final Unit unit;
  private final double alphaBetaGy;

  /** What is read. */
  private enum Kind {
    DOSE_AT_PERCENT,
    DOSE_AT_CM3,
    COMPLEMENT_DOSE_AT_PERCENT,
    COMPLEMENT_DOSE_AT_CM3,
    VOLUME_AT_GY,
    VOLUME_AT_PERCENT,
    COMPLEMENT_VOLUME_AT_GY,
    COMPLEMENT_VOLUME_AT_PERCENT,
    MEAN,
    MIN,
    MAX,
    MEDIAN,
    SD,
    GEUD,
    INTEGRAL_DOSE,
    VOLUME,
    HI,
    HI_RX,
    CI_RTOG,
    CI_PADDICK,
    GI
  }

  /** What the number is given in. */
  private enum Unit {
    GY,
    PERCENT,
    CC,
    EQD2,
    BED,
    GY_CC,
    NONE
  }

  private DvhMetric(Kind kind, double argument, Unit unit, double alphaBetaGy) {
    this.kind = kind;
    this.argument = argument;
    this.unit = unit;
    this.alphaBetaGy = alphaBetaGy;
  }

  /**
   * Reads a metric.
   *
   * @param text such as {@code D95%[Gy]}; {@code D2cm3} and {@code V20} are understood as {@code
   *     D2cc[Gy]} and {@code V20Gy[%]}
   * @throws IllegalArgumentException when the text is no metric, saying what would be one
   */
  public static DvhMetric parse(String text) {
    String trimmed = text.trim();
    Matcher dose = DOSE_AT.matcher(trimmed);
    if (dose.matches()) {
      boolean percent = dose.group(3).equals("%");
      Kind kind =
          dose.group(1).equals("D")
              ? percent ? Kind.DOSE_AT_PERCENT : Kind.DOSE_AT_CM3
              : percent ? Kind.COMPLEMENT_DOSE_AT_PERCENT : Kind.COMPLEMENT_DOSE_AT_CM3;
      return dose(text, kind, Double.parseDouble(dose.group(2)), dose.group(4));
    }
    Matcher volume = VOLUME_AT.matcher(trimmed);
    if (volume.matches()) {
      boolean percent = volume.group(3).equals("%");
      Kind kind =
          volume.group(1).equals("V")
              ? percent ? Kind.VOLUME_AT_PERCENT : Kind.VOLUME_AT_GY
              : percent ? Kind.COMPLEMENT_VOLUME_AT_PERCENT : Kind.COMPLEMENT_VOLUME_AT_GY;
      return volume(text, kind, Double.parseDouble(volume.group(2)), volume.group(4));
    }
    Matcher uniform = GEUD.matcher(trimmed);
    if (uniform.matches()) {
      double exponent = Double.parseDouble(uniform.group(1));
      if (exponent == 0) {
        throw refused(text, "the exponent of gEUD is never 0");
      }
      return dose(text, Kind.GEUD, exponent, uniform.group(2));
    }
    Matcher word = WORD.matcher(trimmed);
    if (word.matches()) {
      return word(text, word.group(1), word.group(2));
    }
    throw refused(text, "expected a form such as D95%[Gy], D0.03cc[Gy], V20Gy[%] or Mean[Gy]");
  }

  private static DvhMetric word(String text, String word, @Nullable String output) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "mean" -> dose(text, Kind.MEAN, 0, output);
      case "min" -> dose(text, Kind.MIN, 0, output);
      case "max" -> dose(text, Kind.MAX, 0, output);
      case "median" -> dose(text, Kind.MEDIAN, 0, output);
      case "sd" -> plain(text, Kind.SD, Unit.GY, "Gy", output);
      case "integraldose" -> plain(text, Kind.INTEGRAL_DOSE, Unit.GY_CC, "Gycc", output);
      case "volume" -> plain(text, Kind.VOLUME, Unit.CC, "cc", output);
      case "hi" -> plain(text, Kind.HI, Unit.NONE, "", output);
      case "hi_rx" -> plain(text, Kind.HI_RX, Unit.NONE, "", output);
      case "ci_rtog" -> plain(text, Kind.CI_RTOG, Unit.NONE, "", output);
      case "ci_paddick" -> plain(text, Kind.CI_PADDICK, Unit.NONE, "", output);
      case "gi" -> plain(text, Kind.GI, Unit.NONE, "", output);
      default -> throw refused(text, "no metric has this name");
    };
  }

  private static DvhMetric dose(String text, Kind kind, double argument, @Nullable String output) {
    if (argument > PERCENT
        && (kind == Kind.DOSE_AT_PERCENT || kind == Kind.COMPLEMENT_DOSE_AT_PERCENT)) {
      throw refused(text, "a share of the volume is 0 to 100 %");
    }
    if (output == null || output.equals("Gy")) {
      return new DvhMetric(kind, argument, Unit.GY, Double.NaN);
    }
    if (output.equals("%")) {
      return new DvhMetric(kind, argument, Unit.PERCENT, Double.NaN);
    }
    Matcher biological = BIOLOGICAL.matcher(output);
    if (biological.matches()) {
      Unit unit = biological.group(1).equals("BED") ? Unit.BED : Unit.EQD2;
      String own = biological.group(2);
      double alphaBetaGy = own == null ? Double.NaN : Double.parseDouble(own);
      if (alphaBetaGy != 0) {
        return new DvhMetric(kind, argument, unit, alphaBetaGy);
      }
    }
    throw refused(
        text, "a dose is given in [Gy], [%], [EQD2], [EQD2(x)], [BED] or [BED(x)], x over 0");
  }

  private static DvhMetric volume(
      String text, Kind kind, double argument, @Nullable String output) {
    if (output == null || output.equals("%")) {
      return new DvhMetric(kind, argument, Unit.PERCENT, Double.NaN);
    }
    if (output.equals("cc") || output.equals("cm3")) {
      return new DvhMetric(kind, argument, Unit.CC, Double.NaN);
    }
    throw refused(text, "a volume is given in [%] or [cc]");
  }

  private static DvhMetric plain(
      String text, Kind kind, Unit unit, String only, @Nullable String output) {
    if (output != null && !output.equals(only)) {
      throw refused(text, only.isEmpty() ? "it has no unit" : "it is given in [" + only + "]");
    }
    return new DvhMetric(kind, 0, unit, Double.NaN);
  }

  private static IllegalArgumentException refused(String text, String why) {
    return new IllegalArgumentException("metric \"" + text + "\": " + why);
  }

  /** The one way this metric is written. */
  public String text() {
    String name =
        switch (kind) {
          case DOSE_AT_PERCENT -> "D" + number(argument) + "%";
          case DOSE_AT_CM3 -> "D" + number(argument) + "cc";
          case COMPLEMENT_DOSE_AT_PERCENT -> "DC" + number(argument) + "%";
          case COMPLEMENT_DOSE_AT_CM3 -> "DC" + number(argument) + "cc";
          case VOLUME_AT_GY -> "V" + number(argument) + "Gy";
          case VOLUME_AT_PERCENT -> "V" + number(argument) + "%";
          case COMPLEMENT_VOLUME_AT_GY -> "CV" + number(argument) + "Gy";
          case COMPLEMENT_VOLUME_AT_PERCENT -> "CV" + number(argument) + "%";
          case MEAN -> "Mean";
          case MIN -> "Min";
          case MAX -> "Max";
          case MEDIAN -> "Median";
          case SD -> "SD";
          case GEUD -> "gEUD(" + number(argument) + ")";
          case INTEGRAL_DOSE -> "IntegralDose";
          case VOLUME -> "Volume";
          case HI -> "HI";
          case HI_RX -> "HI_Rx";
          case CI_RTOG -> "CI_RTOG";
          case CI_PADDICK -> "CI_Paddick";
          case GI -> "GI";
        };
    return unit == Unit.NONE ? name : name + "[" + unitText(alphaBetaGy) + "]";
  }

  private String unitText(double alphaBeta) {
    return switch (unit) {
      case GY -> "Gy";
      case PERCENT -> "%";
      case CC -> "cc";
      case EQD2, BED ->
          Double.isNaN(alphaBeta) ? unit.name() : unit.name() + "(" + number(alphaBeta) + ")";
      case GY_CC -> "Gycc";
      case NONE -> "";
    };
  }

  private static String number(double value) {
    return new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
  }

  /** True when the metric needs the dose of the whole grid. */
  public boolean needsEverything() {
    return kind == Kind.CI_RTOG || kind == Kind.CI_PADDICK || kind == Kind.GI;
  }

  /** Reads the metric; what has no meaning for the region has no value and says why. */
  public MetricValue of(MetricSource source) {
    if (kind == Kind.VOLUME) {
      return new MetricValue(source.region().volumeCm3(), unitText(alphaBetaGy), null);
    }
    if (source.region().curve().isEmpty()) {
      return missing("no part of the region lies inside the dose grid");
    }
    DoseVolumeCurve curve = source.region().curve().orElseThrow();
    return switch (kind) {
      case VOLUME_AT_GY, COMPLEMENT_VOLUME_AT_GY -> volume(source.region(), argument);
      case VOLUME_AT_PERCENT, COMPLEMENT_VOLUME_AT_PERCENT -> {
        OptionalDouble rx = rx(source);
        yield rx.isPresent()
            ? volume(source.region(), argument / PERCENT * rx.getAsDouble())
            : missing(noRx(source));
      }
      case SD -> number(source.region().sdGy(), "");
      case INTEGRAL_DOSE -> number(source.region().integralDoseGyCm3(), "");
      case HI -> number(source.region().homogeneityIndex(), "D50% is 0 Gy");
      case HI_RX, CI_RTOG, CI_PADDICK, GI -> plan(source, curve);
      default -> dose(source, curve);
    };
  }

  private MetricValue volume(RoiDoseVolume region, double gy) {
    double total = region.volumeInGridCm3();
    double hot = region.volumeAtDoseCm3(gy).orElseThrow();
    boolean complement =
        kind == Kind.COMPLEMENT_VOLUME_AT_GY || kind == Kind.COMPLEMENT_VOLUME_AT_PERCENT;
    double cm3 = complement ? total - hot : hot;
    return new MetricValue(
        unit == Unit.CC ? cm3 : PERCENT * cm3 / total, unitText(alphaBetaGy), null);
  }

  private MetricValue plan(MetricSource source, DoseVolumeCurve curve) {
    OptionalDouble rx = rx(source);
    if (rx.isEmpty()) {
      return missing(noRx(source));
    }
    double rxGy = rx.getAsDouble();
    double total = curve.volumeCm3();
    if (kind == Kind.HI_RX) {
      double range = curve.doseAtVolumeGy(0.05 * total) - curve.doseAtVolumeGy(0.95 * total);
      return new MetricValue(range / rxGy, "", null);
    }
    RoiDoseVolume everything = source.everything();
    if (everything == null || everything.curve().isEmpty()) {
      return missing("the dose of the whole grid was not read");
    }
    DoseVolumeCurve whole = everything.curve().orElseThrow();
    double everywhere = whole.volumeAtLeastCm3(rxGy);
    if (kind == Kind.CI_RTOG) {
      return new MetricValue(everywhere / total, "", null);
    }
    if (!(everywhere > 0)) {
      return missing("no point of the dose reaches the prescribed dose");
    }
    if (kind == Kind.GI) {
      return new MetricValue(whole.volumeAtLeastCm3(0.5 * rxGy) / everywhere, "", null);
    }
    double covered = curve.volumeAtLeastCm3(rxGy);
    return new MetricValue(covered * covered / (total * everywhere), "", null);
  }

  private MetricValue dose(MetricSource source, DoseVolumeCurve curve) {
    double total = curve.volumeCm3();
    boolean cm3 = kind == Kind.DOSE_AT_CM3 || kind == Kind.COMPLEMENT_DOSE_AT_CM3;
    if (cm3 && argument > total) {
      return missing(
          String.format(
              Locale.ROOT, "the region has %.4g cm3, less than %s cm3", total, number(argument)));
    }
    Effect effect = gy -> gy;
    double alphaBeta = alphaBetaGy;
    if (unit == Unit.PERCENT) {
      OptionalDouble rx = rx(source);
      if (rx.isEmpty()) {
        return missing(noRx(source));
      }
      effect = gy -> PERCENT * gy / rx.getAsDouble();
    } else if (unit != Unit.GY) {
      Integer fractions = source.fractions().count();
      if (fractions == null || fractions < 1) {
        return missing("no number of fractions: " + source.fractions().source());
      }
      alphaBeta = Double.isNaN(alphaBetaGy) ? source.alphaBetaGy() : alphaBetaGy;
      if (!(alphaBeta > 0)) {
        return missing("no alpha/beta is given for the region");
      }
      effect = effect(fractions, alphaBeta);
    }
    return new MetricValue(dose(source, curve, effect), unitText(alphaBeta), null);
  }

  private double dose(MetricSource source, DoseVolumeCurve curve, Effect effect) {
    double total = curve.volumeCm3();
    return switch (kind) {
      case DOSE_AT_PERCENT -> effect.of(curve.doseAtVolumeGy(argument / PERCENT * total));
      case DOSE_AT_CM3 -> effect.of(curve.doseAtVolumeGy(argument));
      case COMPLEMENT_DOSE_AT_PERCENT ->
          effect.of(curve.doseAtVolumeGy((1 - argument / PERCENT) * total));
      case COMPLEMENT_DOSE_AT_CM3 -> effect.of(curve.doseAtVolumeGy(total - argument));
      case MIN -> effect.of(curve.doseAtVolumeGy(total));
      case MAX -> effect.of(curve.doseAtVolumeGy(0));
      case MEDIAN -> effect.of(curve.doseAtVolumeGy(0.5 * total));
      case GEUD -> uniform(curve, effect);
      default ->
          unit == Unit.EQD2 || unit == Unit.BED
              ? curve.meanOf(effect::of)
              : effect.of(source.region().meanGy().orElseThrow());
    };
  }

  /** Generalised equivalent uniform dose, the power mean of the dose (Niemierko 1999). */
  private double uniform(DoseVolumeCurve curve, Effect effect) {
    double power = curve.meanOf(gy -> Math.pow(effect.of(gy), argument));
    return Math.pow(power, 1 / argument);
  }

  /** Biologically effective dose, or the same effect in fractions of 2 Gy. */
  private Effect effect(int fractions, double alphaBeta) {
    double scale = unit == Unit.BED ? 1 : 1 + STANDARD_FRACTION_GY / alphaBeta;
    return gy -> gy * (1 + gy / fractions / alphaBeta) / scale;
  }

  /** A dose in another unit, never falling with the dose. */
  private interface Effect {
    double of(double gy);
  }

  private static OptionalDouble rx(MetricSource source) {
    Double rxGy = source.prescription().gy();
    return rxGy == null || !(rxGy > 0) ? OptionalDouble.empty() : OptionalDouble.of(rxGy);
  }

  private static String noRx(MetricSource source) {
    return "no prescribed dose: " + source.prescription().source();
  }

  private MetricValue number(OptionalDouble value, String whyNot) {
    return value.isPresent()
        ? new MetricValue(value.getAsDouble(), unitText(alphaBetaGy), null)
        : missing(whyNot);
  }

  /** The metric of a region that could not be computed. */
  MetricValue missing(String reason) {
    return new MetricValue(null, unitText(alphaBetaGy), reason);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DvhMetric metric && text().equals(metric.text());
  }

  @Override
  public int hashCode() {
    return text().hashCode();
  }

  @Override
  public String toString() {
    return text();
  }
}
