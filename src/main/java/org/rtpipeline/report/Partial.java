package org.rtpipeline.report;

import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.PartialName;

/** How the Python rtpipeline marks a region that lacks a part. */
final class Partial {

  private Partial() {}

  /**
   * Whether a part is missing: the image ends in the region, or bounds along the patient cut it.
   *
   * @param touchesImage cell that says whether contours reach the border of the image
   * @param clipped cell that says whether bounds have left only a part of it
   * @return null when that is not known
   */
  static @Nullable Boolean of(@Nullable Object touchesImage, @Nullable Object clipped) {
    if (Boolean.TRUE.equals(clipped)) {
      return Boolean.TRUE;
    }
    return touchesImage instanceof Boolean touches ? touches : null;
  }

  /** The name of a region under that mark. */
  static @Nullable Object marked(@Nullable Object name, @Nullable Boolean isPartial) {
    return Boolean.TRUE.equals(isPartial)
        ? PartialName.of(name == null ? "" : name.toString())
        : name;
  }
}
