package org.rtpipeline.segmentation;

/** Holes of a mask inside single planes: what the border of the plane cannot reach. */
final class PlaneHoles {

  private static final byte OUTSIDE = 2;
  private static final byte FILLED = 3;

  private PlaneHoles() {}

  /** The mask with all holes of every plane filled; voxels hang together by their edges. */
  static byte[] filled(byte[] mask, Lattice lattice) {
    return filled(mask, lattice, Double.POSITIVE_INFINITY);
  }

  /** The mask with the holes of every plane filled that are no larger than an area, mm². */
  static byte[] filled(byte[] mask, Lattice lattice, double largestMm2) {
    byte[] out = mask.clone();
    int[] stack = new int[lattice.planeVoxels()];
    double most = largestMm2 / (lattice.columnMm() * lattice.rowMm());
    for (int k = 0; k < lattice.planes(); k++) {
      int first = k * lattice.planeVoxels();
      markOutside(out, lattice, first, stack);
      for (int at = first; at < first + lattice.planeVoxels(); at++) {
        if (out[at] == 0) {
          int voxels = flood(out, lattice, first, stack, start(out, stack, at));
          byte value = voxels <= most ? FILLED : OUTSIDE;
          for (int v = 0; v < voxels; v++) {
            out[stack[v]] = value;
          }
        }
      }
    }
    for (int at = 0; at < out.length; at++) {
      out[at] = (byte) (out[at] == OUTSIDE ? 0 : 1);
    }
    return out;
  }

  private static int start(byte[] mask, int[] queue, int at) {
    mask[at] = OUTSIDE;
    queue[0] = at;
    return 1;
  }

  private static void markOutside(byte[] mask, Lattice lattice, int first, int[] stack) {
    int columns = lattice.columns();
    int end = first + lattice.planeVoxels();
    int depth = 0;
    for (int at = first; at < end; at++) {
      int i = (at - first) % columns;
      boolean border = i == 0 || i == columns - 1 || at < first + columns || at >= end - columns;
      if (border && mask[at] == 0) {
        mask[at] = OUTSIDE;
        stack[depth++] = at;
      }
    }
    flood(mask, lattice, first, stack, depth);
  }

  /** Marks all that hangs together with the queued voxels; they and it are in the queue then. */
  private static int flood(byte[] mask, Lattice lattice, int first, int[] queue, int queued) {
    int columns = lattice.columns();
    int end = first + lattice.planeVoxels();
    int count = queued;
    for (int next = 0; next < count; next++) {
      int at = queue[next];
      int i = (at - first) % columns;
      if (i > 0 && mask[at - 1] == 0) {
        mask[at - 1] = OUTSIDE;
        queue[count++] = at - 1;
      }
      if (i + 1 < columns && mask[at + 1] == 0) {
        mask[at + 1] = OUTSIDE;
        queue[count++] = at + 1;
      }
      if (at - columns >= first && mask[at - columns] == 0) {
        mask[at - columns] = OUTSIDE;
        queue[count++] = at - columns;
      }
      if (at + columns < end && mask[at + columns] == 0) {
        mask[at + columns] = OUTSIDE;
        queue[count++] = at + columns;
      }
    }
    return count;
  }
}
