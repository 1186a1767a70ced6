package org.rtpipeline.radiomics;

/**
 * Area and volume of the marching cubes surface of a mask at 0.5 (Lorensen and Cline 1987).
 *
 * <p>Every vertex is the middle of a cube edge, so a cube adds an area that depends on its eight
 * corners alone: counting cubes by corner code is enough. The volume inside is the sum over
 * triangles of centroid times area vector, over 3, which needs the position of a cube only
 * linearly.
 *
 * <p>Corner x + 2y + 4z is one bit of the code. A code with corner 6 inside is replaced by its
 * complement, turned inside out; how ambiguous cubes and larger polygons are cut into triangles
 * follows PyRadiomics, since area and volume depend on it. Some ambiguous neighbours leave a gap,
 * so the volume also depends on the origin: it is the voxel diagonally before the box.
 *
 * @param areaMm2 surface area
 * @param volumeMm3 volume inside the surface
 */
record SurfaceMesh(double areaMm2, double volumeMm3) {

  /**
   * Triangles of the codes without corner 6, three edges each, codes rising. Edges 0 to 3 run along
   * x from corner (0, y, z) with y + 2z, 4 to 7 along y with x + 2z, 8 to b along z with x + 2y.
   */
  private static final String TRIANGLES =
      ",084,059,458598,14a,08a0a1,05914a,15a59a8a9,1b5,0841b5,0191b9,1841b88b9,4ab4b5,"
          + "08b0b58ab,0494a99ab,8ab8b9,268,024264,059268,259265456,14a268,02112a26a,05914a268,"
          + "15919a26a2a9,1b5268,0241b5264,0191b9268,1641961b9269,2684ab4b5,02526a2a55ab,"
          + "0492684a99ab,26a2a99ab,297,084297,057072,287457478,14a297,08a0a1297,05707214a,"
          + "15717818a287,1b5297,0841b5297,0121721b7,1741b7247284,2974ab4b5,08b0b52978ab,"
          + "04a0720a77ab,28778b8ab,689697,094476497,056068576,456576,14a689697,09116a196697,"
          + "05814a568576,15a56a576,1b5689697,0941b5476497,0181781b7687,1741b7476,4ab4b5689697,"
          + "06a0760970ab0b5,04a0680760ab0b7,6a77ab,37b,08437b,05937b,37b458598,14a37b,08a0a137b,"
          + "05914a37b,15a37b59a8a9,135375,084135375,013039379,137178184798,34a374475,"
          + "07508a0a737a,03704307934a,37939a8a9,26837b,02426437b,05926837b,25926537b456,"
          + "14a26837b,02112a26a37b,05914a26837b,15919a26a2a937b,135268375,024135264375,"
          + "013039268379,139194269379496,26834a374475,02a0a526a37a5a7,03704307926834a,"
          + "26937939a6a9,29b2b3,08429b2b3,03205b0b3,28335b385458,14a29b2b3,08a0a129b2b3,"
          + "03205b0b314a,15a25328535b58a,125132295,084125132295,012132,128132184,29334a394495,"
          + "08525329535a58a,03204334a,28338a,36b68b89b,06409b0b636b,05836b5685b6,36b4565b6,"
          + "14a36b68b89b,06109616a36b69b,05814a36b5685b6,15a35b36556a,135368385589,"
          + "094139195369496,013036068,136164,34a354368389395,09536a,03604a0680a3,36a";

  private static final int CODES = 256;
  private static final int FLIPPED_CORNER = 0x40;

  /**
   * The mesh of a mask.
   *
   * @param mask of the box, not 0 inside; what lies outside the box counts as outside
   * @param size of the box, with spacing
   */
  static SurfaceMesh of(byte[] mask, GridSize size) {
    long[] cubes = new long[CODES];
    long[] sumX = new long[CODES];
    long[] sumY = new long[CODES];
    long[] sumZ = new long[CODES];
    for (int z = -1; z < size.nz(); z++) {
      for (int y = -1; y < size.ny(); y++) {
        int row00 = row(size, y, z);
        int row10 = row(size, y + 1, z);
        int row01 = row(size, y, z + 1);
        int row11 = row(size, y + 1, z + 1);
        int left = 0;
        for (int x = -1; x < size.nx(); x++) {
          int right = 0;
          if (x + 1 < size.nx()) {
            right =
                inside(mask, row00, x + 1)
                    | (inside(mask, row10, x + 1) << 2)
                    | (inside(mask, row01, x + 1) << 4)
                    | (inside(mask, row11, x + 1) << 6);
          }
          int code = left | (right << 1);
          left = right;
          if (code != 0 && code != CODES - 1) {
            cubes[code]++;
            sumX[code] += x + 1;
            sumY[code] += y + 1;
            sumZ[code] += z + 1;
          }
        }
      }
    }
    double areaMm2 = 0;
    double volume = 0;
    String[] table = TRIANGLES.split(",", -1);
    for (int code = 1; code < CODES - 1; code++) {
      if (cubes[code] > 0) {
        boolean flipped = (code & FLIPPED_CORNER) != 0;
        int key = flipped ? code ^ (CODES - 1) : code;
        String edges = table[(key & (FLIPPED_CORNER - 1)) | ((key & 0x80) >> 1)];
        double[] sums = {sumX[code], sumY[code], sumZ[code]};
        for (int t = 0; t < edges.length(); t += 3) {
          double[] a = middle(Character.digit(edges.charAt(t), 16), size);
          double[] b = middle(Character.digit(edges.charAt(t + 1), 16), size);
          double[] c = middle(Character.digit(edges.charAt(t + 2), 16), size);
          double[] n = areaVector(a, b, c);
          areaMm2 += cubes[code] * Math.sqrt(n[0] * n[0] + n[1] * n[1] + n[2] * n[2]);
          double along = 0;
          for (int axis = 0; axis < 3; axis++) {
            double centroids =
                sums[axis] * size.spacingMm(axis) + cubes[code] * (a[axis] + b[axis] + c[axis]) / 3;
            along += centroids * n[axis];
          }
          volume += flipped ? along : -along;
        }
      }
    }
    return new SurfaceMesh(areaMm2, volume / 3);
  }

  private static int row(GridSize size, int y, int z) {
    return y < 0 || y >= size.ny() || z < 0 || z >= size.nz() ? -1 : size.index(0, y, z);
  }

  private static int inside(byte[] mask, int row, int x) {
    return row >= 0 && mask[row + x] != 0 ? 1 : 0;
  }

  /** Middle of a cube edge, mm from corner 0. */
  private static double[] middle(int edge, GridSize size) {
    int along = edge >> 2;
    int first = edge & 1;
    int second = (edge >> 1) & 1;
    double[] at = new double[3];
    for (int axis = 0, next = first; axis < 3; axis++) {
      if (axis == along) {
        at[axis] = size.spacingMm(axis) / 2;
      } else {
        at[axis] = next * size.spacingMm(axis);
        next = second;
      }
    }
    return at;
  }

  private static double[] areaVector(double[] a, double[] b, double[] c) {
    double ux = b[0] - a[0];
    double uy = b[1] - a[1];
    double uz = b[2] - a[2];
    double vx = c[0] - a[0];
    double vy = c[1] - a[1];
    double vz = c[2] - a[2];
    return new double[] {(uy * vz - uz * vy) / 2, (uz * vx - ux * vz) / 2, (ux * vy - uy * vx) / 2};
  }
}
