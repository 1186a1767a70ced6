package org.rtpipeline.model;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.geometry.ContourRaster;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.geometry.VoxelMask;

/**
 * A region of interest of a structure set.
 *
 * @param number ROI number (3006,0022), unique in its structure set
 * @param name ROI name (3006,0026) as it stands, empty when the object has none
 * @param interpretedType RT ROI interpreted type (3006,00A4), such as PTV or ORGAN; null when
 *     absent
 * @param generationAlgorithm ROI generation algorithm (3006,0036); null when absent
 * @param frameOfReferenceUid referenced frame of reference (3006,0024); null when absent
 * @param contours in the order of the object
 * @param standardName the name by which it is compared with others; null when no map knows it
 * @param planeSpacingMm distance of the planes that it is drawn in, mm, where its object says so: a
 *     larger one is a gap; null when only the contours tell
 * @param madeBy name of the model or program that drew it, as its object says; null when absent
 */
public record Roi(
    int number,
    String name,
    @Nullable String interpretedType,
    @Nullable String generationAlgorithm,
    @Nullable String frameOfReferenceUid,
    List<Contour> contours,
    @Nullable StandardName standardName,
    @Nullable Double planeSpacingMm,
    @Nullable String madeBy)
    implements Serializable {

  /** Copies the list of contours. */
  public Roi {
    contours = List.copyOf(contours);
  }

  /** A region as its object has it, under no standard name. */
  public Roi(
      int number,
      String name,
      @Nullable String interpretedType,
      @Nullable String generationAlgorithm,
      @Nullable String frameOfReferenceUid,
      List<Contour> contours) {
    this(
        number,
        name,
        interpretedType,
        generationAlgorithm,
        frameOfReferenceUid,
        contours,
        null,
        null,
        null);
  }

  /** The same region under a standard name. */
  public Roi named(StandardName standard) {
    return with(name, contours, standard, planeSpacingMm, madeBy);
  }

  /** The same region under another name, which no map knows. */
  public Roi called(String other) {
    return with(other, contours, null, planeSpacingMm, madeBy);
  }

  /** The same region with other contours. */
  public Roi drawnAs(List<Contour> others) {
    return with(name, others, standardName, planeSpacingMm, madeBy);
  }

  /** The same region, its planes a known distance apart. */
  public Roi onPlanes(double spacingMm) {
    return with(name, contours, standardName, spacingMm, madeBy);
  }

  /** The same region, and what drew it. */
  public Roi drawnBy(String maker) {
    return with(name, contours, standardName, planeSpacingMm, maker);
  }

  /** The same region in another frame of reference. */
  public Roi inFrame(String frameUid) {
    return new Roi(
        number,
        name,
        interpretedType,
        generationAlgorithm,
        frameUid,
        contours,
        standardName,
        planeSpacingMm,
        madeBy);
  }

  private Roi with(
      String otherName,
      List<Contour> otherContours,
      @Nullable StandardName otherStandard,
      @Nullable Double otherSpacingMm,
      @Nullable String otherMaker) {
    return new Roi(
        number,
        otherName,
        interpretedType,
        generationAlgorithm,
        frameOfReferenceUid,
        otherContours,
        otherStandard,
        otherSpacingMm,
        otherMaker);
  }

  /** Points of the contours that enclose an area: x, y, z of every point in turn, mm. */
  public List<double[]> enclosingMm() {
    return contours.stream()
        .filter(contour -> contour.isClosed() && contour.points() > 2)
        .map(Contour::pointsMm)
        .toList();
  }

  /**
   * The voxels of a grid whose centres lie inside; empty when there are none.
   *
   * @param grid along whose planes the contours lie
   */
  public Optional<VoxelMask> voxels(VoxelGrid grid) {
    return planeSpacingMm == null
        ? ContourRaster.voxels(grid, enclosingMm())
        : ContourRaster.voxels(grid, enclosingMm(), planeSpacingMm);
  }

  /** The standard name when it has one, else the name as it stands. */
  public String comparedName() {
    return standardName == null ? name : standardName.name();
  }
}
