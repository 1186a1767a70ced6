package org.rtpipeline.metadata.pet;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.rtpipeline.model.CodedConcept;

/**
 * A positron emitter (PS3.16 CID 4020) with its half-life as the National Nuclear Data Center gives
 * it.
 */
public enum Isotope {
  F18(6586.2, "fluorine", "18", "77004003", "C-111A1"),
  C11(1221.8, "carbon", "11", "40565003", "C-105A1"),
  GA68(4062.6, "gallium", "68", "35337001", "C-131A3"),
  CU64(45_723.6, "copper", "64", "3932008", "C-127A2"),
  ZR89(282_276, "zirconium", "89", "63360001", "C-168A4"),
  N13(597.9, "nitrogen", "13", "21576001", "C-107A1"),
  O15(122.24, "oxygen", "15", "129504001", "C-B1038"),
  RB82(75.45, "rubidium", "82", "79197006", "C-159A2"),
  I124(360_806, "iodine", "124", "40937006", "C-114A5");

  /** Largest relative distance of a written half-life from the known one. */
  static final double HALF_LIFE_TOLERANCE = 0.06;

  private final double halfLifeS;
  private final String element;
  private final String nucleons;
  private final String snomed;
  private final String snomedRt;

  Isotope(double halfLifeS, String element, String nucleons, String snomed, String snomedRt) {
    this.halfLifeS = halfLifeS;
    this.element = element;
    this.nucleons = nucleons;
    this.snomed = snomed;
    this.snomedRt = snomedRt;
  }

  /** Half-life, s. */
  public double halfLifeS() {
    return halfLifeS;
  }

  /** Whether a written half-life is that of this isotope. */
  boolean hasHalfLife(double seconds) {
    return Math.abs(seconds - halfLifeS) <= HALF_LIFE_TOLERANCE * halfLifeS;
  }

  /** The isotope of a code, by its value or else by its meaning; empty for others. */
  static Optional<Isotope> ofCode(CodedConcept code) {
    String meaning = code.meaning().toLowerCase(Locale.ROOT);
    String symbols = meaning.replaceAll("[^a-z0-9]", "");
    return Arrays.stream(values())
        .filter(
            isotope ->
                isotope.snomed.equals(code.value())
                    || isotope.snomedRt.equals(code.value())
                    || (meaning.contains(isotope.element) && meaning.contains(isotope.nucleons))
                    || isotope.isWritten(symbols))
        .findFirst();
  }

  /** As F18 or 18F. */
  private boolean isWritten(String symbols) {
    String symbol =
        name().substring(0, name().length() - nucleons.length()).toLowerCase(Locale.ROOT);
    return symbols.equals(symbol + nucleons) || symbols.equals(nucleons + symbol);
  }

  /** The isotope whose half-life is closest to a written one; empty when none is near. */
  static Optional<Isotope> ofHalfLife(double seconds) {
    return Arrays.stream(values()).filter(isotope -> isotope.hasHalfLife(seconds)).findFirst();
  }
}
