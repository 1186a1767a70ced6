package org.rtpipeline.phantom;

import static java.lang.Math.PI;
import static java.lang.Math.acos;
import static java.lang.Math.log;
import static java.lang.Math.sqrt;

/**
 * How the volume of a solid that is symmetric about its centre is spread along an axis, in units of
 * its half extent: u = -1 at the low end, 0 at the centre, 1 at the high end.
 */
enum Spread {
  /** Even: a box, or a cylinder along its own axis. */
  EVEN {
    @Override
    double upperShare(double u) {
      return (1 - u) / 2;
    }

    @Override
    double upperExcess(double u) {
      return (1 - u) * (1 - u) / 4;
    }
  },
  /** A disc: a cylinder across its axis, circular or elliptic. */
  DISC {
    @Override
    double upperShare(double u) {
      return (acos(u) - u * sqrt(1 - u * u)) / PI;
    }

    @Override
    double upperExcess(double u) {
      double w = sqrt(1 - u * u);
      return (w - u * acos(u) - w * w * w / 3) / PI;
    }
  },
  /** A ball: a sphere or an ellipsoid. */
  BALL {
    @Override
    double upperShare(double u) {
      return (1 - u) * (1 - u) * (2 + u) / 4;
    }

    @Override
    double upperExcess(double u) {
      return (0.75 - 2 * u + 1.5 * u * u - u * u * u * u / 4) / 4;
    }
  },
  /** A cone across its axis. */
  CONE {
    @Override
    double upperShare(double u) {
      double w = sqrt(1 - u * u);
      return (acos(u) - 2 * u * w + cubeTimesArsech(u)) / PI;
    }

    @Override
    double upperExcess(double u) {
      double w = sqrt(1 - u * u);
      return (1.25 * w - u * acos(u) - 0.75 * w * w * w - u * cubeTimesArsech(u) / 4) / PI;
    }
  };

  /** Share of the volume at u or beyond, for u from 0 to 1. */
  abstract double upperShare(double u);

  /** Integral of {@link #upperShare} from u to 1, for u from 0 to 1. */
  abstract double upperExcess(double u);

  /** Share of the volume at u or beyond, any u. */
  final double share(double u) {
    if (u >= 1) {
      return 0;
    }
    if (u <= -1) {
      return 1;
    }
    return u >= 0 ? upperShare(u) : 1 - upperShare(-u);
  }

  /** Mean over the volume of how far it lies beyond u, counting 0 for what lies below; any u. */
  final double excess(double u) {
    if (u >= 1) {
      return 0;
    }
    if (u <= -1) {
      return -u;
    }
    return u >= 0 ? upperExcess(u) : upperExcess(-u) - u;
  }

  private static double cubeTimesArsech(double u) {
    return u == 0 ? 0 : u * u * u * log((1 + sqrt(1 - u * u)) / u);
  }
}
