package org.rtpipeline.radiomics;

import java.util.List;

/** Fourteen numbers of the shape of a mask (PyRadiomics shape; IBSI 1, HCUG). */
final class Shape {

  /** Names, in the order of the values. */
  static final List<String> NAMES =
      List.of(
          "Elongation",
          "Flatness",
          "LeastAxisLength",
          "MajorAxisLength",
          "Maximum2DDiameterColumn",
          "Maximum2DDiameterRow",
          "Maximum2DDiameterSlice",
          "Maximum3DDiameter",
          "MeshVolume",
          "MinorAxisLength",
          "Sphericity",
          "SurfaceArea",
          "SurfaceVolumeRatio",
          "VoxelVolume");

  private Shape() {}

  /**
   * The numbers of a mask with at least one voxel.
   *
   * @param mask of the box, not 0 inside
   * @param size of the box, with spacing
   */
  static double[] of(byte[] mask, GridSize size) {
    SurfaceMesh mesh = SurfaceMesh.of(mask, size);
    Diameters diameters = Diameters.of(mask, size);
    PrincipalAxes axes = PrincipalAxes.of(mask, size);
    double volume = mesh.volumeMm3();
    double area = mesh.areaMm2();
    return new double[] {
      Math.sqrt(axes.minorMm2() / axes.majorMm2()),
      Math.sqrt(axes.leastMm2() / axes.majorMm2()),
      PrincipalAxes.lengthMm(axes.leastMm2()),
      PrincipalAxes.lengthMm(axes.majorMm2()),
      diameters.columnMm(),
      diameters.rowMm(),
      diameters.sliceMm(),
      diameters.spaceMm(),
      volume,
      PrincipalAxes.lengthMm(axes.minorMm2()),
      Math.cbrt(36 * Math.PI * volume * volume) / area,
      area,
      area / volume,
      axes.voxels() * size.voxelMm3()
    };
  }
}
