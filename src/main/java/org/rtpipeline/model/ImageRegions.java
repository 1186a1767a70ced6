package org.rtpipeline.model;

import java.util.Arrays;
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
 *
 * <p>Planes of a body that score less for every region do not tell what they show: those without
 * bone and lungs, as of a phantom of water, and those of a body that the image cuts, whose size is
 * not known. A region that such planes may hide is neither shown nor absent.
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

  /** A body that runs along more of the border of the image than this has no shape there. */
  private static final double MOST_CUT = 0.5;

  /** From feet to head; legs are no region that anybody asks for. */
  private static final int LEGS = 0;

  private static final int STATES = 5;
  private static final List<BodyRegion> OF_STATE =
      List.of(BodyRegion.PELVIS, BodyRegion.ABDOMEN, BodyRegion.THORAX, BodyRegion.HEAD_NECK);

  private ImageRegions() {}

  /**
   * The regions of which the image tells, with how sure it is that it shows each, 0 to 1.
   *
   * @param ct HU
   * @return empty when the image does not tell of any region, or its planes do not lie across the
   *     body
   */
  public static Optional<Map<BodyRegion, Double>> of(ImageVolume ct) {
    VoxelGrid grid = ct.grid();
    double along = grid.normal().zMm();
    if (Math.abs(along) < LEAST_AXIAL) {
      return Optional.empty();
    }
    AxialProfile profile = AxialProfile.of(grid, ct.values(), LEVELS);
    int planes = grid.planes();
    double borderMm =
        2 * (grid.columns() * grid.columnSpacingMm() + grid.rows() * grid.rowSpacingMm());
    double[][] scores = new double[planes][];
    double[] thicknessMm = new double[planes];
    double untoldMm = 0;
    for (int p = 0; p < planes; p++) {
      int k = along > 0 ? p : planes - 1 - p;
      thicknessMm[p] = thicknessMm(grid, k);
      scores[p] = scores(profile, k, borderMm);
      boolean tells = Arrays.stream(scores[p]).max().orElse(0) >= LEAST_SCORE;
      untoldMm += tells || profile.areaCm2(k) < SMALLEST_CM2 ? 0 : thicknessMm[p];
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
      if (shownMm >= SHOWN * SURE_MM || shownMm + untoldMm < SHOWN * SURE_MM) {
        sure.put(OF_STATE.get(state - 1), Math.min(1, shownMm / SURE_MM));
      }
    }
    return sure.isEmpty() ? Optional.empty() : Optional.of(sure);
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

  /**
   * How well a plane fits each state, 0 to 1; all 0 where there is hardly any body, or too little
   * of it lies in the image.
   */
  private static double[] scores(AxialProfile profile, int k, double borderMm) {
    double[] scores = new double[STATES];
    double areaCm2 = profile.areaCm2(k);
    double cutMm = profile.cutMm(k);
    if (areaCm2 < SMALLEST_CM2 || cutMm > MOST_CUT * borderMm) {
      return scores;
    }
    double bone = profile.denseShare(k);
    double large = rise(areaCm2, 320, 440);
    double maybeLarge = Math.max(large, rise(cutMm, 60, 120));
    double lungs = rise(profile.airShare(k), 0.03, 0.10);
    double pair = rise(profile.secondShare(k), 0.4, 0.7);
    double closed = 1 - rise(profile.airShare(k), 0.05, 0.12);
    double spine = rise(bone, 0.001, 0.004);
    scores[0] = pair * closed;
    scores[1] = large * closed * rise(bone, 0.03, 0.06);
    scores[2] = large * closed * spine * (1 - rise(bone, 0.04, 0.07));
    scores[3] = maybeLarge * Math.max(lungs, 0.4);
    scores[4] = (1 - maybeLarge) * (1 - pair) * closed * rise(bone, 0.01, 0.03);
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
