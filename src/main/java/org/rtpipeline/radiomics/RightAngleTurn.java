package org.rtpipeline.radiomics;

import java.util.ArrayList;
import java.util.List;

/**
 * A rotation that carries axes onto axes.
 *
 * @param from axis that comes to lie along x, y and z
 * @param sign -1 where that axis is reversed, else 1
 */
record RightAngleTurn(List<Integer> from, List<Integer> sign) {

  /** Leaves all as it is. */
  static final RightAngleTurn NONE = new RightAngleTurn(List.of(0, 1, 2), List.of(1, 1, 1));

  /** The 24 rotations of a volume, or the 4 that keep the slices of a plane. */
  static List<RightAngleTurn> within(TexturePlane plane) {
    List<RightAngleTurn> turns = new ArrayList<>();
    for (int code = 0; code < 6 * 8; code++) {
      int first = code % 3;
      int step = 1 + code / 3 % 2;
      List<Integer> from = List.of(first, (first + step) % 3, (first + 2 * step) % 3);
      int flips = code / 6;
      List<Integer> sign = List.of(1 - 2 * (flips & 1), 1 - (flips & 2), 1 - (flips & 4) / 2);
      RightAngleTurn turn = new RightAngleTurn(from, sign);
      int handedness = sign.get(0) * sign.get(1) * sign.get(2) * (step == 1 ? 1 : -1);
      if (handedness == 1 && turn.keeps(plane)) {
        turns.add(turn);
      }
    }
    return turns;
  }

  private boolean keeps(TexturePlane plane) {
    for (int axis = 0; axis < 3; axis++) {
      if (!plane.contains(axis) && (from.get(axis) != axis || sign.get(axis) != 1)) {
        return false;
      }
    }
    return true;
  }

  /** Kernels along x, y and z of the turned filter. */
  List<Kernel> of(List<Kernel> kernels) {
    List<Kernel> turned = new ArrayList<>();
    for (int axis = 0; axis < 3; axis++) {
      Kernel kernel = kernels.get(from.get(axis));
      turned.add(sign.get(axis) < 0 ? kernel.flipped() : kernel);
    }
    return turned;
  }
}
