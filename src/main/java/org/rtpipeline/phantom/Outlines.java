package org.rtpipeline.phantom;

import static java.lang.Math.PI;
import static java.lang.Math.cos;
import static java.lang.Math.max;
import static java.lang.Math.min;
import static java.lang.Math.sin;
import static java.lang.Math.sqrt;

/** Polygons for sections of solids, x and y in turn, mm. */
final class Outlines {

  private static final int FEWEST_VERTICES = 96;
  private static final int MOST_VERTICES = 360;
  private static final double VERTEX_DISTANCE_MM = 1;

  private Outlines() {}

  /**
   * A polygon of exactly the area of the ellipse, its vertices just outside the curve.
   *
   * <p>A regular n-gon inscribed in a circle of radius r has the area n/2 sin(2π/n) r², so r is
   * stretched by sqrt((2π/n)/sin(2π/n)).
   */
  static double[] ellipse(double xMm, double yMm, double semiXMm, double semiYMm) {
    int n = vertices(max(semiXMm, semiYMm));
    double step = 2 * PI / n;
    double stretch = sqrt(step / sin(step));
    double[] outline = new double[2 * n];
    for (int i = 0; i < n; i++) {
      outline[2 * i] = xMm + stretch * semiXMm * cos(i * step);
      outline[2 * i + 1] = yMm + stretch * semiYMm * sin(i * step);
    }
    return outline;
  }

  /** A rectangle along the axes, given by its centre and half sizes. */
  static double[] rectangle(double xMm, double yMm, double halfXMm, double halfYMm) {
    return new double[] {
      xMm - halfXMm,
      yMm - halfYMm,
      xMm + halfXMm,
      yMm - halfYMm,
      xMm + halfXMm,
      yMm + halfYMm,
      xMm - halfXMm,
      yMm + halfYMm
    };
  }

  /**
   * One outline that walks the outer one, crosses to the inner one, walks it the other way round
   * and comes back on the same bridge.
   */
  static double[] keyhole(double[] outer, double[] inner) {
    int outerVertices = outer.length / 2;
    int innerVertices = inner.length / 2;
    double[] joined = new double[outer.length + inner.length + 4];
    int at = 0;
    for (int i = 0; i <= outerVertices; i++) {
      at = copyVertex(outer, i % outerVertices, joined, at);
    }
    for (int i = innerVertices; i >= 0; i--) {
      at = copyVertex(inner, i % innerVertices, joined, at);
    }
    return joined;
  }

  private static int copyVertex(double[] from, int vertex, double[] to, int at) {
    to[at] = from[2 * vertex];
    to[at + 1] = from[2 * vertex + 1];
    return at + 2;
  }

  private static int vertices(double radiusMm) {
    int quarter = (int) Math.ceil(PI / 2 * radiusMm / VERTEX_DISTANCE_MM);
    return max(FEWEST_VERTICES, min(MOST_VERTICES, 4 * quarter));
  }
}
