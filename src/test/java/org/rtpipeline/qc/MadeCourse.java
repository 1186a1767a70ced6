package org.rtpipeline.qc;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.model.Beam;
import org.rtpipeline.model.Contour;
import org.rtpipeline.model.Course;
import org.rtpipeline.model.CourseId;
import org.rtpipeline.model.DoseDecision;
import org.rtpipeline.model.DoseGrid;
import org.rtpipeline.model.FileRef;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.ImageSeries;
import org.rtpipeline.model.ImageVolume;
import org.rtpipeline.model.InstanceHeader;
import org.rtpipeline.model.ObjectFacts;
import org.rtpipeline.model.Plan;
import org.rtpipeline.model.Prescription;
import org.rtpipeline.model.Reference;
import org.rtpipeline.model.Roi;
import org.rtpipeline.model.StructureSet;
import org.rtpipeline.model.TreatmentRecord;
import org.rtpipeline.model.TreatmentRecord.DeliveredBeam;

/** A sound course of 20 slices, one plan and two fractions; each part can be spoiled. */
final class MadeCourse {

  static final String FRAME = "1.2.3.4";
  private static final int SLICES = 20;
  private static final int SIZE = 50;

  double[] slicesMm = slices();
  List<Double> orientation = List.of(1.0, 0.0, 0.0, 0.0, 1.0, 0.0);
  float airHu = -1000;
  String ctModality = "CT";
  @Nullable Double firstThicknessMm = 3.0;
  String firstFrame = FRAME;
  List<Finding> ofScanning = List.of();
  List<QcCourse.Unread> unread = List.of();
  String doseFrame = FRAME;
  @Nullable String doseUnits = "GY";
  @Nullable Double relativeReferenceGy;
  @Nullable String doseType = "PHYSICAL";
  @Nullable String doseSummation = "PLAN";
  double doseSpacingMm = 2.5;
  float highestGy = 62;
  @Nullable String approval = "APPROVED";
  @Nullable Integer fractions = 2;
  @Nullable Double meterset = 100.0;
  List<Reference> ofDose = List.of(new Reference(Reference.Role.PLAN, "plan"));
  List<Reference> ofPlan = List.of(new Reference(Reference.Role.STRUCTURE_SET, "set"));
  List<Finding> ofReadingPlan = List.of();
  List<Reference> ofSet = List.of(new Reference(Reference.Role.IMAGE, "ct.3"));
  List<Roi> rois =
      new ArrayList<>(
          List.of(box(1, "PTV", "PTV", 20, 30, 8, 12), box(2, "Lung", null, 5, 15, 5, 9)));
  List<TreatmentRecord> records = new ArrayList<>(List.of(record(1, 100), record(2, 100)));

  private static double[] slices() {
    double[] mm = new double[SLICES];
    for (int k = 0; k < SLICES; k++) {
      mm[k] = 3.0 * k;
    }
    return mm;
  }

  static TreatmentRecord record(int fraction, double deliveredMu) {
    return new TreatmentRecord(
        "record." + fraction,
        "plan",
        LocalDate.of(2024, 3, fraction),
        null,
        fraction,
        "LINAC",
        List.of(new DeliveredBeam(1, 100.0, deliveredMu, "NORMAL", "TREATMENT")),
        List.of());
  }

  /** A square on the slices from one to another. */
  static Roi box(
      int number,
      String name,
      @Nullable String type,
      double low,
      double high,
      int first,
      int last) {
    List<Contour> contours = new ArrayList<>();
    for (int k = first; k <= last; k++) {
      contours.add(square(low, high, 3.0 * k));
    }
    return new Roi(number, name, type, null, FRAME, contours);
  }

  static Contour square(double low, double high, double z) {
    return new Contour(
        Contour.Type.CLOSED_PLANAR,
        new double[] {low, low, z, high, low, z, high, high, z, low, high, z},
        null);
  }

  QcCourse make() {
    ImageSeries ct = new ImageSeries("ct", "study", FRAME, ctModality, images());
    Course course =
        new Course(
            new CourseId("key"),
            "P1",
            "2024-03",
            ct,
            new Course.Objects(
                List.of(header("set", "RTSTRUCT", FRAME, ofSet, new ObjectFacts.Link())),
                List.of(
                    header(
                        "dose",
                        "RTDOSE",
                        doseFrame,
                        ofDose,
                        new ObjectFacts.Dose(doseUnits, doseType, doseSummation, List.of(), 1000))),
                List.of(header("plan", "RTPLAN", FRAME, ofPlan, new ObjectFacts.Link())),
                List.of(),
                List.of()),
            List.of(),
            new DoseDecision(
                DoseDecision.Rule.SINGLE_DOSE,
                List.of("dose"),
                List.of(),
                "the only dose",
                List.of(),
                DoseDecision.Confidence.HIGH,
                relativeReferenceGy),
            List.of());
    return new QcCourse(
        course,
        volume(),
        dose(),
        List.of(plan()),
        List.of(new StructureSet("set", "label", approval, FRAME, rois, List.of())),
        List.of(),
        records,
        Map.of("plan", records.size()),
        unread);
  }

  /** The course as the checks of a changed copy see it. */
  static List<QcResult> results(UnaryOperator<MadeCourse> spoil) {
    return CourseChecks.of(spoil.apply(new MadeCourse()).make());
  }

  private List<InstanceHeader> images() {
    List<InstanceHeader> images = new ArrayList<>();
    for (int k = 0; k < slicesMm.length; k++) {
      images.add(
          header(
              "ct." + k,
              ctModality,
              k == 0 ? firstFrame : FRAME,
              List.of(),
              new ObjectFacts.Image(
                  null,
                  List.of(),
                  k,
                  SIZE,
                  SIZE,
                  1,
                  List.of(0.0, 0.0, slicesMm[k]),
                  orientation,
                  null,
                  null,
                  null,
                  k == 0 ? firstThicknessMm : (Double) 3.0)));
    }
    return images;
  }

  private InstanceHeader header(
      String uid, String modality, String frame, List<Reference> references, ObjectFacts facts) {
    return new InstanceHeader(
        new FileRef("file:/" + uid, 1, 1),
        "class",
        uid,
        "P1",
        "study",
        modality.equals("RTSTRUCT") ? "sets" : "ct",
        frame,
        modality,
        references,
        facts,
        ofScanning);
  }

  private ImageVolume volume() {
    VoxelGrid grid = VoxelGrid.axial(SIZE, SIZE, SLICES, new Point(0, 0, 0), 1, 1, 3);
    float[] hu = new float[(int) grid.voxels()];
    for (int i = 0; i < hu.length; i++) {
      hu[i] = i % 3 == 0 ? airHu : 40;
    }
    return new ImageVolume(grid, hu);
  }

  private DoseGrid dose() {
    VoxelGrid grid = VoxelGrid.axial(18, 18, 22, new Point(2, 2, 2), 2.5, 2.5, doseSpacingMm);
    float[] gy = new float[(int) grid.voxels()];
    gy[gy.length / 2] = highestGy;
    return new DoseGrid(grid, gy);
  }

  private Plan plan() {
    return new Plan(
        "plan",
        "label",
        LocalDate.of(2024, 2, 20),
        "CURATIVE",
        approval,
        fractions,
        List.of(new Prescription("TARGET", null, 1, 60.0)),
        List.of(new Beam(1, "B1", "DYNAMIC", "TREATMENT", "PHOTON", "LINAC", 6.0, 178, meterset)),
        ofReadingPlan);
  }
}
