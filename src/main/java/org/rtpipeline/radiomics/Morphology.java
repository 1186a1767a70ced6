package org.rtpipeline.radiomics;

/** Numbers of the shape of a region, and of how intensity lies in it (IBSI 1, HCUG). */
final class Morphology {

  private Morphology() {}

  /**
   * The numbers, in the order of the features of the family, but for Moran's I and Geary's C.
   *
   * @param morphology mask of the box for shape
   * @param intensity mask of the box for intensities
   * @param x intensities of the box
   * @param size of the box, with spacing
   */
  static double[] of(byte[] morphology, byte[] intensity, double[] x, GridSize size) {
    SurfaceMesh mesh = SurfaceMesh.of(morphology, size);
    PrincipalAxes axes = PrincipalAxes.of(morphology, size);
    double volume = mesh.volumeMm3();
    double area = mesh.areaMm2();
    double sphere = Math.cbrt(36 * Math.PI * volume * volume);
    double sample = axes.voxels() / (axes.voxels() - 1.0);
    double major = axes.majorMm2() * sample;
    double minor = axes.minorMm2() * sample;
    double least = axes.leastMm2() * sample;
    Ellipsoid covariance = Ellipsoid.ofCovariance(major, minor, least);
    ConvexHull hull =
        ConvexHull.of(
            Diameters.hullCandidates(morphology, size),
            new double[] {size.dxMm() / 2, size.dyMm() / 2, size.dzMm() / 2});
    OrientedBox box = OrientedBox.of(hull);
    Ellipsoid enclosing = Ellipsoid.round(hull.corners());
    double xMm = size.nx() * size.dxMm();
    double yMm = size.ny() * size.dyMm();
    double zMm = size.nz() * size.dzMm();
    return new double[] {
      volume,
      axes.voxels() * size.voxelMm3(),
      area,
      area / volume,
      volume / Math.sqrt(Math.PI * area * area * area),
      36 * Math.PI * volume * volume / (area * area * area),
      area / sphere,
      sphere / area,
      Math.cbrt(area * area * area / (36 * Math.PI * volume * volume)) - 1,
      centreShiftMm(morphology, intensity, x, size),
      Diameters.of(morphology, size).spaceMm(),
      PrincipalAxes.lengthMm(major),
      PrincipalAxes.lengthMm(minor),
      PrincipalAxes.lengthMm(least),
      Math.sqrt(minor / major),
      Math.sqrt(least / major),
      volume / (xMm * yMm * zMm),
      area / (2 * (xMm * yMm + yMm * zMm + zMm * xMm)),
      volume / box.volumeMm3(),
      area / box.areaMm2(),
      volume / covariance.volumeMm3(),
      area / covariance.areaMm2(),
      volume / enclosing.volumeMm3(),
      area / enclosing.areaMm2(),
      volume / hull.volumeMm3(),
      area / hull.areaMm2(),
      meanInside(x, intensity) * volume
    };
  }

  private static double meanInside(double[] x, byte[] mask) {
    double sum = 0;
    int n = 0;
    for (int i = 0; i < x.length; i++) {
      if (mask[i] != 0) {
        sum += x[i];
        n++;
      }
    }
    return sum / n;
  }

  /** Distance between the centre of the mask and the centre weighted by intensity, mm. */
  private static double centreShiftMm(
      byte[] morphology, byte[] intensity, double[] x, GridSize size) {
    double[] plain = new double[4];
    double[] weighted = new double[4];
    int at = 0;
    for (int k = 0; k < size.nz(); k++) {
      for (int j = 0; j < size.ny(); j++) {
        for (int i = 0; i < size.nx(); i++, at++) {
          addPoint(plain, morphology[at] == 0 ? 0 : 1, i, j, k);
          addPoint(weighted, intensity[at] == 0 ? 0 : x[at], i, j, k);
        }
      }
    }
    double dx = (plain[0] / plain[3] - weighted[0] / weighted[3]) * size.dxMm();
    double dy = (plain[1] / plain[3] - weighted[1] / weighted[3]) * size.dyMm();
    double dz = (plain[2] / plain[3] - weighted[2] / weighted[3]) * size.dzMm();
    return Math.sqrt(dx * dx + dy * dy + dz * dz);
  }

  private static void addPoint(double[] sums, double weight, int i, int j, int k) {
    sums[0] += weight * i;
    sums[1] += weight * j;
    sums[2] += weight * k;
    sums[3] += weight;
  }
}
