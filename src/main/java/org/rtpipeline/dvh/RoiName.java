package org.rtpipeline.dvh;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.Roi;

/**
 * Which region a row is about.
 *
 * @param number ROI number
 * @param name ROI name as it stands
 * @param interpretedType RT ROI interpreted type; null when absent
 * @param touchesImageBorder whether contours reach the border of the planning image; null when
 *     there is no image
 */
public record RoiName(
    int number, String name, @Nullable String interpretedType, @Nullable Boolean touchesImageBorder)
    implements Serializable {

  /** The name of a region. */
  public static RoiName of(Roi roi, @Nullable Boolean touchesImageBorder) {
    return new RoiName(roi.number(), roi.name(), roi.interpretedType(), touchesImageBorder);
  }
}
