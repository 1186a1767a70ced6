package org.rtpipeline.dvh;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.model.Contour;
import org.rtpipeline.model.DoseGrid;
import org.rtpipeline.model.Roi;

/**
 * Solids centred at the origin as contours on planes at the centres of slabs that tile them, and
 * doses in closed form.
 */
final class Shapes {

  static final double RADIUS_MM = 12;
  private static final int CORNERS = 360;

  private Shapes() {}

  /** The eight solids of the golden table. */
  static List<Roi> all(double spacingMm) {
    return List.of(
        named("Sphere", sphere(RADIUS_MM, spacingMm, new Point(0, 0, 0))),
        named("CylinderZ", cylinderZ(spacingMm)),
        named("CylinderX", cylinderX(spacingMm)),
        named("ConeZ", coneZ(spacingMm)),
        named("BoxXYZ", box(18, 20, 24, spacingMm)),
        named("AnnulusXor", annulusXor(spacingMm)),
        named("AnnulusKeyhole", annulusKeyhole(spacingMm)),
        named("TwoRods", twoRods(spacingMm)));
  }

  static Roi named(String name, List<Contour> contours) {
    return new Roi(1, name, "ORGAN", null, null, contours);
  }

  /** Polygon of 360 corners with exactly the area of the circle; x, y per corner. */
  static double[] circle(double radiusMm, double centreX, double centreY) {
    double step = 2 * Math.PI / CORNERS;
    double corner = radiusMm * Math.sqrt(step / Math.sin(step));
    double[] xy = new double[2 * CORNERS];
    for (int c = 0; c < CORNERS; c++) {
      xy[2 * c] = centreX + corner * Math.cos((c + 0.5) * step);
      xy[2 * c + 1] = centreY + corner * Math.sin((c + 0.5) * step);
    }
    return xy;
  }

  static double[] rectangle(double halfX, double halfY) {
    return new double[] {-halfX, -halfY, halfX, -halfY, halfX, halfY, -halfX, halfY};
  }

  static Contour contour(double[] xy, double z) {
    return contour(Contour.Type.CLOSED_PLANAR, xy, z);
  }

  static Contour contour(Contour.Type type, double[] xy, double z) {
    double[] xyz = new double[xy.length / 2 * 3];
    for (int p = 0; p < xy.length / 2; p++) {
      xyz[3 * p] = xy[2 * p];
      xyz[3 * p + 1] = xy[2 * p + 1];
      xyz[3 * p + 2] = z;
    }
    return new Contour(type, xyz, null);
  }

  /** Offsets of slab centres that tile {@code [-half, half]}. */
  static double[] planes(double halfMm, double spacingMm) {
    int n = (int) Math.round(2 * halfMm / spacingMm);
    double[] z = new double[n];
    for (int k = 0; k < n; k++) {
      z[k] = -halfMm + (k + 0.5) * spacingMm;
    }
    return z;
  }

  /** Planes at the centres of slabs around the sphere's own centre. */
  static List<Contour> sphere(double radiusMm, double spacingMm, Point centre) {
    return sphere(radiusMm, spacingMm, centre, centre.zMm() + spacingMm / 2);
  }

  /** Planes a spacing apart, one of them at {@code planeZ}. */
  static List<Contour> sphere(double radiusMm, double spacingMm, Point centre, double planeZ) {
    List<Contour> contours = new ArrayList<>();
    int from = (int) Math.ceil((centre.zMm() - radiusMm - planeZ) / spacingMm);
    for (int k = from; planeZ + k * spacingMm < centre.zMm() + radiusMm; k++) {
      double z = planeZ + k * spacingMm;
      double height = z - centre.zMm();
      double section = radiusMm * radiusMm - height * height;
      if (section > 0) {
        contours.add(contour(circle(Math.sqrt(section), centre.xMm(), centre.yMm()), z));
      }
    }
    return contours;
  }

  static List<Contour> cylinderZ(double spacingMm) {
    List<Contour> contours = new ArrayList<>();
    for (double z : planes(RADIUS_MM, spacingMm)) {
      contours.add(contour(circle(RADIUS_MM, 0, 0), z));
    }
    return contours;
  }

  static List<Contour> cylinderX(double spacingMm) {
    List<Contour> contours = new ArrayList<>();
    for (double z : planes(RADIUS_MM, spacingMm)) {
      contours.add(contour(rectangle(RADIUS_MM, Math.sqrt(RADIUS_MM * RADIUS_MM - z * z)), z));
    }
    return contours;
  }

  static List<Contour> coneZ(double spacingMm) {
    List<Contour> contours = new ArrayList<>();
    for (double z : planes(RADIUS_MM, spacingMm)) {
      contours.add(contour(circle((RADIUS_MM - z) / 2, 0, 0), z));
    }
    return contours;
  }

  static List<Contour> box(double x, double y, double z, double spacingMm) {
    List<Contour> contours = new ArrayList<>();
    for (double at : planes(z / 2, spacingMm)) {
      contours.add(contour(rectangle(x / 2, y / 2), at));
    }
    return contours;
  }

  static List<Contour> annulusXor(double spacingMm) {
    List<Contour> contours = new ArrayList<>();
    for (double z : planes(RADIUS_MM, spacingMm)) {
      contours.add(contour(Contour.Type.CLOSEDPLANAR_XOR, circle(RADIUS_MM, 0, 0), z));
      contours.add(contour(Contour.Type.CLOSEDPLANAR_XOR, circle(RADIUS_MM / 2, 0, 0), z));
    }
    return contours;
  }

  static List<Contour> annulusKeyhole(double spacingMm) {
    double[] outer = circle(RADIUS_MM, 0, 0);
    double[] inner = circle(RADIUS_MM / 2, 0, 0);
    int n = CORNERS;
    double[] xy = new double[2 * (2 * n + 2)];
    for (int c = 0; c <= n; c++) {
      xy[2 * c] = outer[2 * (c % n)];
      xy[2 * c + 1] = outer[2 * (c % n) + 1];
      int back = 2 * (n + 1 + c);
      xy[back] = inner[2 * ((n - c) % n)];
      xy[back + 1] = inner[2 * ((n - c) % n) + 1];
    }
    List<Contour> contours = new ArrayList<>();
    for (double z : planes(RADIUS_MM, spacingMm)) {
      contours.add(contour(xy, z));
    }
    return contours;
  }

  static List<Contour> twoRods(double spacingMm) {
    List<Contour> contours = new ArrayList<>();
    for (double z : planes(RADIUS_MM, spacingMm)) {
      contours.add(contour(circle(3, -8, 0), z));
      contours.add(contour(circle(3, 8, 0), z));
    }
    return contours;
  }

  /** Direction of the dose gradient by its name in the golden table. */
  static Point direction(String gradient) {
    return switch (gradient) {
      case "AP" -> new Point(0, 1, 0);
      case "SI" -> new Point(0, 0, 1);
      default -> new Point(1.0 / 3, 2.0 / 3, 2.0 / 3);
    };
  }

  /** 40 Gy at the origin, 1 Gy/mm along a direction, on a cubic grid that holds all solids. */
  static DoseGrid linearDose(Point direction, double spacingMm) {
    int n = (int) Math.ceil(40 / spacingMm) + 1;
    Point origin = new Point(-20, -20, -20);
    return dose(
        VoxelGrid.axial(n, n, n, origin, spacingMm, spacingMm, spacingMm),
        at -> 40 + at.dot(direction));
  }

  static DoseGrid dose(VoxelGrid grid, ToDoubleFunction<Point> doseGy) {
    float[] values = new float[(int) grid.voxels()];
    for (int k = 0; k < grid.planes(); k++) {
      for (int j = 0; j < grid.rows(); j++) {
        for (int i = 0; i < grid.columns(); i++) {
          values[grid.index(i, j, k)] =
              (float) doseGy.applyAsDouble(grid.toPatientMm(i, j, grid.planeOffsetMm(k)));
        }
      }
    }
    return new DoseGrid(grid, values);
  }
}
