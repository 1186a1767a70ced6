package org.rtpipeline.phantom;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.dicom.BeamSetup;
import org.rtpipeline.dicom.ContourImages;
import org.rtpipeline.dicom.CtImageWriter;
import org.rtpipeline.dicom.MrImageWriter;
import org.rtpipeline.dicom.PetImageWriter;
import org.rtpipeline.dicom.RegistrationWriter;
import org.rtpipeline.dicom.RtDoseWriter;
import org.rtpipeline.dicom.RtPlanWriter;
import org.rtpipeline.dicom.RtRecordWriter;
import org.rtpipeline.dicom.RtStructWriter;
import org.rtpipeline.dicom.SeriesContext;
import org.rtpipeline.dicom.StudyContext;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.model.Beam;
import org.rtpipeline.model.Contour;
import org.rtpipeline.model.DoseGrid;
import org.rtpipeline.model.Plan;
import org.rtpipeline.model.Prescription;
import org.rtpipeline.model.Registration;
import org.rtpipeline.model.Roi;
import org.rtpipeline.model.StructureSet;
import org.rtpipeline.model.TreatmentRecord;

/** Writes the objects of one small patient of the mixed cohort: boxes in water, uniform doses. */
final class CasePatient {

  /** Images of a series unless a story wants fewer. */
  static final int IMAGES = 12;

  private static final SeriesContext.Equipment EQUIPMENT =
      new SeriesContext.Equipment("RTpipeline", "Phantom", "1");
  private static final LocalTime MORNING = LocalTime.of(9, 0);
  private static final double MACHINE_MU = 100;
  private static final String MACHINE = "PHANTOM_LINAC";
  private static final VoxelGrid GRID =
      VoxelGrid.axial(32, 32, IMAGES, new Point(-124, -124, -16.5), 8, 8, 3);
  private static final VoxelGrid DOSE_GRID =
      VoxelGrid.axial(30, 30, IMAGES, new Point(-116, -116, -16.5), 8, 8, 3);
  private static final double BODY_HALF_MM = 100;
  private static final double TARGET_HALF_MM = 20;
  private static final double TARGET_PITCH_MM = 50;
  private static final short WATER_HU = 0;

  private final Path folder;
  private final String patientId;
  private final PhantomUids uids;
  private final Map<String, Plan> plans = new TreeMap<>();
  private int files;

  CasePatient(Path folder, String patientId, long seed) {
    this.folder = folder;
    this.patientId = patientId;
    this.uids = new PhantomUids(new PhantomOptions(1, seed, PhantomSize.SMALL), patientId);
  }

  String patientId() {
    return patientId;
  }

  String uid(String name) {
    return uids.uid(name);
  }

  /** A study with a frame of reference of its own. */
  StudyContext study(String name, LocalDate day) {
    return new StudyContext(
        patientId, "Phantom^Mixed", "O", uid(name), name, day, MORNING, uid(name + "/frame"));
  }

  /** A CT series. */
  void ct(StudyContext study, String name, int images, String description) throws IOException {
    images(study, name, images, description, CtImageWriter::write);
  }

  /** An MR series. */
  void mr(StudyContext study, String name, String description) throws IOException {
    images(study, name, IMAGES, description, MrImageWriter::write);
  }

  /** A PET series. */
  void pet(StudyContext study, String name) throws IOException {
    images(study, name, IMAGES, "PET WB", PetImageWriter::write);
  }

  private void images(
      StudyContext study, String name, int images, String description, ImageWriter writer)
      throws IOException {
    short[] values = new short[GRID.columns() * GRID.rows()];
    Arrays.fill(values, WATER_HU);
    for (int k = 0; k < images; k++) {
      try (OutputStream out = open()) {
        writer.write(
            study,
            series(study, name, description),
            new CtImageWriter.Slice(imageUid(name, k), GRID, k, "PELVIS"),
            values,
            out);
      }
    }
  }

  private String imageUid(String name, int plane) {
    return uid(name + "/" + plane);
  }

  /** A structure set of a body and some targets beside each other, drawn on a CT. */
  void structures(StudyContext study, String name, String ctName, int targets) throws IOException {
    List<Roi> rois = new ArrayList<>();
    rois.add(roi(1, "BODY", "EXTERNAL", ctName, 0, BODY_HALF_MM));
    for (int n = 1; n <= targets; n++) {
      double middleMm = (n - (targets + 1) / 2.0) * TARGET_PITCH_MM;
      rois.add(roi(n + 1, "PTV" + n, "PTV", ctName, middleMm, TARGET_HALF_MM));
    }
    StructureSet set =
        new StructureSet(uid(name), name, "APPROVED", study.frameOfReferenceUid(), rois, List.of());
    List<String> images = IntStream.range(0, IMAGES).mapToObj(k -> imageUid(ctName, k)).toList();
    try (OutputStream out = open()) {
      RtStructWriter.write(
          study,
          series(study, name, "Structures"),
          set,
          new ContourImages(study.studyUid(), uid(ctName), images),
          out);
    }
  }

  private Roi roi(
      int number, String name, String type, String ctName, double middleXMm, double halfMm) {
    List<Contour> contours = new ArrayList<>();
    for (int k = 2; k < IMAGES - 2; k++) {
      double zMm = GRID.originMm().zMm() + GRID.planeOffsetMm(k);
      double left = middleXMm - halfMm;
      double right = middleXMm + halfMm;
      double[] pointsMm = {
        left, -halfMm, zMm, right, -halfMm, zMm, right, halfMm, zMm, left, halfMm, zMm
      };
      contours.add(new Contour(Contour.Type.CLOSED_PLANAR, pointsMm, imageUid(ctName, k)));
    }
    return new Roi(number, name, type, "MANUAL", null, contours);
  }

  /**
   * What a plan prescribes.
   *
   * @param label RT plan label
   * @param day RT plan date
   * @param fractions fractions planned
   * @param levelsGy prescription of each target, from the first
   * @param firstTarget number of the first target among those of the structure set, from 1
   * @param setupBeams beams for imaging, besides two for treatment
   */
  record Intent(
      String label,
      LocalDate day,
      int fractions,
      List<Double> levelsGy,
      int firstTarget,
      int setupBeams) {

    static Intent of(String label, LocalDate day, int fractions, Double... levelsGy) {
      return new Intent(label, day, fractions, List.of(levelsGy), 1, 0);
    }
  }

  /** A plan of two treatment beams. */
  void plan(StudyContext study, String name, String structuresName, Intent intent)
      throws IOException {
    List<Prescription> prescriptions = new ArrayList<>();
    for (int i = 0; i < intent.levelsGy().size(); i++) {
      int target = intent.firstTarget() + i;
      prescriptions.add(
          new Prescription("TARGET", "PTV" + target, target + 1, intent.levelsGy().get(i)));
    }
    List<Beam> beams = new ArrayList<>();
    for (int n = 1; n <= 2 + intent.setupBeams(); n++) {
      beams.add(
          new Beam(
              n,
              "Field " + n,
              "STATIC",
              n <= 2 ? "TREATMENT" : "SETUP",
              "PHOTON",
              MACHINE,
              6.0,
              2,
              n <= 2 ? MACHINE_MU : null));
    }
    Plan plan =
        new Plan(
            uid(name),
            intent.label(),
            intent.day(),
            "CURATIVE",
            "APPROVED",
            intent.fractions(),
            prescriptions,
            beams,
            List.of());
    plans.put(name, plan);
    try (OutputStream out = open()) {
      RtPlanWriter.write(
          study, series(study, name, "Plan"), plan, setups(plan), uid(structuresName), out);
    }
  }

  private static List<BeamSetup> setups(Plan plan) {
    return plan.beams().stream()
        .map(b -> new BeamSetup(30.0 * b.number(), new Point(0, 0, 0), 40, 20))
        .toList();
  }

  /** A uniform dose. */
  void dose(StudyContext study, String name, RtDoseWriter.Kind kind, double value)
      throws IOException {
    dose(study, name, kind, value, 0);
  }

  /** A uniform dose on a grid that lies aside. */
  void dose(StudyContext study, String name, RtDoseWriter.Kind kind, double value, double shiftXMm)
      throws IOException {
    Point originMm = DOSE_GRID.originMm().plus(new Point(shiftXMm, 0, 0));
    VoxelGrid grid =
        VoxelGrid.axial(DOSE_GRID.columns(), DOSE_GRID.rows(), IMAGES, originMm, 8, 8, 3);
    float[] values = new float[(int) grid.voxels()];
    Arrays.fill(values, (float) value);
    try (OutputStream out = open()) {
      RtDoseWriter.write(
          study, series(study, name, "Dose"), uid(name), kind, new DoseGrid(grid, values), out);
    }
  }

  /** The dose of a whole plan, in Gy. */
  RtDoseWriter.Kind ofPlan(String planName) {
    return RtDoseWriter.Kind.plan(uid(planName));
  }

  /**
   * One treatment record.
   *
   * @param number current fraction number; null for none
   */
  void record(StudyContext study, String planName, LocalDateTime treated, @Nullable Integer number)
      throws IOException {
    Plan plan = plans.get(planName);
    if (plan == null) {
      throw new IllegalArgumentException("no plan " + planName);
    }
    List<TreatmentRecord.DeliveredBeam> beams =
        plan.beams().stream()
            .filter(Beam::isTreatment)
            .map(
                b ->
                    new TreatmentRecord.DeliveredBeam(
                        b.number(), MACHINE_MU, MACHINE_MU, "NORMAL", "TREATMENT"))
            .toList();
    TreatmentRecord record =
        new TreatmentRecord(
            uid("record/" + planName + "/" + treated),
            plan.sopInstanceUid(),
            treated.toLocalDate(),
            treated.toLocalTime(),
            number,
            MACHINE,
            beams,
            List.of());
    try (OutputStream out = open()) {
      RtRecordWriter.write(
          study, series(study, "records", "Records"), record, plan, setups(plan), out);
    }
  }

  /** Records of fractions on days that follow each other, numbered from 1. */
  void records(StudyContext study, String planName, LocalDate first, int fractions)
      throws IOException {
    for (int n = 1; n <= fractions; n++) {
      record(study, planName, first.plusDays(n - 1L).atTime(MORNING), n);
    }
  }

  /** A registration of the images of one study with another study. */
  void registration(
      StudyContext target, String name, StudyContext source, String sourceSeries, String modality)
      throws IOException {
    List<Double> identity =
        List.of(1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0);
    List<String> images =
        IntStream.range(0, IMAGES).mapToObj(k -> imageUid(sourceSeries, k)).toList();
    Registration registration =
        new Registration(
            uid(name),
            target.frameOfReferenceUid(),
            List.of(
                new Registration.Transform(
                    source.frameOfReferenceUid(), "RIGID", identity, images)),
            List.of());
    try (OutputStream out = open()) {
      RegistrationWriter.write(
          target,
          series(target, name, "Registration"),
          registration,
          new RegistrationWriter.Source(uid(sourceSeries), modality),
          out);
    }
  }

  /** A second file with the same bytes as the last one. */
  void copyOfLastFile() throws IOException {
    Path last = file(files);
    files++;
    Files.copy(last, file(files));
  }

  private SeriesContext series(StudyContext study, String name, String description) {
    LocalDate day = study.studyDate() == null ? LocalDate.EPOCH : study.studyDate();
    return new SeriesContext(uid(name), 1, description, EQUIPMENT, day.atTime(MORNING));
  }

  private OutputStream open() throws IOException {
    files++;
    Files.createDirectories(folder);
    return new BufferedOutputStream(Files.newOutputStream(file(files)), 1 << 16);
  }

  private Path file(int number) {
    return folder.resolve("F" + number);
  }

  /** Writes one slice. */
  private interface ImageWriter {
    void write(
        StudyContext study,
        SeriesContext series,
        CtImageWriter.Slice slice,
        short[] values,
        OutputStream out)
        throws IOException;
  }
}
