package org.rtpipeline.metadata;

import java.io.Serializable;

/**
 * Modulation complexity score of the apertures of a beam: McNiven et al. 2010 for static segments,
 * Masi et al. 2013 where the aperture changes while the beam is on. The second is the first when
 * both ends of an interval have the same aperture, so one formula serves both.
 */
final class ModulationComplexity {

  private ModulationComplexity() {}

  /**
   * The score and what it is made of, each weighted with the meterset.
   *
   * @param score modulation complexity score, 1 for one open field whose leaves are aligned, toward
   *     0 the more the apertures vary
   * @param leafSequenceVariability how little neighbouring leaves differ, 0 to 1
   * @param apertureAreaVariability area of the apertures relative to the widest opening of every
   *     leaf pair, 0 to 1
   */
  record Score(double score, double leafSequenceVariability, double apertureAreaVariability)
      implements Serializable {}

  /**
   * The score of a beam: Σ ½(LSVᵢ + LSVᵢ₊₁) · ½(AAVᵢ + AAVᵢ₊₁) · MUᵢ,ᵢ₊₁ / MU over the intervals
   * between control points.
   *
   * <p>LSV of a control point is the product over both banks of Σ (pmax − |pₙ − pₙ₊₁|) / ((N − 1) ·
   * pmax) over its N open pairs in order, pmax the range of the positions of the bank there; 1 for
   * a bank whose leaves are aligned and for a single pair, 0 for a closed aperture. AAV is the sum
   * of the openings of the open pairs over the sum, over all pairs that open in the beam, of the
   * widest opening that the extreme positions of both banks enclose. Control points at which no
   * meterset is given do not count.
   *
   * @param cumulative cumulative meterset of each control point, any unit, ascending
   * @param firstMm positions of the first bank per control point and pair, mm
   * @param secondMm positions of the second bank, same shape
   * @param open pairs that lie between the jaws and are apart, same shape
   * @return the score; all three are NaN when no meterset is given or nothing opens
   */
  static Score of(double[] cumulative, double[][] firstMm, double[][] secondMm, boolean[][] open) {
    int points = cumulative.length;
    if (firstMm.length != points || secondMm.length != points || open.length != points) {
      throw new IllegalArgumentException(
          "cumulative metersets "
              + points
              + ", control points "
              + firstMm.length
              + ", "
              + secondMm.length
              + " and "
              + open.length);
    }
    boolean[] given = new boolean[points];
    for (int i = 0; i + 1 < points; i++) {
      boolean on = cumulative[i + 1] > cumulative[i];
      given[i] |= on;
      given[i + 1] |= on;
    }
    double widestMm = widestMm(firstMm, secondMm, open, given);
    double total = points == 0 ? 0 : cumulative[points - 1] - cumulative[0];
    if (widestMm <= 0 || total <= 0) {
      return new Score(Double.NaN, Double.NaN, Double.NaN);
    }
    double score = 0;
    double sequence = 0;
    double area = 0;
    for (int i = 0; i + 1 < points; i++) {
      double share = (cumulative[i + 1] - cumulative[i]) / total;
      if (share > 0) {
        double lsv =
            (leafSequence(firstMm[i], secondMm[i], open[i])
                    + leafSequence(firstMm[i + 1], secondMm[i + 1], open[i + 1]))
                / 2;
        double aav =
            (openMm(firstMm[i], secondMm[i], open[i])
                    + openMm(firstMm[i + 1], secondMm[i + 1], open[i + 1]))
                / (2 * widestMm);
        score += share * lsv * aav;
        sequence += share * lsv;
        area += share * aav;
      }
    }
    return new Score(score, sequence, area);
  }

  private static double widestMm(
      double[][] firstMm, double[][] secondMm, boolean[][] open, boolean[] given) {
    int pairs = open.length == 0 ? 0 : open[0].length;
    double sumMm = 0;
    for (int pair = 0; pair < pairs; pair++) {
      double lowMm = Double.POSITIVE_INFINITY;
      double highMm = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < open.length; i++) {
        if (given[i] && open[i][pair]) {
          lowMm = Math.min(lowMm, firstMm[i][pair]);
          highMm = Math.max(highMm, secondMm[i][pair]);
        }
      }
      sumMm += highMm > lowMm ? highMm - lowMm : 0;
    }
    return sumMm;
  }

  private static double openMm(double[] firstMm, double[] secondMm, boolean[] open) {
    double sumMm = 0;
    for (int pair = 0; pair < open.length; pair++) {
      sumMm += open[pair] ? secondMm[pair] - firstMm[pair] : 0;
    }
    return sumMm;
  }

  private static double leafSequence(double[] firstMm, double[] secondMm, boolean[] open) {
    return ofBank(firstMm, open) * ofBank(secondMm, open);
  }

  private static double ofBank(double[] positionsMm, boolean[] open) {
    double lowMm = Double.POSITIVE_INFINITY;
    double highMm = Double.NEGATIVE_INFINITY;
    double beforeMm = 0;
    double stepsMm = 0;
    int pairs = 0;
    for (int pair = 0; pair < open.length; pair++) {
      if (open[pair]) {
        double mm = positionsMm[pair];
        lowMm = Math.min(lowMm, mm);
        highMm = Math.max(highMm, mm);
        stepsMm += pairs == 0 ? 0 : Math.abs(mm - beforeMm);
        beforeMm = mm;
        pairs++;
      }
    }
    if (pairs == 0) {
      return 0;
    }
    double rangeMm = highMm - lowMm;
    return rangeMm > 0 ? 1 - stepsMm / ((pairs - 1) * rangeMm) : 1;
  }
}
