package org.rtpipeline.radiomics;

import java.util.Locale;

/**
 * How the matrices of a texture family become one number (IBSI 1, chapter 3.6). The first six are
 * for matrices with a direction (GLCM, GLRLM), the last three for those without.
 */
public enum Aggregation {
  /** Features of every direction of every slice, averaged. */
  SLICES_AVERAGED("2D_averaged", "BTW3"),
  /** Directions merged within a slice, features averaged over slices. */
  SLICES_MERGED("2D_slice_merged", "SUJT"),
  /** Slices merged for each direction in the plane, features averaged over directions. */
  PLANES_AVERAGED("2.5D_direction_merged", "JJUI"),
  /** All slices and directions in the plane merged. */
  PLANES_MERGED("2.5D_merged", "ZW7Z"),
  /** Features of every direction in space, averaged. */
  VOLUME_AVERAGED("3D_averaged", "ITBB"),
  /** All directions in space merged. */
  VOLUME_MERGED("3D_merged", "IAZD"),
  /** Features of every slice, averaged. */
  SLICES("2D", "8QNN"),
  /** Matrices of all slices merged. */
  PLANES("2.5D", "62GR"),
  /** Neighbours in space. */
  VOLUME("3D", "KOBO");

  private final String label;
  private final String ibsiId;

  Aggregation(String label, String ibsiId) {
    this.label = label;
    this.ibsiId = ibsiId;
  }

  /** Name in the tables of the initiative, such as 2.5D_merged. */
  public String label() {
    return label;
  }

  /** Four letters of the reference manual. */
  public String ibsiId() {
    return ibsiId;
  }

  /** The label as part of a column name, such as 2_5d_merged. */
  String column() {
    return label.replace('.', '_').toLowerCase(Locale.ROOT);
  }
}
