package org.rtpipeline.metadata.pet;

import java.io.Serializable;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.PetSeries;

/**
 * Weight, height and sex of a patient, and the masses and areas that uptake is divided by.
 *
 * @param weightKg body weight
 * @param heightM height; null when it is not known or not credible
 * @param sex null when it is neither M nor F
 */
public record BodySize(double weightKg, @Nullable Double heightM, @Nullable Sex sex)
    implements Serializable {

  static final double LEAST_WEIGHT_KG = 2;
  static final double LARGEST_WEIGHT_KG = 400;
  static final double LEAST_HEIGHT_M = 0.3;
  static final double LARGEST_HEIGHT_M = 2.5;

  /** Sizes over this are taken for centimetres: the attribute holds metres. */
  static final double LARGEST_METRES = 3;

  private static final double CM_PER_M = 100;
  private static final double GRAM_PER_KG = 1000;
  private static final double CM2_PER_M2 = 1e4;

  /** Sexes that the formulas of lean mass tell apart. */
  public enum Sex {
    MALE,
    FEMALE
  }

  /** The patient of a series; empty when the weight is missing or not credible. */
  static Optional<BodySize> of(PetSeries.Body body) {
    Double weightKg = body.weightKg();
    return weightKg == null || weightKg < LEAST_WEIGHT_KG || weightKg > LARGEST_WEIGHT_KG
        ? Optional.empty()
        : Optional.of(new BodySize(weightKg, heightM(body.size()), sex(body.sex())));
  }

  private static @Nullable Double heightM(@Nullable Double size) {
    if (size == null) {
      return null;
    }
    double heightM = size > LARGEST_METRES ? size / CM_PER_M : size;
    return heightM < LEAST_HEIGHT_M || heightM > LARGEST_HEIGHT_M ? null : heightM;
  }

  private static @Nullable Sex sex(String sex) {
    return switch (sex) {
      case "M" -> Sex.MALE;
      case "F" -> Sex.FEMALE;
      default -> null;
    };
  }

  /**
   * What an activity concentration is multiplied by, beside the dose: g, or cm² for the body
   * surface. Empty when height or sex are not known, or the formula gives nothing over zero.
   */
  public OptionalDouble divisor(SuvVariant variant) {
    double divisor =
        switch (variant) {
          case BODY_WEIGHT -> weightKg * GRAM_PER_KG;
          case LEAN_JANMAHASATIAN -> leanJanmahasatianKg() * GRAM_PER_KG;
          case LEAN_JAMES -> leanJamesKg() * GRAM_PER_KG;
          case BODY_SURFACE -> surfaceM2() * CM2_PER_M2;
        };
    return divisor > 0 ? OptionalDouble.of(divisor) : OptionalDouble.empty();
  }

  /** Janmahasatian 2005, equation 9: 9270 w / (6680 + 216 BMI), women 9270 w / (8780 + 244 BMI). */
  private double leanJanmahasatianKg() {
    if (heightM == null || sex == null) {
      return Double.NaN;
    }
    double bmi = weightKg / (heightM * heightM);
    return switch (sex) {
      case MALE -> 9270 * weightKg / (6680 + 216 * bmi);
      case FEMALE -> 9270 * weightKg / (8780 + 244 * bmi);
    };
  }

  /** James 1976: 1.10 w - 128 (w/h)², women 1.07 w - 148 (w/h)², h in cm. */
  private double leanJamesKg() {
    if (heightM == null || sex == null) {
      return Double.NaN;
    }
    double perCm = weightKg / (heightM * CM_PER_M);
    return switch (sex) {
      case MALE -> 1.10 * weightKg - 128 * perCm * perCm;
      case FEMALE -> 1.07 * weightKg - 148 * perCm * perCm;
    };
  }

  /** Du Bois 1916: 0.007184 w^0.425 h^0.725, h in cm. */
  private double surfaceM2() {
    return heightM == null
        ? Double.NaN
        : 0.007184 * Math.pow(weightKg, 0.425) * Math.pow(heightM * CM_PER_M, 0.725);
  }
}
