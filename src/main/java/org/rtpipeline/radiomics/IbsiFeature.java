package org.rtpipeline.radiomics;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A feature of the IBSI reference manual, in the order of its tables. The name in lower case is the
 * tag that the tables of the initiative use; volume fraction (BC2M) and intensity at a volume
 * fraction (GBPN) stand twice, at 10 and at 90 per cent.
 */
public enum IbsiFeature {
  MORPH_VOLUME("RNU0", "volume"),
  MORPH_VOL_APPROX("YEKZ", "approximate volume"),
  MORPH_AREA_MESH("C0JK", "surface area"),
  MORPH_AV("2PR5", "surface to volume ratio"),
  MORPH_COMP_1("SKGS", "compactness 1"),
  MORPH_COMP_2("BQWJ", "compactness 2"),
  MORPH_SPH_DISPR("KRCK", "spherical disproportion"),
  MORPH_SPHERICITY("QCFX", "sphericity"),
  MORPH_ASPHERICITY("25C7", "asphericity"),
  MORPH_COM("KLMA", "centre of mass shift"),
  MORPH_DIAM("L0JK", "maximum 3D diameter"),
  MORPH_PCA_MAJ_AXIS("TDIC", "major axis length"),
  MORPH_PCA_MIN_AXIS("P9VJ", "minor axis length"),
  MORPH_PCA_LEAST_AXIS("7J51", "shortest axis length"),
  MORPH_PCA_ELONGATION("Q3CK", "elongation"),
  MORPH_PCA_FLATNESS("N17B", "flatness"),
  MORPH_VOL_DENS_AABB("PBX1", "axis-aligned bounding box volume density"),
  MORPH_AREA_DENS_AABB("R59B", "axis-aligned bounding box area density"),
  MORPH_VOL_DENS_OMBB("ZH1A", "oriented minimum bounding box volume density"),
  MORPH_AREA_DENS_OMBB("IQYR", "oriented minimum bounding box area density"),
  MORPH_VOL_DENS_AEE("6BDE", "approximate enclosing ellipsoid volume density"),
  MORPH_AREA_DENS_AEE("RDD2", "approximate enclosing ellipsoid area density"),
  MORPH_VOL_DENS_MVEE("SWZ1", "minimum volume enclosing ellipsoid volume density"),
  MORPH_AREA_DENS_MVEE("BRI8", "minimum volume enclosing ellipsoid area density"),
  MORPH_VOL_DENS_CONV_HULL("R3ER", "convex hull volume density"),
  MORPH_AREA_DENS_CONV_HULL("7T7F", "convex hull area density"),
  MORPH_INTEG_INT("99N0", "integrated intensity"),
  MORPH_MORAN_I("N365", "Moran's I index"),
  MORPH_GEARY_C("NPT7", "Geary's C measure"),
  LOC_PEAK_LOC("VJGA", "local peak"),
  LOC_PEAK_GLOB("0F91", "global peak"),
  STAT_MEAN("Q4LE", "mean"),
  STAT_VAR("ECT3", "variance"),
  STAT_SKEW("KE2A", "skewness"),
  STAT_KURT("IPH6", "kurtosis"),
  STAT_MEDIAN("Y12H", "median"),
  STAT_MIN("1GSF", "minimum"),
  STAT_P10("QG58", "10th percentile"),
  STAT_P90("8DWT", "90th percentile"),
  STAT_MAX("84IY", "maximum"),
  STAT_IQR("SALO", "interquartile range"),
  STAT_RANGE("2OJQ", "range"),
  STAT_MAD("4FUA", "mean absolute deviation"),
  STAT_RMAD("1128", "robust mean absolute deviation"),
  STAT_MEDAD("N72L", "median absolute deviation"),
  STAT_COV("7TET", "coefficient of variation"),
  STAT_QCOD("9S40", "quartile coefficient of dispersion"),
  STAT_ENERGY("N8CA", "energy"),
  STAT_RMS("5ZWQ", "root mean square"),
  IH_MEAN("X6K6", "mean"),
  IH_VAR("CH89", "variance"),
  IH_SKEW("88K1", "skewness"),
  IH_KURT("C3I7", "kurtosis"),
  IH_MEDIAN("WIFQ", "median"),
  IH_MIN("1PR8", "minimum"),
  IH_P10("GPMT", "10th percentile"),
  IH_P90("OZ0C", "90th percentile"),
  IH_MAX("3NCY", "maximum"),
  IH_MODE("AMMC", "mode"),
  IH_IQR("WR0O", "interquartile range"),
  IH_RANGE("5Z3W", "range"),
  IH_MAD("D2ZX", "mean absolute deviation"),
  IH_RMAD("WRZB", "robust mean absolute deviation"),
  IH_MEDAD("4RNL", "median absolute deviation"),
  IH_COV("CWYJ", "coefficient of variation"),
  IH_QCOD("SLWD", "quartile coefficient of dispersion"),
  IH_ENTROPY("TLU2", "entropy"),
  IH_UNIFORMITY("BJ5W", "uniformity"),
  IH_MAX_GRAD("12CE", "maximum histogram gradient"),
  IH_MAX_GRAD_G("8E6O", "maximum histogram gradient grey level"),
  IH_MIN_GRAD("VQB3", "minimum histogram gradient"),
  IH_MIN_GRAD_G("RHQZ", "minimum histogram gradient grey level"),
  IVH_V10("BC2M", "volume fraction at 10 % intensity fraction"),
  IVH_V90("BC2M", "volume fraction at 90 % intensity fraction"),
  IVH_I10("GBPN", "intensity at 10 % volume fraction"),
  IVH_I90("GBPN", "intensity at 90 % volume fraction"),
  IVH_DIFF_V10_V90("DDTU", "volume fraction difference between intensity fractions"),
  IVH_DIFF_I10_I90("CNV2", "intensity difference between volume fractions"),
  IVH_AUC("9CMM", "area under IVH curve"),
  CM_JOINT_MAX("GYBY", "joint maximum"),
  CM_JOINT_AVG("60VM", "joint average"),
  CM_JOINT_VAR("UR99", "joint variance"),
  CM_JOINT_ENTR("TU9B", "joint entropy"),
  CM_DIFF_AVG("TF7R", "difference average"),
  CM_DIFF_VAR("D3YU", "difference variance"),
  CM_DIFF_ENTR("NTRS", "difference entropy"),
  CM_SUM_AVG("ZGXS", "sum average"),
  CM_SUM_VAR("OEEB", "sum variance"),
  CM_SUM_ENTR("P6QZ", "sum entropy"),
  CM_ENERGY("8ZQL", "angular second moment"),
  CM_CONTRAST("ACUI", "contrast"),
  CM_DISSIMILARITY("8S9J", "dissimilarity"),
  CM_INV_DIFF("IB1Z", "inverse difference"),
  CM_INV_DIFF_NORM("NDRX", "normalised inverse difference"),
  CM_INV_DIFF_MOM("WF0Z", "inverse difference moment"),
  CM_INV_DIFF_MOM_NORM("1QCO", "normalised inverse difference moment"),
  CM_INV_VAR("E8JP", "inverse variance"),
  CM_CORR("NI2N", "correlation"),
  CM_AUTO_CORR("QWB0", "autocorrelation"),
  CM_CLUST_TEND("DG8W", "cluster tendency"),
  CM_CLUST_SHADE("7NFM", "cluster shade"),
  CM_CLUST_PROM("AE86", "cluster prominence"),
  CM_INFO_CORR1("R8DG", "first measure of information correlation"),
  CM_INFO_CORR2("JN9H", "second measure of information correlation"),
  RLM_SRE("22OV", "short runs emphasis"),
  RLM_LRE("W4KF", "long runs emphasis"),
  RLM_LGRE("V3SW", "low grey level run emphasis"),
  RLM_HGRE("G3QZ", "high grey level run emphasis"),
  RLM_SRLGE("HTZT", "short run low grey level emphasis"),
  RLM_SRHGE("GD3A", "short run high grey level emphasis"),
  RLM_LRLGE("IVPO", "long run low grey level emphasis"),
  RLM_LRHGE("3KUM", "long run high grey level emphasis"),
  RLM_GLNU("R5YN", "grey level non-uniformity"),
  RLM_GLNU_NORM("OVBL", "normalised grey level non-uniformity"),
  RLM_RLNU("W92Y", "run length non-uniformity"),
  RLM_RLNU_NORM("IC23", "normalised run length non-uniformity"),
  RLM_R_PERC("9ZK5", "run percentage"),
  RLM_GL_VAR("8CE5", "grey level variance"),
  RLM_RL_VAR("SXLW", "run length variance"),
  RLM_RL_ENTR("HJ9O", "run entropy"),
  SZM_SZE("5QRC", "small zone emphasis"),
  SZM_LZE("48P8", "large zone emphasis"),
  SZM_LGZE("XMSY", "low grey level zone emphasis"),
  SZM_HGZE("5GN9", "high grey level zone emphasis"),
  SZM_SZLGE("5RAI", "small zone low grey level emphasis"),
  SZM_SZHGE("HW1V", "small zone high grey level emphasis"),
  SZM_LZLGE("YH51", "large zone low grey level emphasis"),
  SZM_LZHGE("J17V", "large zone high grey level emphasis"),
  SZM_GLNU("JNSA", "grey level non-uniformity"),
  SZM_GLNU_NORM("Y1RO", "normalised grey level non-uniformity"),
  SZM_ZSNU("4JP3", "zone size non-uniformity"),
  SZM_ZSNU_NORM("VB3A", "normalised zone size non-uniformity"),
  SZM_Z_PERC("P30P", "zone percentage"),
  SZM_GL_VAR("BYLV", "grey level variance"),
  SZM_ZS_VAR("3NSA", "zone size variance"),
  SZM_ZS_ENTR("GU8N", "zone size entropy"),
  DZM_SDE("0GBI", "small distance emphasis"),
  DZM_LDE("MB4I", "large distance emphasis"),
  DZM_LGZE("S1RA", "low grey level zone emphasis"),
  DZM_HGZE("K26C", "high grey level zone emphasis"),
  DZM_SDLGE("RUVG", "small distance low grey level emphasis"),
  DZM_SDHGE("DKNJ", "small distance high grey level emphasis"),
  DZM_LDLGE("A7WM", "large distance low grey level emphasis"),
  DZM_LDHGE("KLTH", "large distance high grey level emphasis"),
  DZM_GLNU("VFT7", "grey level non-uniformity"),
  DZM_GLNU_NORM("7HP3", "normalised grey level non-uniformity"),
  DZM_ZDNU("V294", "zone distance non-uniformity"),
  DZM_ZDNU_NORM("IATH", "normalised zone distance non-uniformity"),
  DZM_Z_PERC("VIWW", "zone percentage"),
  DZM_GL_VAR("QK93", "grey level variance"),
  DZM_ZD_VAR("7WT1", "zone distance variance"),
  DZM_ZD_ENTR("GBDU", "zone distance entropy"),
  NGT_COARSENESS("QCDE", "coarseness"),
  NGT_CONTRAST("65HE", "contrast"),
  NGT_BUSYNESS("NQ30", "busyness"),
  NGT_COMPLEXITY("HDEZ", "complexity"),
  NGT_STRENGTH("1X9X", "strength"),
  NGL_LDE("SODN", "low dependence emphasis"),
  NGL_HDE("IMOQ", "high dependence emphasis"),
  NGL_LGCE("TL9H", "low grey level count emphasis"),
  NGL_HGCE("OAE7", "high grey level count emphasis"),
  NGL_LDLGE("EQ3F", "low dependence low grey level emphasis"),
  NGL_LDHGE("JA6D", "low dependence high grey level emphasis"),
  NGL_HDLGE("NBZI", "high dependence low grey level emphasis"),
  NGL_HDHGE("9QMG", "high dependence high grey level emphasis"),
  NGL_GLNU("FP8K", "grey level non-uniformity"),
  NGL_GLNU_NORM("5SPA", "normalised grey level non-uniformity"),
  NGL_DCNU("Z87G", "dependence count non-uniformity"),
  NGL_DCNU_NORM("OKJI", "normalised dependence count non-uniformity"),
  NGL_DC_PERC("6XV8", "dependence count percentage"),
  NGL_GL_VAR("1PFV", "grey level variance"),
  NGL_DC_VAR("DNX2", "dependence count variance"),
  NGL_DC_ENTR("FCBV", "dependence count entropy"),
  NGL_DC_ENERGY("CAS9", "dependence count energy");

  private final String ibsiId;
  private final String meaning;

  IbsiFeature(String ibsiId, String meaning) {
    this.ibsiId = ibsiId;
    this.meaning = meaning;
  }

  /** Four letters of the reference manual. */
  public String ibsiId() {
    return ibsiId;
  }

  /** Name in the reference manual. */
  public String meaning() {
    return meaning;
  }

  /** Short name in the tables of the initiative, such as cm_joint_max. */
  public String tag() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The family that the feature belongs to. */
  public IbsiFamily family() {
    return Arrays.stream(IbsiFamily.values())
        .filter(family -> tag().startsWith(family.prefix()))
        .findFirst()
        .orElseThrow();
  }

  /** Features of a family, in the order of the manual's tables. */
  static List<IbsiFeature> of(IbsiFamily family) {
    return Arrays.stream(values()).filter(feature -> feature.family() == family).toList();
  }
}
