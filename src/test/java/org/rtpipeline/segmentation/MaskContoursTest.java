package org.rtpipeline.segmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rtpipeline.dicom.ContourImages;
import org.rtpipeline.dicom.DicomException;
import org.rtpipeline.dicom.RtStructReader;
import org.rtpipeline.dicom.RtStructWriter;
import org.rtpipeline.dicom.SeriesContext;
import org.rtpipeline.dicom.StudyContext;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.model.Contour;
import org.rtpipeline.model.Roi;
import org.rtpipeline.model.StructureSet;

final class MaskContoursTest {

  private static final VoxelGrid FLAT = VoxelGrid.axial(64, 64, 1, Point.ORIGIN, 1, 1, 1);

  /** A grid that lies askew in the patient, with uneven planes. */
  private static VoxelGrid oblique(int columns, int rows, int planes) {
    Point row = new Point(0.8, 0.36, -0.48);
    Point column = new Point(-0.6, 0.48, -0.64);
    double[] offsetsMm = new double[planes];
    for (int k = 1; k < planes; k++) {
      offsetsMm[k] = offsetsMm[k - 1] + (k % 3 == 0 ? 5 : 2.5);
    }
    return new VoxelGrid(
        columns, rows, new Point(-311.4, -222.2, 987.65), row, column, 0.9765625, 1.25, offsetsMm);
  }

  private static byte[] noise(SplittableRandom random, VoxelGrid grid) {
    byte[] mask = new byte[(int) grid.voxels()];
    double share = random.nextDouble();
    for (int at = 0; at < mask.length; at++) {
      mask[at] = (byte) (random.nextDouble() < share ? 1 : 0);
    }
    return mask;
  }

  /** Voxels whose centre lies inside an odd number of contours of its plane. */
  static byte[] rasterized(List<Contour> contours, VoxelGrid grid) {
    byte[] mask = new byte[(int) grid.voxels()];
    for (Contour contour : contours) {
      List<double[]> corners = new ArrayList<>();
      double[] mm = contour.pointsMm();
      for (int p = 0; p < mm.length; p += 3) {
        Point at = new Point(mm[p], mm[p + 1], mm[p + 2]);
        corners.add(new double[] {grid.columnOf(at), grid.rowOf(at), grid.offsetOfMm(at)});
      }
      int plane = 0;
      while (Math.abs(grid.planeOffsetMm(plane) - corners.get(0)[2]) > 0.1) {
        plane++;
      }
      toggle(mask, grid, plane, corners);
    }
    return mask;
  }

  private static void toggle(byte[] mask, VoxelGrid grid, int plane, List<double[]> corners) {
    for (int c = 0; c < corners.size(); c++) {
      double[] from = corners.get(c);
      double[] to = corners.get((c + 1) % corners.size());
      for (int j = 0; j < grid.rows(); j++) {
        if (from[1] <= j != to[1] <= j) {
          double x = from[0] + (j - from[1]) / (to[1] - from[1]) * (to[0] - from[0]);
          for (int i = Math.max(0, (int) Math.ceil(x)); i < grid.columns(); i++) {
            mask[grid.index(i, j, plane)] ^= 1;
          }
        }
      }
    }
  }

  private static List<Contour> throughAFile(List<Contour> contours)
      throws IOException, DicomException {
    Roi roi = new Roi(1, "mask", "ORGAN", "AUTOMATIC", null, contours);
    StructureSet set = new StructureSet("1.2.9", "Auto", null, null, List.of(roi), List.of());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    RtStructWriter.write(
        new StudyContext("P", "A^B", "O", "1.2.3", "1", null, null, "1.2.4"),
        new SeriesContext(
            "1.2.5",
            1,
            "Auto",
            new SeriesContext.Equipment("Maker", "Model", "1"),
            LocalDateTime.of(2024, 2, 3, 4, 5)),
        set,
        new ContourImages("1.2.3", "1.2.6", List.of("1.2.6.1")),
        out);
    StructureSet read = RtStructReader.read("RS.dcm", new ByteArrayInputStream(out.toByteArray()));
    return read.rois().get(0).contours();
  }

  @ParameterizedTest
  @EnumSource(ContourOptions.Holes.class)
  void randomMasksComeBackFromAStructureSetVoxelByVoxel(ContourOptions.Holes holes)
      throws IOException, DicomException {
    SplittableRandom random = new SplittableRandom(17);
    ContourOptions options = new ContourOptions(ContourOptions.Outline.EDGE, holes);
    for (int round = 0; round < 40; round++) {
      VoxelGrid grid =
          oblique(1 + random.nextInt(24), 1 + random.nextInt(24), 1 + random.nextInt(5));
      byte[] mask = noise(random, grid);
      List<Contour> contours = MaskContours.of(mask, grid, List.of(), options);
      assertThat(rasterized(contours, grid)).isEqualTo(mask);
      assertThat(rasterized(throughAFile(contours), grid)).isEqualTo(mask);
    }
  }

  @Test
  void areaIsThatOfThePixels() {
    SplittableRandom random = new SplittableRandom(23);
    for (int round = 0; round < 40; round++) {
      byte[] mask = noise(random, FLAT);
      int voxels = 0;
      for (byte voxel : mask) {
        voxels += voxel;
      }
      double doubleArea = 0;
      for (double[] loop : EdgeOutlines.of(mask, 64, 64, ContourOptions.Holes.KEYHOLE)) {
        doubleArea += Channels.doubleArea(loop);
      }
      assertThat(doubleArea / 2).isCloseTo(voxels, within(1e-9));
    }
  }

  @Test
  void aBlockIsAContourOfFourPoints() {
    byte[] mask = new byte[64 * 64];
    for (int j = 10; j < 20; j++) {
      for (int i = 5; i < 30; i++) {
        mask[j * 64 + i] = 1;
      }
    }
    List<Contour> contours = MaskContours.of(mask, FLAT, List.of("1.2"), ContourOptions.EXACT);
    assertThat(contours).hasSize(1);
    assertThat(contours.get(0).points()).isEqualTo(4);
    assertThat(contours.get(0).imageSopInstanceUid()).isEqualTo("1.2");
    assertThat(contours.get(0).pointsMm()).startsWith(4.5, 9.5, 0);
  }

  @Test
  void pixelsThatTouchByACornerAreTwoContours() {
    byte[] mask = new byte[64 * 64];
    mask[64 * 3 + 3] = 1;
    mask[64 * 4 + 4] = 1;
    assertThat(MaskContours.of(mask, FLAT, List.of(), ContourOptions.EXACT)).hasSize(2);
  }

  @Test
  void aRingIsOneContourWithAKeyholeAndTwoWithout() {
    byte[] ring = disc(12);
    ring[64 * 32 + 32] = 0;
    assertThat(MaskContours.of(ring, FLAT, List.of(), ContourOptions.EXACT)).hasSize(1);
    List<Contour> two =
        MaskContours.of(
            ring,
            FLAT,
            List.of(),
            new ContourOptions(ContourOptions.Outline.EDGE, ContourOptions.Holes.XOR));
    assertThat(two).hasSize(2);
    assertThat(two).allMatch(c -> c.type() == Contour.Type.CLOSEDPLANAR_XOR);
  }

  private static byte[] disc(double radius) {
    byte[] mask = new byte[64 * 64];
    for (int at = 0; at < mask.length; at++) {
      double x = at % 64 - 32;
      double y = at / 64 - 32;
      mask[at] = (byte) (x * x + y * y < radius * radius ? 1 : 0);
    }
    return mask;
  }

  private static double smoothArea(byte[] mask, ContourOptions.Holes holes) {
    double doubleArea = 0;
    for (double[] loop : HalfwayOutlines.of(mask, 64, 64, holes)) {
      doubleArea += Channels.doubleArea(loop);
    }
    return doubleArea / 2;
  }

  @Test
  void halfwayLinesKeepTheAreaOfADiscOfTwentyPixelsWithinOnePercent() {
    for (double radius = 9.3; radius < 30; radius += 1.7) {
      byte[] mask = disc(radius);
      int pixels = 0;
      for (byte pixel : mask) {
        pixels += pixel;
      }
      assertThat(smoothArea(mask, ContourOptions.Holes.SEPARATE))
          .isCloseTo(pixels, within(0.01 * pixels));
    }
  }

  @Test
  void halfwayLinesOfAnyMaskCloseAndKeyholesKeepTheirArea() {
    SplittableRandom random = new SplittableRandom(31);
    for (int round = 0; round < 20; round++) {
      byte[] mask = noise(random, FLAT);
      double separate = smoothArea(mask, ContourOptions.Holes.SEPARATE);
      assertThat(smoothArea(mask, ContourOptions.Holes.KEYHOLE))
          .isCloseTo(separate, within(1e-6 * (1 + Math.abs(separate))));
    }
  }

  @Test
  void halfwayLinesOfASmoothedMaskGiveBackMostOfIt() {
    byte[] mask = disc(15);
    mask[64 * 32 + 32] = 0;
    mask[64 * 32 + 31] = 0;
    mask[64 * 31 + 32] = 0;
    mask[64 * 31 + 31] = 0;
    byte[] back =
        rasterized(
            MaskContours.of(
                mask,
                FLAT,
                List.of(),
                new ContourOptions(ContourOptions.Outline.SUBVOXEL, ContourOptions.Holes.KEYHOLE)),
            FLAT);
    int different = 0;
    for (int at = 0; at < mask.length; at++) {
      different += mask[at] == back[at] ? 0 : 1;
    }
    assertThat(different).isLessThan(8);
  }

  @Test
  void wrongSizesAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MaskContours.of(new byte[1], FLAT, List.of(), ContourOptions.EXACT));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                MaskContours.of(new byte[64 * 64], FLAT, List.of("1", "2"), ContourOptions.EXACT));
  }
}
