package org.rtpipeline.metadata.pet;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How a PET series was reconstructed, best known first: the order in which one of several
 * reconstructions is preferred.
 */
public enum Reconstruction {
  /** Ordered subsets, with or without time of flight: OSEM, VPFX, BLOB-OS. */
  OSEM("osem|vpfx|vue ?point|blob-?os|\\bramla\\b|\\btof\\b|op-?osem|iterative"),
  /** Ordered subsets with the point spread function: TrueX, SharpIR. */
  PSF("psf|true ?x|sharp ?ir|vpfx-?s\\b|vpfxs|ultra ?hd"),
  /** Penalised likelihood: Q.Clear. */
  BSREM("bsrem|q\\.? ?clear|qcfx|penali[sz]ed"),
  /** Filtered back projection. */
  FBP("fbp|back-? ?projection|\\b3drp\\b|\\bdift\\b");

  private final Pattern words;

  Reconstruction(String words) {
    this.words = Pattern.compile(words);
  }

  /**
   * The method that a text in lower case names; empty when it names none. Words of ordered subsets
   * stand beside those of what was added to them, so the others are looked for first.
   */
  static Optional<Reconstruction> of(String text) {
    return Arrays.stream(new Reconstruction[] {BSREM, PSF, FBP, OSEM})
        .filter(method -> method.words.matcher(text).find())
        .findFirst();
  }
}
