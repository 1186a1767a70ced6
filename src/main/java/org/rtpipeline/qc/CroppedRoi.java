package org.rtpipeline.qc;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.geometry.AxialClip;
import org.rtpipeline.model.Contour;
import org.rtpipeline.model.Roi;

/**
 * What two bounds along the patient leave of a region.
 *
 * @param rest the region between them; null when nothing is left
 * @param share how much of it that is
 */
public record CroppedRoi(@Nullable Roi rest, Share share) {

  /**
   * How much of a region is left. A plane of contours is kept whole or not at all.
   *
   * @param extent whether anything was cut off
   * @param wholeCm3 volume of the region, areas of its planes by their distance
   * @param keptCm3 the same of what is left
   */
  public record Share(Extent extent, double wholeCm3, double keptCm3) implements Serializable {
    /** Part that is lost, per cent; 0 of a region without volume. */
    double lostPct() {
      return wholeCm3 > 0 ? 100 * (wholeCm3 - keptCm3) / wholeCm3 : 0;
    }
  }

  /** Whether anything of a region was cut off. */
  public enum Extent {
    /** It lies between the bounds. */
    WHOLE,
    /** Part of it is left. */
    CLIPPED,
    /** It lies beyond them. */
    OUTSIDE
  }

  /**
   * The part of a region between two bounds. What is no closed contour is kept where it lies
   * between them as a whole.
   *
   * @param planeMm what a region of one plane is thick
   */
  public static CroppedRoi of(Roi roi, double lowMm, double highMm, double planeMm) {
    List<Contour> rest = new ArrayList<>();
    boolean isCut = false;
    for (Contour contour : roi.contours()) {
      double[] clippedMm = AxialClip.clipped(contour.pointsMm(), lowMm, highMm);
      if (clippedMm == contour.pointsMm()) {
        rest.add(contour);
      } else {
        isCut = true;
        if (contour.isClosed() && clippedMm.length >= 9) {
          rest.add(new Contour(contour.type(), clippedMm, contour.imageSopInstanceUid()));
        }
      }
    }
    Roi left = roi.drawnAs(rest);
    double usualMm = usualMm(roi, planeMm);
    Share share =
        new Share(
            !isCut ? Extent.WHOLE : rest.isEmpty() ? Extent.OUTSIDE : Extent.CLIPPED,
            PlaneVolume.cm3(roi.enclosingMm(), usualMm),
            PlaneVolume.cm3(left.enclosingMm(), usualMm));
    return new CroppedRoi(share.extent() == Extent.OUTSIDE ? null : left, share);
  }

  private static double usualMm(Roi roi, double planeMm) {
    if (roi.planeSpacingMm() != null) {
      return roi.planeSpacingMm();
    }
    double gapMm = PlaneVolume.usualGapMm(roi.enclosingMm());
    return gapMm > 0 ? gapMm : planeMm;
  }
}
