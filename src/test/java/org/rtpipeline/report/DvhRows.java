package org.rtpipeline.report;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.dvh.ConstraintSet;
import org.rtpipeline.dvh.DoseVolumeCalculator;
import org.rtpipeline.dvh.DvhConstraintRow;
import org.rtpipeline.dvh.DvhCurveRow;
import org.rtpipeline.dvh.DvhOptions;
import org.rtpipeline.dvh.DvhRow;
import org.rtpipeline.dvh.DvhSource;
import org.rtpipeline.dvh.MetricSource;
import org.rtpipeline.dvh.RoiDoseVolume;
import org.rtpipeline.dvh.RoiName;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.model.Contour;
import org.rtpipeline.model.Course;
import org.rtpipeline.model.CourseId;
import org.rtpipeline.model.DoseDecision;
import org.rtpipeline.model.DoseGrid;
import org.rtpipeline.model.FileRef;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.Outcome;
import org.rtpipeline.model.Roi;
import org.rtpipeline.model.RowHead;
import org.rtpipeline.model.ScannedFile;
import org.rtpipeline.model.TableRecord;
import org.rtpipeline.organize.CourseRow;
import org.rtpipeline.organize.InstanceRow;

/** Rows as the product makes them: a cuboid of 64 cm³ in a dose that rises from 0 to 80 Gy. */
final class DvhRows {

  private static final double HALF_MM = 20;
  private static final int PLANES = 10;
  private static final double PLANE_MM = 4;

  private DvhRows() {}

  /** The curve and the numbers of one region. */
  static List<TableRecord> of(RowHead head, int number, String name) {
    List<TableRecord> rows = new ArrayList<>();
    RoiName roi = new RoiName(number, name, "ORGAN", false);
    RoiDoseVolume volume = volume();
    rows.add(DvhRow.of(head, roi, source(50.0), volume));
    DvhCurveRow.of(head, roi, source(50.0), volume).ifPresent(rows::add);
    return rows;
  }

  /** A region of a structure set that somebody or something drew. */
  static TableRecord drawnBy(RowHead head, String segmentationSource, String name) {
    DvhSource plain = source(50.0);
    DvhSource.Structures set = plain.structures();
    return DvhRow.of(
        head,
        new RoiName(1, name, "ORGAN", false),
        new DvhSource(
            new DvhSource.Structures(
                set.uid(),
                set.label(),
                segmentationSource,
                set.rule(),
                set.reason(),
                set.planStructureSetUids()),
            plain.dose(),
            plain.prescription(),
            plain.options()),
        volume());
  }

  /** Three constraints: one that holds, one that does not, one on more volume than there is. */
  static List<TableRecord> constraints(RowHead head, int number, String name) {
    ConstraintSet set =
        ConstraintSet.parse(
            "site",
            List.of(
                "Cord ; .* ; Mean[Gy] ; <= ; 45 ; <b> ; local",
                "Cord ; .* ; D999cc[Gy] ; <= ; 45 ; none ; local",
                "Cord ; .* ; Max[Gy] ; <= ; 45 ; myelopathy ; local"));
    return List.copyOf(
        DvhConstraintRow.of(
            head,
            new RoiName(number, name, "ORGAN", false),
            source(50.0),
            set,
            MetricSource.of(volume())));
  }

  /** A region without contours. */
  static TableRecord notComputed(RowHead head, int number, String name) {
    return DvhRow.notComputed(
        new RowHead(
            head.course(),
            head.patientId(),
            head.courseLabel(),
            head.stageKey(),
            Outcome.Kind.SKIPPED,
            List.of(Finding.Code.EMPTY_ROI)),
        new RoiName(number, name, null, null),
        source(null),
        "the region has no contour");
  }

  static RoiDoseVolume volume() {
    List<Contour> contours = new ArrayList<>();
    for (int k = 0; k < PLANES; k++) {
      double z = (k - (PLANES - 1) / 2.0) * PLANE_MM;
      double h = HALF_MM;
      contours.add(
          new Contour(
              Contour.Type.CLOSED_PLANAR,
              new double[] {-h, -h, z, h, -h, z, h, h, z, -h, h, z},
              null));
    }
    return new DoseVolumeCalculator(dose(), DvhOptions.DEFAULT)
        .of(new Roi(1, "cuboid", null, null, null, contours), PLANE_MM);
  }

  /** 0 Gy at x = -40 mm to 80 Gy at x = 40 mm. */
  private static DoseGrid dose() {
    int side = 17;
    double[] offsets = new double[side];
    float[] gy = new float[side * side * side];
    for (int k = 0; k < side; k++) {
      offsets[k] = 5 * k;
    }
    for (int i = 0; i < gy.length; i++) {
      gy[i] = 5f * (i % side);
    }
    return new DoseGrid(
        new VoxelGrid(
            side,
            side,
            new Point(-40, -40, -40),
            new Point(1, 0, 0),
            new Point(0, 1, 0),
            5,
            5,
            offsets),
        gy);
  }

  static DvhSource source(@Nullable Double rxGy) {
    return new DvhSource(
        new DvhSource.Structures(
            "1.2.3",
            "Pelvis",
            "Manual",
            "PLAN_REFERENCE",
            "the plan refers to it",
            List.of("1.2.3")),
        new DvhSource.Dose(
            "4.5.6",
            "SINGLE_DOSE",
            "the only dose",
            "PLAN",
            List.of("4.5.6"),
            List.of("PLAN"),
            List.of("7.8")),
        rxGy == null
            ? DvhSource.PrescribedDose.unknown("no plan")
            : new DvhSource.PrescribedDose(rxGy, "the plan"),
        DvhOptions.DEFAULT);
  }

  static CourseId course(String key) {
    return new CourseId(key);
  }

  static RowHead head(
      String key, String patientId, Outcome.Kind outcome, List<Finding.Code> findings) {
    return new RowHead(
        course(key), patientId, "2024-0" + key.substring(1), "stage", outcome, findings);
  }

  static TableRecord courseRow(RowHead head) {
    return CourseRow.of(
        new Course(
            head.course(),
            head.patientId(),
            head.courseLabel(),
            null,
            new Course.Objects(List.of(), List.of(), List.of(), List.of(), List.of()),
            List.of(),
            new DoseDecision(DoseDecision.Rule.NO_DOSES, List.of(), List.of(), "none"),
            List.of()),
        "stage",
        head.outcome());
  }

  static TableRecord instance(RowHead head, ScannedFile.Use use, String uri) {
    return new InstanceRow(head, use, new FileRef(uri, 10, 20), null, null);
  }
}
