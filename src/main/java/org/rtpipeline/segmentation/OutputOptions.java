package org.rtpipeline.segmentation;

import java.io.Serializable;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * What is written of a segmentation besides its structure set and measures.
 *
 * @param contours how masks become contours
 * @param longestName characters of a region's name, 1 to 64
 * @param formats further copies of the masks, each once, in the order of their names
 */
public record OutputOptions(ContourOptions contours, int longestName, List<Format> formats)
    implements Serializable {

  /** Exact contours under whole names, and no copies. */
  public static final OutputOptions STANDARD =
      new OutputOptions(ContourOptions.EXACT, 64, List.of());

  /** A file of masks. */
  public enum Format {
    /** DICOM Segmentation, {@code SEG_auto.dcm}. */
    SEG,
    /** NIfTI labels, {@code labels_1.nii.gz} and one more for each layer that overlaps others. */
    NIFTI
  }

  /** Refuses names of no or too many characters. */
  public OutputOptions {
    formats = sorted(formats);
    if (longestName < 1 || longestName > 64) {
      throw new IllegalArgumentException(
          "name-length is " + longestName + ", expected 1 to 64 characters");
    }
  }

  private static List<Format> sorted(Collection<Format> formats) {
    return List.copyOf(new TreeSet<>(formats));
  }
}
