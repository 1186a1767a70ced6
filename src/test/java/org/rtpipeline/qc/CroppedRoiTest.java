package org.rtpipeline.qc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rtpipeline.model.Contour;
import org.rtpipeline.model.Roi;

final class CroppedRoiTest {

  /** Squares of 10 mm on the planes from 0 to 27 mm, 3 mm apart: 3 cm³. */
  private static final Roi COLUMN = MadeCourse.box(7, "Rectum", "ORGAN", 0, 10, 0, 9);

  private static CroppedRoi.Share share(Roi roi, double lowMm, double highMm) {
    return CroppedRoi.of(roi, lowMm, highMm, 3).share();
  }

  @Test
  void planesBeyondTheBoundsAreLost() {
    CroppedRoi cropped = CroppedRoi.of(COLUMN, 6, 20, 3);

    assertThat(cropped.share().extent()).isEqualTo(CroppedRoi.Extent.CLIPPED);
    assertThat(cropped.share().wholeCm3()).isCloseTo(3, within(1e-9));
    assertThat(cropped.share().keptCm3()).isCloseTo(1.5, within(1e-9));
    assertThat(cropped.share().lostPct()).isCloseTo(50, within(1e-9));
    assertThat(cropped.rest())
        .satisfies(
            rest -> {
              assertThat(rest.contours()).hasSize(5);
              assertThat(rest.number()).isEqualTo(7);
              assertThat(rest.interpretedType()).isEqualTo("ORGAN");
            });
  }

  @Test
  void aRegionBetweenTheBoundsIsWholeAndOneBeyondThemIsGone() {
    assertThat(share(COLUMN, 0, 27).extent()).isEqualTo(CroppedRoi.Extent.WHOLE);
    assertThat(share(COLUMN, 0, 27).lostPct()).isZero();
    CroppedRoi gone = CroppedRoi.of(COLUMN, 40, 50, 3);
    assertThat(gone.rest()).isNull();
    assertThat(gone.share().extent()).isEqualTo(CroppedRoi.Extent.OUTSIDE);
    assertThat(gone.share().lostPct()).isEqualTo(100);
  }

  @Test
  void oneRemainingPlaneKeepsItsThickness() {
    assertThat(share(COLUMN, 8, 10).keptCm3()).isCloseTo(0.3, within(1e-9));
  }

  @Test
  void aRegionOfOnePlaneIsAsThickAsThePlanesOfTheImage() {
    Roi flat = MadeCourse.box(1, "Clip", null, 0, 10, 2, 2);
    assertThat(share(flat, 0, 27).wholeCm3()).isCloseTo(0.3, within(1e-9));
  }

  @Test
  void pointsAndOpenLinesStayWhereTheyLieBetweenTheBoundsAsAWhole() {
    Roi roi =
        new Roi(
            1,
            "Isocentre",
            "ISOCENTER",
            null,
            null,
            List.of(
                new Contour(Contour.Type.POINT, new double[] {1, 1, 5}, null),
                new Contour(Contour.Type.OPEN_PLANAR, new double[] {1, 1, 5, 1, 1, 15}, null)));

    CroppedRoi cropped = CroppedRoi.of(roi, 0, 10, 3);

    assertThat(cropped.rest())
        .satisfies(rest -> assertThat(rest.contours()).containsExactly(roi.contours().get(0)));
    assertThat(cropped.share().wholeCm3()).isZero();
    assertThat(cropped.share().lostPct()).isZero();
  }
}
