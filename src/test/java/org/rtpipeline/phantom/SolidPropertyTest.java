package org.rtpipeline.phantom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rtpipeline.geometry.Point;

/** Closed forms of solids agree with numeric integration, whatever the solid. */
final class SolidPropertyTest {

  private static final int CELLS = 28;
  private static final double CELL_TOLERANCE = 0.04;
  private static final int STEPS = 4000;

  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void sectionsAddUpToTheVolume(long seed) {
    Solid solid = solid(new SplittableRandom(seed));
    double lowMm = solid.lowestMm(Axis.Z);
    double stepMm = (solid.highestMm(Axis.Z) - lowMm) / STEPS;
    double sum = 0;
    for (int i = 0; i < STEPS; i++) {
      sum += stepMm * sectionMm2(solid, lowMm + (i + 0.5) * stepMm);
    }
    assertThat(sum).isCloseTo(solid.volumeMm3(), within(2e-3 * solid.volumeMm3()));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void sharesAgreeWithCountedCells(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Solid solid = solid(random);
    for (Axis axis : Axis.values()) {
      double lowMm = solid.lowestMm(axis);
      double cutMm = random.nextDouble(lowMm, solid.highestMm(axis));
      double[] counted = counted(solid, axis, cutMm);
      assertThat(solid.shareAbove(axis, cutMm)).isCloseTo(counted[0], within(CELL_TOLERANCE));
      double sizeMm = solid.highestMm(axis) - lowMm;
      assertThat(solid.meanExcessMm(axis, cutMm))
          .isCloseTo(counted[1], within(CELL_TOLERANCE * sizeMm));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void meanExcessIsTheIntegralOfTheShareAbove(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Solid solid = solid(random);
    for (Axis axis : Axis.values()) {
      double highMm = solid.highestMm(axis);
      double cutMm = random.nextDouble(solid.lowestMm(axis) - 5, highMm);
      double stepMm = (highMm - cutMm) / STEPS;
      double integral = 0;
      for (int i = 0; i < STEPS; i++) {
        integral += stepMm * solid.shareAbove(axis, cutMm + (i + 0.5) * stepMm);
      }
      assertThat(solid.meanExcessMm(axis, cutMm)).isCloseTo(integral, within(1e-4));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void sharesFallFromOneToNothing(long seed) {
    Solid solid = solid(new SplittableRandom(seed));
    for (Axis axis : Axis.values()) {
      double lowMm = solid.lowestMm(axis);
      double highMm = solid.highestMm(axis);
      assertThat(solid.shareAbove(axis, lowMm)).isCloseTo(1, within(1e-12));
      assertThat(solid.shareAbove(axis, highMm)).isCloseTo(0, within(1e-12));
      double before = 1;
      for (int i = 1; i < 50; i++) {
        double share = solid.shareAbove(axis, lowMm + (highMm - lowMm) * i / 50);
        assertThat(share).isLessThanOrEqualTo(before + 1e-12);
        before = share;
      }
    }
  }

  static Solid solid(SplittableRandom random) {
    Point centreMm =
        new Point(
            random.nextDouble(-40, 40), random.nextDouble(-40, 40), random.nextDouble(-40, 40));
    Point halfMm =
        new Point(random.nextDouble(5, 30), random.nextDouble(5, 30), random.nextDouble(5, 30));
    Point coreMm = halfMm.times(0.5);
    Point asideMm = centreMm.plus(new Point(2.5 * halfMm.xMm(), 0, 0));
    List<Solid> solids =
        List.of(
            Solid.sphere(centreMm, halfMm.xMm()),
            new Ellipsoid(centreMm, halfMm),
            new Cylinder(Axis.X, centreMm, halfMm),
            new Cylinder(Axis.Y, centreMm, halfMm),
            new Cylinder(Axis.Z, centreMm, halfMm),
            new Box(centreMm, halfMm),
            new Cone(centreMm, halfMm.xMm(), halfMm.zMm(), Cone.Apex.UP),
            new Cone(centreMm, halfMm.xMm(), halfMm.zMm(), Cone.Apex.DOWN),
            new Hollow(
                new Ellipsoid(centreMm, halfMm),
                new Ellipsoid(centreMm, coreMm),
                Hollow.Hole.OWN_CONTOUR),
            new Hollow(
                new Cylinder(Axis.Z, centreMm, halfMm),
                new Cylinder(Axis.Z, centreMm, new Point(coreMm.xMm(), coreMm.yMm(), halfMm.zMm())),
                Hollow.Hole.KEYHOLE),
            new Group(List.of(new Box(centreMm, halfMm), new Ellipsoid(asideMm, halfMm))));
    return solids.get(random.nextInt(solids.size()));
  }

  /** Share above the cut and mean excess, from cells whose centres lie inside. */
  private static double[] counted(Solid solid, Axis axis, double cutMm) {
    double[] lowMm = new double[3];
    double[] stepMm = new double[3];
    int a = 0;
    for (Axis each : Axis.values()) {
      lowMm[a] = solid.lowestMm(each);
      stepMm[a] = (solid.highestMm(each) - lowMm[a]) / CELLS;
      a++;
    }
    double inside = 0;
    double above = 0;
    double excessMm = 0;
    for (int k = 0; k < CELLS; k++) {
      for (int j = 0; j < CELLS; j++) {
        for (int i = 0; i < CELLS; i++) {
          Point pointMm =
              new Point(
                  lowMm[0] + (i + 0.5) * stepMm[0],
                  lowMm[1] + (j + 0.5) * stepMm[1],
                  lowMm[2] + (k + 0.5) * stepMm[2]);
          if (solid.contains(pointMm)) {
            inside++;
            double beyondMm = axis.ofMm(pointMm) - cutMm;
            above += beyondMm >= 0 ? 1 : 0;
            excessMm += Math.max(0, beyondMm);
          }
        }
      }
    }
    return new double[] {above / inside, excessMm / inside};
  }

  /** Even-odd area: an outline inside another one is a hole; disjoint outlines add up. */
  static double sectionMm2(Solid solid, double zMm) {
    List<double[]> outlines = solid.outlinesMm(zMm);
    double area = 0;
    for (double[] outline : outlines) {
      long around =
          outlines.stream().filter(other -> other != outline && holds(other, outline)).count();
      area += (around % 2 == 0 ? 1 : -1) * Math.abs(signedArea(outline));
    }
    return area;
  }

  private static boolean holds(double[] outer, double[] inner) {
    boolean inside = false;
    int n = outer.length / 2;
    for (int i = 0, j = n - 1; i < n; j = i++) {
      double yi = outer[2 * i + 1];
      double yj = outer[2 * j + 1];
      if (yi > inner[1] != yj > inner[1]) {
        double x = outer[2 * i] + (inner[1] - yi) * (outer[2 * j] - outer[2 * i]) / (yj - yi);
        inside ^= inner[0] < x;
      }
    }
    return inside;
  }

  private static double signedArea(double[] outline) {
    double twice = 0;
    int n = outline.length / 2;
    for (int i = 0, j = n - 1; i < n; j = i++) {
      twice += outline[2 * j] * outline[2 * i + 1] - outline[2 * i] * outline[2 * j + 1];
    }
    return twice / 2;
  }
}
