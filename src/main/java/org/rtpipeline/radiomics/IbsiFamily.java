package org.rtpipeline.radiomics;

/** A family of features of the IBSI reference manual (arXiv 1612.07003, chapter 3). */
public enum IbsiFamily {
  MORPHOLOGY("HCUG", "morph_"),
  LOCAL_INTENSITY("9ST6", "loc_"),
  INTENSITY_STATISTICS("UHIW", "stat_"),
  INTENSITY_HISTOGRAM("ZVCW", "ih_"),
  INTENSITY_VOLUME_HISTOGRAM("P88C", "ivh_"),
  GLCM("LFYI", "cm_"),
  GLRLM("TP0I", "rlm_"),
  GLSZM("9SAK", "szm_"),
  GLDZM("VMDZ", "dzm_"),
  NGTDM("IPET", "ngt_"),
  NGLDM("REK0", "ngl_");

  private final String ibsiId;
  private final String prefix;

  IbsiFamily(String ibsiId, String prefix) {
    this.ibsiId = ibsiId;
    this.prefix = prefix;
  }

  /** Four letters of the reference manual. */
  public String ibsiId() {
    return ibsiId;
  }

  /** The name in lower case. */
  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  /** What the tags of its features begin with. */
  String prefix() {
    return prefix;
  }
}
