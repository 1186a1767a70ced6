package org.rtpipeline.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.model.Contour;
import org.rtpipeline.model.FileRef;
import org.rtpipeline.model.ImageSeries;
import org.rtpipeline.model.InstanceHeader;
import org.rtpipeline.model.ObjectFacts;
import org.rtpipeline.model.Roi;

final class CtFrameTest {

  private static final List<Double> AXIAL = List.of(1.0, 0.0, 0.0, 0.0, 1.0, 0.0);
  private static final VoxelGrid SLICES = VoxelGrid.axial(10, 10, 2, Point.ORIGIN, 1, 1, 3);

  @Test
  void theTwoLowestSlicesAreReadWhateverTheOrderOfTheSeries() {
    ImageSeries series = series(slice("a", 6), slice("b", 0), slice("c", 3));

    assertThat(CtFrame.slicesToRead(series))
        .extracting(InstanceHeader::sopInstanceUid)
        .containsExactly("b", "c");
  }

  @Test
  void slicesInOnePlaceAreOrderedByTheirUids() {
    assertThat(CtFrame.slicesToRead(series(slice("b", 0), slice("a", 0))))
        .extracting(InstanceHeader::sopInstanceUid)
        .containsExactly("a", "b");
  }

  @Test
  void nothingIsReadWhenASliceIsNotPlaced() {
    List<InstanceHeader> unplaced =
        List.of(
            image("u", List.of(), AXIAL),
            image("u", List.of(0.0, 0.0, 9.0), List.of()),
            header("u", new ObjectFacts.Link()));

    for (InstanceHeader header : unplaced) {
      assertThat(CtFrame.slicesToRead(series(slice("a", 0), slice("b", 3), header))).isEmpty();
    }
  }

  @Test
  void oneSliceIsNoFrame() {
    ImageSeries series = series(slice("a", 0));

    assertThat(CtFrame.slicesToRead(series)).isEmpty();
    assertThat(CtFrame.of(series, SLICES)).isEmpty();
  }

  @Test
  void theSpacingIsTheMedianDistanceAndTheEndsAreThoseOfTheSeries() {
    ImageSeries series =
        series(slice("a", 12), slice("b", 0), slice("c", 3), slice("d", 6), slice("e", 20));

    CtFrame frame = CtFrame.of(series, SLICES).orElseThrow();

    assertThat(frame.firstOffsetMm()).isZero();
    assertThat(frame.lastOffsetMm()).isEqualTo(20);
    assertThat(frame.spacingMm()).isEqualTo(6);
  }

  @Test
  void slicesInOnePlaceAreNoFrame() {
    assertThat(CtFrame.of(series(slice("a", 3), slice("b", 3)), SLICES)).isEmpty();
  }

  @Test
  void aRegionWellInsideTouchesNoBorder() {
    assertThat(frame().isTouchedBy(roi(closed(1, 1, 3, 8, 1, 3, 8, 8, 3, 5, 5, 6)))).isFalse();
  }

  @Test
  void aRegionWithinOneVoxelOfAnySideTouchesTheBorder() {
    List<double[]> outside =
        List.of(
            new double[] {0.9, 5, 6},
            new double[] {8.1, 5, 6},
            new double[] {5, 0.9, 6},
            new double[] {5, 8.1, 6},
            new double[] {5, 5, 1.4},
            new double[] {5, 5, 10.6});

    for (double[] point : outside) {
      double[] points = {5, 5, 6, 6, 5, 6, point[0], point[1], point[2]};
      assertThat(frame().isTouchedBy(roi(closed(points)))).as(Arrays.toString(point)).isTrue();
    }
  }

  @Test
  void onlyContoursThatEncloseAnAreaCount() {
    double[] outside = {-5, -5, 0};

    assertThat(frame().isTouchedBy(roi(new Contour(Contour.Type.POINT, outside, null)))).isFalse();
    assertThat(frame().isTouchedBy(roi(new Contour(Contour.Type.CLOSEDPLANAR_XOR, outside, null))))
        .isTrue();
    assertThat(frame().isTouchedBy(roi())).isFalse();
  }

  /** Slices at 0, 3, 6, 9 and 12 mm. */
  private static CtFrame frame() {
    InstanceHeader[] slices =
        IntStream.range(0, 5).mapToObj(k -> slice("s" + k, 3 * k)).toArray(InstanceHeader[]::new);
    return CtFrame.of(series(slices), SLICES).orElseThrow();
  }

  private static Roi roi(Contour... contours) {
    return new Roi(1, "Cord", null, null, null, List.of(contours));
  }

  private static Contour closed(double... pointsMm) {
    return new Contour(Contour.Type.CLOSED_PLANAR, pointsMm, null);
  }

  private static ImageSeries series(InstanceHeader... headers) {
    return new ImageSeries("1.2", "1.1", null, "CT", List.of(headers));
  }

  private static InstanceHeader slice(String uid, double zMm) {
    return image(uid, List.of(0.0, 0.0, zMm), AXIAL);
  }

  private static InstanceHeader image(
      String uid, List<Double> positionMm, List<Double> orientation) {
    return header(
        uid, new ObjectFacts.Image(null, List.of(), null, 10, 10, 1, positionMm, orientation));
  }

  private static InstanceHeader header(String uid, ObjectFacts facts) {
    return new InstanceHeader(
        new FileRef(uid, 0, 0),
        "ct",
        uid,
        "P",
        "1.1",
        "1.2",
        null,
        "CT",
        List.of(),
        facts,
        List.of());
  }
}
