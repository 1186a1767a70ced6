package org.rtpipeline.qc;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * The contrast phase of a CT, from the densities of blood, liver and urine.
 *
 * <p>Blood without contrast medium has 30 to 50 HU; in the first passage the aorta has 200 HU and
 * more while veins and liver lag behind; the liver rises from 50 to 60 HU by 40 to 50 HU in the
 * portal venous phase (Bae 2010). From about three minutes on the kidneys pass contrast medium into
 * the urine, which has 0 to 20 HU without (Sheth 2004). What no rule covers is UNKNOWN.
 *
 * @param phase the phase
 * @param reason what it rests on, or what is missing
 */
public record ContrastReading(ContrastPhase phase, String reason) implements Serializable {

  /** Blood below this is without contrast medium, HU. */
  static final double NATIVE_BLOOD_HU = 70;

  /** Blood from this on holds contrast medium, HU. */
  static final double ENHANCED_BLOOD_HU = 100;

  /** Blood from this on may be in its first passage, HU. */
  static final double FIRST_PASSAGE_HU = 200;

  /** Blood from this on is in its first passage where nothing else is known, HU. */
  static final double BRIGHT_BLOOD_HU = 250;

  /** Arteries this much over veins are in their first passage, HU. */
  static final double OVER_VEIN_HU = 80;

  /** A liver from this on has taken up contrast medium, HU. */
  static final double ENHANCED_LIVER_HU = 90;

  /** Urine from this on holds contrast medium, HU. */
  static final double EXCRETED_HU = 150;

  private static final List<String> ARTERIES = List.of("aorta");
  private static final List<String> VEINS =
      List.of("portal_vein_and_splenic_vein", "inferior_vena_cava");

  /** The reading of what was measured. */
  public static ContrastReading of(SeenAnatomy seen) {
    OptionalDouble artery = seen.medianHu(ARTERIES);
    OptionalDouble heart = seen.medianHu(List.of("heart"));
    if (artery.isEmpty() && heart.isEmpty()) {
      return unknown("no aorta and no heart among the structures to measure the blood in");
    }
    Densities at =
        new Densities(
            artery.orElseGet(heart::getAsDouble),
            artery.isPresent(),
            boxed(seen.medianHu(VEINS)),
            boxed(seen.medianHu(List.of("liver"))),
            boxed(seen.upperHu(List.of("urinary_bladder"))));
    return at.read();
  }

  private static @Nullable Double boxed(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }

  private static ContrastReading unknown(String why) {
    return new ContrastReading(ContrastPhase.UNKNOWN, why);
  }

  /**
   * Densities of one image; null where there is no such structure.
   *
   * @param bloodHu aorta, or heart where there is no aorta
   * @param isArtery whether it is that of the aorta
   */
  private record Densities(
      double bloodHu,
      boolean isArtery,
      @Nullable Double veinHu,
      @Nullable Double liverHu,
      @Nullable Double urineHu) {

    private boolean isExcreted() {
      return urineHu != null && urineHu >= EXCRETED_HU;
    }

    private boolean isLiverEnhanced() {
      return liverHu != null && liverHu >= ENHANCED_LIVER_HU;
    }

    private boolean isFarOverVeins() {
      return veinHu != null && isArtery && bloodHu - veinHu >= OVER_VEIN_HU;
    }

    ContrastReading read() {
      if (isFarOverVeins() && bloodHu >= ENHANCED_BLOOD_HU) {
        return is(ContrastPhase.ARTERIAL, "veins " + hu(veinHu));
      }
      if (bloodHu >= FIRST_PASSAGE_HU) {
        return bright();
      }
      if (isExcreted()) {
        return is(ContrastPhase.LATE, "urine " + hu(urineHu));
      }
      if (bloodHu < NATIVE_BLOOD_HU) {
        return isLiverEnhanced()
            ? open("liver " + hu(liverHu) + " is dense all the same")
            : is(ContrastPhase.NATIVE, "below " + hu(NATIVE_BLOOD_HU));
      }
      if (bloodHu < ENHANCED_BLOOD_HU) {
        return open("neither below " + hu(NATIVE_BLOOD_HU) + " nor over " + hu(ENHANCED_BLOOD_HU));
      }
      if (isLiverEnhanced()) {
        return is(ContrastPhase.PORTAL_VENOUS, "liver " + hu(liverHu));
      }
      return open(
          liverHu == null
              ? "no liver among the structures to tell the phase by"
              : "liver " + hu(liverHu) + " is below " + hu(ENHANCED_LIVER_HU));
    }

    private ContrastReading bright() {
      if (isLiverEnhanced() && !isExcreted()) {
        return is(ContrastPhase.PORTAL_VENOUS, "liver " + hu(liverHu));
      }
      if (liverHu != null && !isLiverEnhanced() && isArtery) {
        return is(ContrastPhase.ARTERIAL, "liver " + hu(liverHu));
      }
      return veinHu == null && liverHu == null && isArtery && bloodHu >= BRIGHT_BLOOD_HU
          ? is(ContrastPhase.ARTERIAL, "over " + hu(BRIGHT_BLOOD_HU))
          : open("veins, liver and urine do not tell the phase");
    }

    private ContrastReading is(ContrastPhase phase, String with) {
      return new ContrastReading(phase, blood() + ", " + with);
    }

    private ContrastReading open(String why) {
      return unknown(blood() + ": " + why);
    }

    private String blood() {
      return (isArtery ? "aorta " : "heart ") + hu(bloodHu);
    }

    private static String hu(@Nullable Double value) {
      return String.format(Locale.ROOT, "%.0f HU", Objects.requireNonNull(value));
    }
  }
}
