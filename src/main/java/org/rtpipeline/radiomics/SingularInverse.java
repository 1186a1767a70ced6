package org.rtpipeline.radiomics;

/**
 * Inverse of a 3 x 3 matrix by its singular values (Golub and Reinsch 1970).
 *
 * <p>The order of operations is that of LINPACK's dsvdc, by which ITK inverts the axes of an image,
 * so that the last bits are the same: they decide to which side new voxels half-way between old
 * ones fall.
 */
final class SingularInverse {

  private static final int N = 3;

  private static final int MOST_STEPS = 1000;

  private final double[][] x;
  private final double[][] u = new double[N][N];
  private final double[][] v = new double[N][N];
  private final double[] s = new double[N];
  private final double[] e = new double[N];

  /** A plane rotation, and the length that it leaves. */
  private record Rotation(double cos, double sin, double length) {
    static Rotation of(double a, double b) {
      double scale = Math.abs(a) + Math.abs(b);
      if (scale == 0) {
        return new Rotation(1, 0, 0);
      }
      double length = scale * Math.sqrt(a / scale * (a / scale) + b / scale * (b / scale));
      double signed = Math.copySign(1, Math.abs(a) > Math.abs(b) ? a : b) * length;
      return new Rotation(a / signed, b / signed, signed);
    }

    void turn(double[] one, double[] other) {
      for (int i = 0; i < N; i++) {
        double first = cos * one[i] + sin * other[i];
        other[i] = cos * other[i] - sin * one[i];
        one[i] = first;
      }
    }
  }

  /** Vectors are kept as rows: entry [c][r] of x, u and v is that of column c and row r. */
  private SingularInverse(double[][] matrix) {
    x = new double[N][N];
    for (int c = 0; c < N; c++) {
      for (int r = 0; r < N; r++) {
        x[c][r] = matrix[r][c];
      }
    }
  }

  /**
   * The inverse, row by row; a new array.
   *
   * @throws IllegalArgumentException when the matrix has none
   */
  static double[][] of(double[][] matrix) {
    SingularInverse parts = new SingularInverse(matrix);
    parts.toTwoDiagonals();
    parts.leftVectors();
    parts.rightVectors();
    parts.toOneDiagonal();
    return parts.inverse();
  }

  private double[][] inverse() {
    double[][] out = new double[N][N];
    for (int i = 0; i < N; i++) {
      for (int j = 0; j < N; j++) {
        for (int k = 0; k < N; k++) {
          out[i][j] += v[k][i] * (1 / s[k]) * u[k][j];
        }
      }
    }
    return out;
  }

  private void toTwoDiagonals() {
    for (int l = 0; l < N - 1; l++) {
      s[l] = length(x[l], l);
      if (s[l] != 0) {
        s[l] = x[l][l] == 0 ? s[l] : Math.copySign(s[l], x[l][l]);
        scale(x[l], l, 1 / s[l]);
        x[l][l] += 1;
      }
      s[l] = -s[l];
      for (int j = l + 1; j < N; j++) {
        if (s[l] != 0) {
          add(-dot(x[l], x[j], l) / x[l][l], x[l], x[j], l);
        }
        e[j] = x[j][l];
      }
      System.arraycopy(x[l], l, u[l], l, N - l);
      if (l == 0) {
        firstRow();
      }
    }
    s[N - 1] = x[N - 1][N - 1];
    e[N - 2] = x[N - 1][N - 2];
    e[N - 1] = 0;
  }

  private void firstRow() {
    e[0] = length(e, 1);
    if (e[0] != 0) {
      e[0] = e[1] == 0 ? e[0] : Math.copySign(e[0], e[1]);
      scale(e, 1, 1 / e[0]);
      e[1] += 1;
    }
    e[0] = -e[0];
    if (e[0] != 0) {
      double[] sum = new double[N];
      for (int j = 1; j < N; j++) {
        add(e[j], x[j], sum, 1);
      }
      for (int j = 1; j < N; j++) {
        add(-e[j] / e[1], sum, x[j], 1);
      }
    }
    System.arraycopy(e, 1, v[0], 1, N - 1);
  }

  private void leftVectors() {
    u[N - 1] = new double[N];
    u[N - 1][N - 1] = 1;
    for (int l = N - 2; l >= 0; l--) {
      if (s[l] == 0) {
        u[l] = new double[N];
        u[l][l] = 1;
        continue;
      }
      for (int j = l + 1; j < N; j++) {
        add(-dot(u[l], u[j], l) / u[l][l], u[l], u[j], l);
      }
      scale(u[l], l, -1);
      u[l][l] += 1;
      java.util.Arrays.fill(u[l], 0, l, 0);
    }
  }

  private void rightVectors() {
    for (int l = N - 1; l >= 0; l--) {
      if (l == 0 && e[0] != 0) {
        for (int j = 1; j < N; j++) {
          add(-dot(v[0], v[j], 1) / v[0][1], v[0], v[j], 1);
        }
      }
      java.util.Arrays.fill(v[l], 0);
      v[l][l] = 1;
    }
  }

  private void toOneDiagonal() {
    int m = N;
    int steps = 0;
    while (m > 0) {
      int l = m - 1;
      while (l > 0 && !isNegligible(e[l - 1], Math.abs(s[l - 1]) + Math.abs(s[l]))) {
        l--;
      }
      if (l > 0) {
        e[l - 1] = 0;
      }
      for (int k = l; k < m; k++) {
        double beside = (k < m - 1 ? Math.abs(e[k]) : 0) + (k > l ? Math.abs(e[k - 1]) : 0);
        if (s[k] == 0 || (l < m - 1 && isNegligible(s[k], beside)) || steps > MOST_STEPS) {
          throw new IllegalArgumentException("axes of the image lie in one plane");
        }
      }
      if (l == m - 1) {
        settle(l);
        m--;
        steps = 0;
      } else {
        step(l, m);
        steps++;
      }
    }
  }

  private static boolean isNegligible(double value, double beside) {
    return beside + Math.abs(value) == beside;
  }

  /** One sweep of the shifted QR method over entries l to m - 1. */
  private void step(int l, int m) {
    double scale =
        Math.max(
            Math.max(Math.max(Math.abs(s[m - 1]), Math.abs(s[m - 2])), Math.abs(e[m - 2])),
            Math.max(Math.abs(s[l]), Math.abs(e[l])));
    double last = s[m - 1] / scale;
    double before = s[m - 2] / scale;
    double beside = e[m - 2] / scale;
    double first = s[l] / scale;
    double b = ((before + last) * (before - last) + beside * beside) / 2;
    double c = last * beside * (last * beside);
    double shift = 0;
    if (b != 0 || c != 0) {
      shift = Math.sqrt(b * b + c);
      shift = c / (b + (b < 0 ? -shift : shift));
    }
    double f = (first + last) * (first - last) + shift;
    double g = first * (e[l] / scale);
    for (int k = l; k < m - 1; k++) {
      Rotation right = Rotation.of(f, g);
      if (k != l) {
        e[k - 1] = right.length();
      }
      f = right.cos() * s[k] + right.sin() * e[k];
      e[k] = right.cos() * e[k] - right.sin() * s[k];
      g = right.sin() * s[k + 1];
      s[k + 1] = right.cos() * s[k + 1];
      right.turn(v[k], v[k + 1]);
      Rotation left = Rotation.of(f, g);
      s[k] = left.length();
      f = left.cos() * e[k] + left.sin() * s[k + 1];
      s[k + 1] = -left.sin() * e[k] + left.cos() * s[k + 1];
      g = left.sin() * e[k + 1];
      e[k + 1] = left.cos() * e[k + 1];
      left.turn(u[k], u[k + 1]);
    }
    e[m - 2] = f;
  }

  /** Makes a finished singular value positive and puts it in its place, the largest first. */
  private void settle(int found) {
    int l = found;
    if (s[l] < 0) {
      s[l] = -s[l];
      scale(v[l], 0, -1);
    }
    while (l < N - 1 && s[l] < s[l + 1]) {
      double value = s[l];
      s[l] = s[l + 1];
      s[l + 1] = value;
      swap(v, l);
      swap(u, l);
      l++;
    }
  }

  private static void swap(double[][] vectors, int l) {
    double[] kept = vectors[l];
    vectors[l] = vectors[l + 1];
    vectors[l + 1] = kept;
  }

  /** Length of the entries from a first one on, without overflow (Hammarling 1982). */
  private static double length(double[] a, int from) {
    double scale = 0;
    double sum = 1;
    for (int i = from; i < N; i++) {
      double size = Math.abs(a[i]);
      if (size > scale) {
        sum = sum * (scale / size * (scale / size)) + 1;
        scale = size;
      } else if (size != 0) {
        sum += size / scale * (size / scale);
      }
    }
    return scale * Math.sqrt(sum);
  }

  private static double dot(double[] a, double[] b, int from) {
    double sum = 0;
    for (int i = from; i < N; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static void add(double factor, double[] from, double[] to, int first) {
    for (int i = first; i < N; i++) {
      to[i] += factor * from[i];
    }
  }

  private static void scale(double[] a, int from, double factor) {
    for (int i = from; i < N; i++) {
      a[i] *= factor;
    }
  }
}
