package org.rtpipeline.radiomics;

import java.util.List;
import java.util.Optional;

/** Nine numbers of the shape of a mask in one plane (PyRadiomics shape2D). */
final class PlaneShape {

  /** Names, in the order of the values. */
  static final List<String> NAMES =
      List.of(
          "Elongation",
          "MajorAxisLength",
          "MaximumDiameter",
          "MeshSurface",
          "MinorAxisLength",
          "Perimeter",
          "PerimeterSurfaceRatio",
          "PixelSurface",
          "Sphericity");

  private PlaneShape() {}

  /**
   * The numbers; empty when the plane is not one or the mask is thicker than one voxel.
   *
   * @param mask of the box, not 0 inside
   * @param size of the box, with spacing
   */
  static Optional<double[]> of(byte[] mask, GridSize size, TexturePlane plane) {
    int across = plane == TexturePlane.AXIAL ? 2 : plane == TexturePlane.CORONAL ? 1 : 0;
    if (plane == TexturePlane.VOLUME || size.count(across) != 1) {
      return Optional.empty();
    }
    int u = across == 0 ? 1 : 0;
    int v = across == 2 ? 1 : 2;
    double du = size.spacingMm(u);
    double dv = size.spacingMm(v);
    Outline outline = Outline.of(mask, size.count(u), size.count(v), du, dv);
    GridSize flat = new GridSize(size.count(u), size.count(v), 1, du, dv, 1);
    PrincipalAxes axes = PrincipalAxes.of(mask, flat);
    Diameters diameters = Diameters.of(mask, flat);
    double surface = outline.surfaceMm2();
    double perimeter = outline.perimeterMm();
    return Optional.of(
        new double[] {
          Math.sqrt(axes.minorMm2() / axes.majorMm2()),
          PrincipalAxes.lengthMm(axes.majorMm2()),
          diameters.sliceMm(),
          surface,
          PrincipalAxes.lengthMm(axes.minorMm2()),
          perimeter,
          perimeter / surface,
          axes.voxels() * du * dv,
          2 * Math.sqrt(Math.PI * surface) / perimeter
        });
  }

  /** Marching squares at 0.5; two corners inside across a diagonal stay apart. */
  private record Outline(double perimeterMm, double surfaceMm2) {

    static Outline of(byte[] mask, int nu, int nv, double du, double dv) {
      double diagonal = Math.sqrt(du * du + dv * dv) / 2;
      double perimeter = 0;
      double surface = 0;
      for (int v = -1; v < nv; v++) {
        for (int u = -1; u < nu; u++) {
          boolean a = inside(mask, nu, nv, u, v);
          boolean b = inside(mask, nu, nv, u + 1, v);
          boolean c = inside(mask, nu, nv, u, v + 1);
          boolean d = inside(mask, nu, nv, u + 1, v + 1);
          int corners = (a ? 1 : 0) + (b ? 1 : 0) + (c ? 1 : 0) + (d ? 1 : 0);
          boolean across = corners == 2 && a == d;
          perimeter += corners % 2 == 1 ? diagonal : 0;
          if (corners == 2) {
            perimeter += across ? 2 * diagonal : a == b ? du : dv;
          }
          surface += du * dv * share(corners, across);
        }
      }
      return new Outline(perimeter, surface);
    }

    private static double share(int corners, boolean across) {
      return switch (corners) {
        case 1 -> 0.125;
        case 2 -> across ? 0.25 : 0.5;
        case 3 -> 0.875;
        case 4 -> 1;
        default -> 0;
      };
    }

    private static boolean inside(byte[] mask, int nu, int nv, int u, int v) {
      return u >= 0 && u < nu && v >= 0 && v < nv && mask[u + nu * v] != 0;
    }
  }
}
