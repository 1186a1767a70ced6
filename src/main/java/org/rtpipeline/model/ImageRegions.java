package org.rtpipeline.model;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rtpipeline.geometry.AxialProfile;
import org.rtpipeline.geometry.VoxelGrid;

/**
 * How sure it is that a CT shows each region of the body, from the shape of the body and the air
 * and bone in it: coarse, and without any structure.
 *
 * <p>Every plane is scored for every region by its area and by the shares of air and bone; the
 * regions then lie along the patient in the one order that bodies have (legs, pelvis, abdomen,
 * thorax, head), so that the sum of the scores is as large as can be. A region is as sure as
 * {@value #SURE_MM} mm of planes that score at least {@value #LEAST_SCORE}.
 */
public final class ImageRegions {

  /** Regions this sure count as shown. */
  public static final double SHOWN = 0.5;

  static final double SURE_MM = 60;
  static final double LEAST_SCORE = 0.5;

  private static final AxialProfile.Levels LEVELS = new AxialProfile.Levels(-300, -960, -550, 200);

  /** The normal of planes across the body lies this near the long axis: cos 25°. */
  private static final double LEAST_AXIAL = 0.906;

  private static final double SMALLEST_CM2 = 30;

  /** From feet to head; legs are no region that anybody asks for. */
  private static final int LEGS = 0;

  private static final int STATES = 5;
  private static final List<BodyRegion> OF_STATE =
      List.of(BodyRegion.PELVIS, BodyRegion.ABDOMEN, BodyRegion.THORAX, BodyRegion.HEAD_NECK);

  private ImageRegions() {}

  /**
   * The regions with how sure each is, 0 to 1.
   *
   * @param ct HU
   * @return empty when the planes do not lie across the body
   */
  public static Optional<Map<BodyRegion, Double>> of(ImageVolume ct) {
    VoxelGrid grid = ct.grid();
    double along = grid.normal().zMm();
    if (Math.abs(along) < LEAST_AXIAL) {
      return Optional.empty();
    }
    AxialProfile profile = AxialProfile.of(grid, ct.values(), LEVELS);
    int planes = grid.planes();
    double[][] scores = new double[planes][];
    double[] thicknessMm = new double[planes];
    for (int p = 0; p < planes; p++) {
      int k = along > 0 ? p : planes - 1 - p;
      scores[p] = scores(profile, k);
      thicknessMm[p] = thicknessMm(grid, k);
    }
    int[] states = inOrder(scores, thicknessMm);
    Map<BodyRegion, Double> sure = new EnumMap<>(BodyRegion.class);
    for (int state = LEGS + 1; state < STATES; state++) {
      double shownMm = 0;
      for (int p = 0; p < planes; p++) {
        if (states[p] == state && scores[p][state] >= LEAST_SCORE) {
          shownMm += thicknessMm[p];
        }
      }
      sure.put(OF_STATE.get(state - 1), Math.min(1, shownMm / SURE_MM));
    }
    return Optional.of(sure);
  }

  private static double thicknessMm(VoxelGrid grid, int k) {
    int planes = grid.planes();
    if (planes < 2) {
      return 0;
    }
    double lowMm = grid.planeOffsetMm(Math.max(0, k - 1));
    double highMm = grid.planeOffsetMm(Math.min(planes - 1, k + 1));
    return (highMm - lowMm) / (k == 0 || k == planes - 1 ? 1 : 2);
  }

  /** How well a plane fits each state, 0 to 1; all 0 where there is hardly any body. */
  private static double[] scores(AxialProfile profile, int k) {
    double[] scores = new double[STATES];
    double areaCm2 = profile.areaCm2(k);
    if (areaCm2 < SMALLEST_CM2) {
      return scores;
    }
    double bone = profile.denseShare(k);
    double large = Math.max(rise(areaCm2, 320, 440), rise(profile.cutMm(k), 60, 120));
    double lungs = rise(profile.airShare(k), 0.03, 0.10);
    double pair = rise(profile.secondShare(k), 0.4, 0.7);
    double closed = 1 - rise(profile.airShare(k), 0.05, 0.12);
    scores[0] = pair * closed;
    scores[1] = large * closed * rise(bone, 0.03, 0.06);
    scores[2] = large * closed * (1 - rise(bone, 0.04, 0.07));
    scores[3] = large * Math.max(lungs, 0.4);
    scores[4] = (1 - large) * (1 - pair) * closed * rise(bone, 0.01, 0.03);
    return scores;
  }

  /** 0 up to one value, 1 from another on, straight between. */
  private static double rise(double value, double from, double to) {
    return Math.max(0, Math.min(1, (value - from) / (to - from)));
  }

  /** The states of the planes that never fall from foot to head and have the largest sum. */
  private static int[] inOrder(double[][] scores, double[] thicknessMm) {
    int planes = scores.length;
    double[] best = new double[STATES];
    int[][] from = new int[planes][STATES];
    for (int p = 0; p < planes; p++) {
      double[] next = new double[STATES];
      int source = 0;
      for (int state = 0; state < STATES; state++) {
        source = best[state] > best[source] ? state : source;
        next[state] = best[source] + scores[p][state] * thicknessMm[p];
        from[p][state] = source;
      }
      best = next;
    }
    int state = 0;
    for (int s = 1; s < STATES; s++) {
      state = best[s] > best[state] ? s : state;
    }
    int[] states = new int[planes];
    for (int p = planes - 1; p >= 0; p--) {
      states[p] = state;
      state = from[p][state];
    }
    return states;
  }
}
