package org.rtpipeline.dvh;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.Roi;
import org.rtpipeline.model.StandardName;

/**
 * Which region a row is about.
 *
 * @param number ROI number
 * @param name ROI name as it stands
 * @param interpretedType RT ROI interpreted type; null when absent
 * @param touchesImageBorder whether contours reach the border of the planning image; null when
 *     there is no image
 * @param standardName the name by which it is compared with others; null when no map knows it
 * @param madeBy model or program that drew it; null when none is known
 * @param extent whether it is a part that the section cropping has left of a region
 */
public record RoiName(
    int number,
    String name,
    @Nullable String interpretedType,
    @Nullable Boolean touchesImageBorder,
    @Nullable StandardName standardName,
    @Nullable String madeBy,
    Extent extent)
    implements Serializable {

  /** How much of a region a row is about. */
  public enum Extent {
    /** All that was drawn of it. */
    WHOLE,
    /** What bounds along the patient have left of it. */
    CLIPPED
  }

  /** A region under no standard name. */
  public RoiName(
      int number,
      String name,
      @Nullable String interpretedType,
      @Nullable Boolean touchesImageBorder) {
    this(number, name, interpretedType, touchesImageBorder, null, null);
  }

  /** A region as it was drawn. */
  public RoiName(
      int number,
      String name,
      @Nullable String interpretedType,
      @Nullable Boolean touchesImageBorder,
      @Nullable StandardName standardName,
      @Nullable String madeBy) {
    this(number, name, interpretedType, touchesImageBorder, standardName, madeBy, Extent.WHOLE);
  }

  /** The same region, of which the row is about so much. */
  public RoiName with(Extent other) {
    return new RoiName(
        number, name, interpretedType, touchesImageBorder, standardName, madeBy, other);
  }

  /** The name of a region. */
  public static RoiName of(Roi roi, @Nullable Boolean touchesImageBorder) {
    return new RoiName(
        roi.number(),
        roi.name(),
        roi.interpretedType(),
        touchesImageBorder,
        roi.standardName(),
        roi.madeBy());
  }

  /** The standard name when it has one, else the name as it stands. */
  public String comparedName() {
    return standardName == null ? name : standardName.name();
  }
}
