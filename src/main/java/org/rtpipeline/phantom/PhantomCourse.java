package org.rtpipeline.phantom;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.model.Contour;
import org.rtpipeline.model.DoseGrid;
import org.rtpipeline.model.Roi;

/** One made-up course: a patient of solids, a dose, and what is true of both. */
public final class PhantomCourse {

  private static final long PATIENT_STRIDE = 0x9E3779B97F4A7C15L;

  private final PhantomOptions options;
  private final int patient;
  private final Site site;
  private final List<PhantomRoi> rois;
  private final VoxelGrid imageGrid;
  private final VoxelGrid doseGrid;

  private PhantomCourse(PhantomOptions options, int patient) {
    this.options = options;
    this.patient = patient;
    this.site = Site.inTurn(patient);
    this.rois = site.rois(new Sculptor(random("solids")), options.size());
    this.imageGrid = imageGrid(options.size());
    this.doseGrid = doseGrid(options.size(), rois.get(0).solid());
  }

  /**
   * The course of one patient of a cohort; the same arguments give the same course.
   *
   * @param patient 1 to the number of patients; sites take turns, pelvis first
   */
  public static PhantomCourse of(PhantomOptions options, int patient) {
    if (patient < 1 || patient > options.patients()) {
      throw new IllegalArgumentException(
          "patient must be from 1 to " + options.patients() + ", got " + patient);
    }
    return new PhantomCourse(options, patient);
  }

  /** Patient id, such as PHANTOM-0001. */
  public String patientId() {
    return String.format(Locale.ROOT, "PHANTOM-%04d", patient);
  }

  /** Number of the patient in its cohort, from 1. */
  int patient() {
    return patient;
  }

  /** The treated part of the body. */
  public Site site() {
    return site;
  }

  /** How large the course is. */
  public PhantomSize size() {
    return options.size();
  }

  /** The regions, the body first, in the order they are painted into the CT. */
  public List<PhantomRoi> rois() {
    return rois;
  }

  /** The dose as a formula. */
  public DoseProfile dose() {
    return site.profile();
  }

  /** Where the CT voxels lie. */
  public VoxelGrid imageGrid() {
    return imageGrid;
  }

  /** The dose on its grid, which carries the formula exactly. */
  public DoseGrid doseGrid() {
    DoseProfile profile = dose();
    float[] valuesGy = new float[(int) doseGrid.voxels()];
    for (int k = 0; k < doseGrid.planes(); k++) {
      for (int j = 0; j < doseGrid.rows(); j++) {
        for (int i = 0; i < doseGrid.columns(); i++) {
          Point pointMm = doseGrid.toPatientMm(i, j, doseGrid.planeOffsetMm(k));
          valuesGy[doseGrid.index(i, j, k)] = (float) profile.doseGy(pointMm);
        }
      }
    }
    return new DoseGrid(doseGrid, valuesGy);
  }

  /** What is true of every region, in their order. */
  public List<TruthRow> truth() {
    DoseProfile profile = dose();
    return rois.stream().map(roi -> TruthRow.of(patientId(), roi, profile)).toList();
  }

  /**
   * The regions as contours in the middle planes of the CT slices, numbered from 1.
   *
   * @return one per region, in their order
   */
  public List<Roi> contouredRois() {
    List<Roi> contoured = new ArrayList<>();
    for (PhantomRoi roi : rois) {
      contoured.add(
          new Roi(
              contoured.size() + 1,
              roi.name(),
              roi.type(),
              "MANUAL",
              uids().uid("frame"),
              contours(roi.solid())));
    }
    return contoured;
  }

  /** The UIDs of this patient. */
  PhantomUids uids() {
    return new PhantomUids(options, patientId());
  }

  /** SOP instance UID of the CT slice of a plane. */
  String imageUid(int plane) {
    return uids().uid("ct/" + plane);
  }

  /** A generator of its own for each purpose, so that one never disturbs another. */
  SplittableRandom random(String purpose) {
    long mixed = options.seed() ^ (PATIENT_STRIDE * patient) ^ ((long) purpose.hashCode() << 32);
    return new SplittableRandom(mixed);
  }

  private List<Contour> contours(Solid solid) {
    List<Contour> contours = new ArrayList<>();
    for (int k = 0; k < imageGrid.planes(); k++) {
      double zMm = imageGrid.originMm().zMm() + imageGrid.planeOffsetMm(k);
      List<double[]> outlines = solid.outlinesMm(zMm);
      String imageUid = outlines.isEmpty() ? "" : imageUid(k);
      for (double[] outline : outlines) {
        contours.add(new Contour(Contour.Type.CLOSED_PLANAR, lifted(outline, zMm), imageUid));
      }
    }
    return contours;
  }

  private static double[] lifted(double[] outline, double zMm) {
    double[] pointsMm = new double[outline.length / 2 * 3];
    for (int i = 0; i < outline.length / 2; i++) {
      pointsMm[3 * i] = outline[2 * i];
      pointsMm[3 * i + 1] = outline[2 * i + 1];
      pointsMm[3 * i + 2] = zMm;
    }
    return pointsMm;
  }

  /** A grid about the origin whose slices are the slabs the solids are built on. */
  private static VoxelGrid imageGrid(PhantomSize size) {
    double cornerMm = -0.5 * (size.columns() - 1) * size.pixelMm();
    double lowestMm = -0.5 * (size.slices() - 1) * PhantomSize.SLAB_MM;
    return VoxelGrid.axial(
        size.columns(),
        size.columns(),
        size.slices(),
        new Point(cornerMm, cornerMm, lowestMm),
        size.pixelMm(),
        size.pixelMm(),
        PhantomSize.SLAB_MM);
  }

  /** Dose points at multiples of the spacing, one beyond the body on every side. */
  private static VoxelGrid doseGrid(PhantomSize size, Solid body) {
    double spacingMm = size.doseSpacingMm();
    Point originMm =
        new Point(
                firstPoint(body, Axis.X, spacingMm),
                firstPoint(body, Axis.Y, spacingMm),
                firstPoint(body, Axis.Z, spacingMm))
            .times(spacingMm);
    return VoxelGrid.axial(
        points(body, Axis.X, spacingMm),
        points(body, Axis.Y, spacingMm),
        points(body, Axis.Z, spacingMm),
        originMm,
        spacingMm,
        spacingMm,
        spacingMm);
  }

  private static int firstPoint(Solid body, Axis axis, double spacingMm) {
    return (int) Math.floor(body.lowestMm(axis) / spacingMm) - 1;
  }

  private static int points(Solid body, Axis axis, double spacingMm) {
    int last = (int) Math.ceil(body.highestMm(axis) / spacingMm) + 1;
    return last - firstPoint(body, axis, spacingMm) + 1;
  }
}
