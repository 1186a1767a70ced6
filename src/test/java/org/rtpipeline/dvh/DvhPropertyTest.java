package org.rtpipeline.dvh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.model.Contour;
import org.rtpipeline.model.DoseGrid;
import org.rtpipeline.model.Roi;

/** Laws that hold for any region and dose: bars A7 and A8, and what must change nothing. */
final class DvhPropertyTest {

  private static final List<Roi> CURVED =
      List.of(
          Shapes.named("sphere", Shapes.sphere(12, 1, new Point(0, 0, 0))),
          Shapes.named("cylinder", Shapes.cylinderX(1)),
          Shapes.named("cone", Shapes.coneZ(1)));

  private static final double[] PERCENTS = {0, 1, 2, 5, 20, 50, 80, 95, 98, 99, 100};

  private static IntStream seeds() {
    return IntStream.range(0, 200);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void curveFallsFromTheVolumeToNothing(int seed) {
    RoiDoseVolume volume = volume(region(seed), dose(seed, grid()));
    DoseVolumeCurve curve = volume.curve().orElseThrow();
    double last = Double.POSITIVE_INFINITY;
    for (double gy = 0; gy < 80; gy += 0.37) {
      double here = curve.volumeAtLeastCm3(gy);
      assertThat(here).isLessThanOrEqualTo(last).isGreaterThanOrEqualTo(0);
      last = here;
    }
    assertThat(curve.volumeAtLeastCm3(0)).isCloseTo(volume.volumeInGridCm3(), within(1e-9));
    assertThat(volume.doseAtVolumePct(100)).isEqualTo(volume.minGy());
    assertThat(volume.doseAtVolumePct(0)).isEqualTo(volume.maxGy());
    assertThat(java.util.Arrays.stream(curve.differentialCm3()).sum())
        .isCloseTo(volume.volumeInGridCm3(), within(1e-9));
    assertThat(volume.meanGy().orElseThrow())
        .isBetween(volume.minGy().orElseThrow(), volume.maxGy().orElseThrow());
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void shiftOfRegionAndDoseTogetherChangesNothing(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Point shift =
        new Point(
            200 * random.nextDouble() - 100,
            200 * random.nextDouble() - 100,
            200 * random.nextDouble() - 100);
    VoxelGrid moved = moved(grid(), at -> at.plus(shift), direction -> direction);
    assertSame(
        volume(region(seed), dose(seed, grid())),
        volume(moved(region(seed), at -> at.plus(shift)), dose(seed, moved)));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void rotationOfRegionAndDoseTogetherChangesNothing(int seed) {
    UnaryOperator<Point> turn = rotation(new SplittableRandom(seed));
    assertSame(
        volume(region(seed), dose(seed, grid())),
        volume(moved(region(seed), turn), dose(seed, moved(grid(), turn, turn))));
  }

  /**
   * The dose is linear, so that any grid carries it: what changes is where grid and contours meet.
   */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void motionWithinAVoxelOfAFixedGridChangesLessThanTheBarsOfFineSlices(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Roi solid = CURVED.get(seed % CURVED.size());
    Point shift =
        new Point(random.nextDouble() - 0.5, random.nextDouble() - 0.5, random.nextDouble() - 0.5);
    UnaryOperator<Point> turn = turn(seed, random);
    Point rise = new Point(0.6, 0, 0.8);
    DoseGrid still = Shapes.dose(fineGrid(), at -> 40 + at.dot(rise));
    Point turned = turn.apply(rise);
    DoseGrid moved = Shapes.dose(fineGrid(), at -> 40 + at.minus(shift).dot(turned));
    RoiDoseVolume before = new DoseVolumeCalculator(still, DvhOptions.DEFAULT).of(solid, 1);
    RoiDoseVolume after =
        new DoseVolumeCalculator(moved, DvhOptions.DEFAULT)
            .of(moved(solid, at -> turn.apply(at).plus(shift)), 1);
    assertThat(after.volumeCm3()).isCloseTo(before.volumeCm3(), within(0.003 * before.volumeCm3()));
    assertThat(after.meanGy().orElseThrow()).isCloseTo(before.meanGy().orElseThrow(), within(0.02));
    for (double percent : new double[] {1, 5, 95, 99}) {
      assertThat(after.doseAtVolumePct(percent).orElseThrow())
          .as("D%s%%", percent)
          .isCloseTo(
              before.doseAtVolumePct(percent).orElseThrow(),
              within(percent == 5 || percent == 95 ? 0.1 : 0.2));
    }
    assertThat(after.doseAtVolumeCm3(0.03).orElseThrow())
        .isCloseTo(before.doseAtVolumeCm3(0.03).orElseThrow(), within(0.2));
  }

  /** No rotation, one about the normal of the contours, or one that tilts them. */
  private static UnaryOperator<Point> turn(int seed, SplittableRandom random) {
    return switch (seed % 4) {
      case 0 -> UnaryOperator.identity();
      case 1, 2 -> {
        double angle = 2 * Math.PI * random.nextDouble();
        yield at ->
            new Point(
                at.xMm() * Math.cos(angle) - at.yMm() * Math.sin(angle),
                at.xMm() * Math.sin(angle) + at.yMm() * Math.cos(angle),
                at.zMm());
      }
      default -> rotation(random);
    };
  }

  private static VoxelGrid fineGrid() {
    return VoxelGrid.axial(46, 46, 46, new Point(-22.5, -22.5, -22.5), 1, 1, 1);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void volumeIsThatOfThePrismsWhateverTheDoseGrid(int seed) {
    Roi roi = region(seed);
    double once = volume(roi, dose(seed, grid())).volumeCm3();
    SplittableRandom random = new SplittableRandom(seed);
    double stepMm = 1.5 + 3 * random.nextDouble();
    int n = (int) Math.ceil(60 / stepMm);
    VoxelGrid other = VoxelGrid.axial(n, n, n, new Point(-30, -30, -30), stepMm, stepMm, stepMm);
    RoiDoseVolume volume = volume(roi, dose(seed, other));
    assertThat(volume.volumeCm3()).isCloseTo(once, within(1e-9));
    assertThat(volume.curve().orElseThrow().volumeCm3()).isCloseTo(once, within(1e-6 * once));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void coordinatesInOtherUnitsScaleTheVolumeAndNoDose(int seed) {
    DoseGrid dose = dose(seed, grid());
    VoxelGrid larger = VoxelGrid.axial(17, 15, 13, new Point(-48, -42, -36), 6, 6, 6);
    RoiDoseVolume once = volume(region(seed), dose);
    RoiDoseVolume twice =
        new DoseVolumeCalculator(new DoseGrid(larger, dose.valuesGy()), DvhOptions.DEFAULT)
            .of(moved(region(seed), at -> at.times(2)), 6);
    assertThat(twice.volumeCm3()).isCloseTo(8 * once.volumeCm3(), within(1e-6));
    for (double percent : PERCENTS) {
      assertThat(twice.doseAtVolumePct(percent).orElseThrow())
          .isCloseTo(once.doseAtVolumePct(percent).orElseThrow(), within(1e-4));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void orderOfContoursAndPointsChangesNothing(int seed) {
    Roi roi = region(seed);
    List<Contour> shuffled = new ArrayList<>();
    Random random = new Random(seed);
    for (Contour contour : roi.contours()) {
      shuffled.add(turned(contour, random.nextInt(contour.points()), random.nextBoolean()));
    }
    Collections.shuffle(shuffled, random);
    DoseGrid dose = dose(seed, grid());
    assertSame(volume(roi, dose), volume(Shapes.named("roi", shuffled), dose));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void doseInOtherUnitsScalesEveryDose(int seed) {
    DoseGrid dose = dose(seed, grid());
    float[] doubled = dose.valuesGy().clone();
    for (int v = 0; v < doubled.length; v++) {
      doubled[v] *= 2;
    }
    RoiDoseVolume once = volume(region(seed), dose);
    RoiDoseVolume twice = volume(region(seed), new DoseGrid(dose.grid(), doubled));
    assertThat(twice.volumeCm3()).isEqualTo(once.volumeCm3());
    for (double percent : PERCENTS) {
      assertThat(twice.doseAtVolumePct(percent).orElseThrow())
          .isCloseTo(2 * once.doseAtVolumePct(percent).orElseThrow(), within(1e-3));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void finerCellsChangeLittle(int seed) {
    Roi roi = region(seed);
    DoseGrid dose = dose(seed, grid());
    RoiDoseVolume coarse = volume(roi, dose);
    RoiDoseVolume fine =
        new DoseVolumeCalculator(dose, DvhOptions.DEFAULT.withCellsPerRoi(480_000)).of(roi, 3);
    for (double percent : PERCENTS) {
      assertThat(fine.doseAtVolumePct(percent).orElseThrow())
          .isCloseTo(coarse.doseAtVolumePct(percent).orElseThrow(), within(0.05));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void shortCurveGivesEveryDoseBack(int seed) {
    RoiDoseVolume volume = volume(region(seed), dose(seed, grid()));
    DoseVolumeCurve curve = volume.curve().orElseThrow();
    DoseVolumeCurve.Samples samples = curve.samples(0.005);
    for (double percent = 0; percent <= 100; percent += 0.5) {
      double cm3 = percent / 100 * curve.volumeCm3();
      assertThat(read(samples, cm3)).isCloseTo(curve.doseAtVolumeGy(cm3), within(0.01));
    }
  }

  /** Any dose that the points give for a volume; a level stretch gives its upper end. */
  private static double read(DoseVolumeCurve.Samples samples, double cm3) {
    double[] x = samples.doseGy();
    double[] y = samples.volumeCm3();
    if (cm3 >= y[0]) {
      return x[0];
    }
    for (int p = x.length - 2; p >= 0; p--) {
      if (y[p] >= cm3) {
        double drop = y[p] - y[p + 1];
        return drop > 0 ? x[p] + (x[p + 1] - x[p]) * (y[p] - cm3) / drop : x[p + 1];
      }
    }
    return x[0];
  }

  private static void assertSame(RoiDoseVolume expected, RoiDoseVolume actual) {
    assertThat(actual.volumeCm3()).isCloseTo(expected.volumeCm3(), within(1e-6));
    assertThat(actual.meanGy().orElseThrow())
        .isCloseTo(expected.meanGy().orElseThrow(), within(1e-4));
    for (double percent : PERCENTS) {
      assertThat(actual.doseAtVolumePct(percent).orElseThrow())
          .as("D%s%%", percent)
          .isCloseTo(expected.doseAtVolumePct(percent).orElseThrow(), within(1e-4));
    }
  }

  private static RoiDoseVolume volume(Roi roi, DoseGrid dose) {
    return new DoseVolumeCalculator(dose, DvhOptions.DEFAULT).of(roi, 3);
  }

  private static VoxelGrid grid() {
    return VoxelGrid.axial(17, 15, 13, new Point(-24, -21, -18), 3, 3, 3);
  }

  /** Waves along all axes, 20 to 60 Gy, by voxel, so that a moved grid carries the same doses. */
  private static DoseGrid dose(int seed, VoxelGrid grid) {
    SplittableRandom random = new SplittableRandom(seed + 1000L);
    double a = 0.1 + 0.3 * random.nextDouble();
    double b = 0.1 + 0.3 * random.nextDouble();
    double c = 0.1 + 0.3 * random.nextDouble();
    float[] values = new float[(int) grid.voxels()];
    for (int k = 0; k < grid.planes(); k++) {
      for (int j = 0; j < grid.rows(); j++) {
        for (int i = 0; i < grid.columns(); i++) {
          values[grid.index(i, j, k)] =
              (float) (40 + 20 * Math.sin(a * i) * Math.cos(b * j) * Math.cos(c * k));
        }
      }
    }
    return new DoseGrid(grid, values);
  }

  /** A star-shaped body of random radii on five planes, some of them with a hole. */
  private static Roi region(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Contour> contours = new ArrayList<>();
    for (int k = -2; k <= 2; k++) {
      int corners = 5 + random.nextInt(20);
      double[] xy = new double[2 * corners];
      for (int c = 0; c < corners; c++) {
        double radius = 6 + 8 * random.nextDouble();
        xy[2 * c] = radius * Math.cos(2 * Math.PI * c / corners);
        xy[2 * c + 1] = radius * Math.sin(2 * Math.PI * c / corners);
      }
      contours.add(Shapes.contour(xy, 3 * k + 0.3));
      if (random.nextBoolean()) {
        contours.add(Shapes.contour(Shapes.circle(2, 0.5, 0), 3 * k + 0.3));
      }
    }
    return Shapes.named("roi", contours);
  }

  private static Contour turned(Contour contour, int first, boolean backwards) {
    int n = contour.points();
    double[] from = contour.pointsMm();
    double[] to = new double[from.length];
    for (int p = 0; p < n; p++) {
      int source = Math.floorMod(backwards ? first - p : first + p, n);
      System.arraycopy(from, 3 * source, to, 3 * p, 3);
    }
    return new Contour(contour.type(), to, null);
  }

  private static Roi moved(Roi roi, UnaryOperator<Point> motion) {
    List<Contour> contours = new ArrayList<>();
    for (Contour contour : roi.contours()) {
      double[] to = new double[contour.pointsMm().length];
      for (int p = 0; p < to.length; p += 3) {
        double[] at = contour.pointsMm();
        Point point = motion.apply(new Point(at[p], at[p + 1], at[p + 2]));
        to[p] = point.xMm();
        to[p + 1] = point.yMm();
        to[p + 2] = point.zMm();
      }
      contours.add(new Contour(contour.type(), to, null));
    }
    return Shapes.named("roi", contours);
  }

  private static VoxelGrid moved(
      VoxelGrid grid, UnaryOperator<Point> motion, UnaryOperator<Point> turn) {
    double[] offsetsMm = new double[grid.planes()];
    for (int k = 0; k < offsetsMm.length; k++) {
      offsetsMm[k] = grid.planeOffsetMm(k);
    }
    return new VoxelGrid(
        grid.columns(),
        grid.rows(),
        motion.apply(grid.originMm()),
        turn.apply(grid.rowDirection()),
        turn.apply(grid.columnDirection()),
        grid.columnSpacingMm(),
        grid.rowSpacingMm(),
        offsetsMm);
  }

  private static UnaryOperator<Point> rotation(SplittableRandom random) {
    double a = 2 * Math.PI * random.nextDouble();
    double b = Math.PI * random.nextDouble();
    Point axis = new Point(Math.cos(a) * Math.sin(b), Math.sin(a) * Math.sin(b), Math.cos(b));
    double angle = Math.PI * random.nextDouble();
    return at ->
        at.times(Math.cos(angle))
            .plus(axis.cross(at).times(Math.sin(angle)))
            .plus(axis.times(axis.dot(at) * (1 - Math.cos(angle))));
  }
}
