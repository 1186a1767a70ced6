package org.rtpipeline.model;

/**
 * A PET radiopharmaceutical. Names are those that clinics say; the family says which of them are
 * read alike.
 */
public enum Tracer {
  FDG(Family.FDG),
  PSMA_11(Family.PSMA),
  PSMA_617(Family.PSMA),
  PSMA_1007(Family.PSMA),
  DCFPYL(Family.PSMA),
  RHPSMA_7(Family.PSMA),
  /** A ligand of PSMA with fluorine-18 that the objects do not name more closely. */
  PSMA_F18(Family.PSMA),
  FLUOROCHOLINE(Family.OTHER),
  CHOLINE(Family.OTHER),
  ACETATE(Family.OTHER),
  DOTATATE(Family.OTHER),
  DOTATOC(Family.OTHER),
  DOTANOC(Family.OTHER),
  FAPI(Family.OTHER),
  FLUCICLOVINE(Family.OTHER),
  FET(Family.OTHER),
  DOPA(Family.OTHER),
  METHIONINE(Family.OTHER),
  FLT(Family.OTHER),
  FMISO(Family.OTHER),
  FES(Family.OTHER),
  SODIUM_FLUORIDE(Family.OTHER);

  /** Tracers whose images are read alike. */
  public enum Family {
    FDG,
    PSMA,
    OTHER
  }

  private final Family family;

  Tracer(Family family) {
    this.family = family;
  }

  /** The tracers it is read like. */
  public Family family() {
    return family;
  }
}
