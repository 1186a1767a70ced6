package org.rtpipeline.phantom;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.rtpipeline.dicom.BeamSetup;
import org.rtpipeline.dicom.ContourImages;
import org.rtpipeline.dicom.CtImageWriter;
import org.rtpipeline.dicom.RtDoseWriter;
import org.rtpipeline.dicom.RtPlanWriter;
import org.rtpipeline.dicom.RtRecordWriter;
import org.rtpipeline.dicom.RtStructWriter;
import org.rtpipeline.dicom.SeriesContext;
import org.rtpipeline.dicom.StudyContext;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.model.Beam;
import org.rtpipeline.model.Plan;
import org.rtpipeline.model.Prescription;
import org.rtpipeline.model.Roi;
import org.rtpipeline.model.StructureSet;
import org.rtpipeline.model.TreatmentRecord;

/** Writes the DICOM files of one made-up course, every reference between them in place. */
final class CourseWriter {

  private static final SeriesContext.Equipment EQUIPMENT =
      new SeriesContext.Equipment("RTpipeline", "Phantom", "1");

  private static final LocalDate FIRST_SCAN = LocalDate.of(2024, 1, 15);
  private static final LocalTime SCAN_TIME = LocalTime.of(9, 0);
  private static final int DAYS_FROM_SCAN_TO_START = 7;
  private static final int BEAMS = 5;
  private static final double BEAM_METERSET_MU = 100;
  private static final double FIELD_MARGIN_MM = 10;
  private static final String MACHINE = "PHANTOM_LINAC";

  private final PhantomCourse course;
  private final PhantomUids uids;
  private final Path folder;
  private final StudyContext study;
  private final LocalDate scanned;

  CourseWriter(PhantomCourse course, Path folder) {
    this.course = course;
    this.uids = course.uids();
    this.folder = folder;
    this.scanned = FIRST_SCAN.plusDays(course.patient() - 1L);
    this.study =
        new StudyContext(
            course.patientId(),
            "Phantom^" + course.site().label(),
            course.patient() % 2 == 0 ? "F" : "M",
            uids.uid("study"),
            Integer.toString(course.patient()),
            scanned,
            SCAN_TIME,
            uids.uid("frame"));
  }

  /** Writes the files: CT slices, RS.dcm, RP.dcm, RD.dcm and one record for each fraction. */
  void write() throws IOException {
    writeImages();
    List<Roi> rois = course.contouredRois();
    writeStructures(rois);
    Plan plan = plan(rois);
    List<BeamSetup> setups = setups();
    writePlan(plan, setups);
    writeDose();
    writeRecords(plan, setups);
  }

  private void writeImages() throws IOException {
    VoxelGrid grid = course.imageGrid();
    SeriesContext series = series("series/ct", 1, "Planning CT", scanned.atTime(SCAN_TIME));
    CtPainter painter = new CtPainter(course);
    String bodyPart = course.site().bodyPart();
    for (int k = 0; k < grid.planes(); k++) {
      CtImageWriter.Slice slice = new CtImageWriter.Slice(course.imageUid(k), grid, k, bodyPart);
      try (OutputStream out = open("CT", numbered("CT", k + 1))) {
        CtImageWriter.write(study, series, slice, painter.slice(k), out);
      }
    }
  }

  private void writeStructures(List<Roi> rois) throws IOException {
    StructureSet set =
        new StructureSet(
            uids.uid("rs"),
            course.site().label(),
            "APPROVED",
            study.frameOfReferenceUid(),
            rois,
            List.of());
    List<String> images =
        IntStream.range(0, course.imageGrid().planes()).mapToObj(course::imageUid).toList();
    SeriesContext series =
        series("series/rs", 2, "Structures", scanned.atTime(SCAN_TIME).plusHours(2));
    try (OutputStream out = open("", "RS.dcm")) {
      RtStructWriter.write(
          study,
          series,
          set,
          new ContourImages(study.studyUid(), uids.uid("series/ct"), images),
          out);
    }
  }

  private void writePlan(Plan plan, List<BeamSetup> setups) throws IOException {
    SeriesContext series = series("series/rp", 3, "Plan", scanned.plusDays(2).atTime(SCAN_TIME));
    try (OutputStream out = open("", "RP.dcm")) {
      RtPlanWriter.write(study, series, plan, setups, uids.uid("rs"), out);
    }
  }

  private void writeDose() throws IOException {
    SeriesContext series = series("series/rd", 4, "Dose", scanned.plusDays(2).atTime(SCAN_TIME));
    try (OutputStream out = open("", "RD.dcm")) {
      RtDoseWriter.write(study, series, uids.uid("rd"), uids.uid("rp"), course.doseGrid(), out);
    }
  }

  private void writeRecords(Plan plan, List<BeamSetup> setups) throws IOException {
    LocalDate day = scanned.plusDays(DAYS_FROM_SCAN_TO_START);
    for (int fraction = 1; fraction <= course.size().fractions(); fraction++) {
      day = workingDay(day);
      LocalDateTime treated = day.atTime(SCAN_TIME).plusMinutes(7L * fraction);
      SeriesContext series = series("series/rt", 5, "Treatment records", treated);
      try (OutputStream out = open("RT", numbered("RT", fraction))) {
        RtRecordWriter.write(study, series, record(fraction, treated, plan), plan, setups, out);
      }
      day = day.plusDays(1);
    }
  }

  private static LocalDate workingDay(LocalDate day) {
    LocalDate next = day;
    while (next.getDayOfWeek() == DayOfWeek.SATURDAY || next.getDayOfWeek() == DayOfWeek.SUNDAY) {
      next = next.plusDays(1);
    }
    return next;
  }

  private Plan plan(List<Roi> rois) {
    List<Prescription> prescriptions =
        rois.stream()
            .filter(roi -> "PTV".equals(roi.interpretedType()))
            .map(
                roi ->
                    new Prescription(
                        "TARGET",
                        roi.name(),
                        roi.number(),
                        course.site().prescriptionGy(roi.name())))
            .toList();
    List<Beam> beams = new ArrayList<>();
    for (int number = 1; number <= BEAMS; number++) {
      beams.add(
          new Beam(
              number,
              "Field " + number,
              "STATIC",
              "TREATMENT",
              "PHOTON",
              MACHINE,
              6.0,
              2,
              BEAM_METERSET_MU + number));
    }
    return new Plan(
        uids.uid("rp"),
        course.site().label(),
        scanned.plusDays(2),
        "CURATIVE",
        "APPROVED",
        course.size().fractions(),
        prescriptions,
        beams,
        List.of());
  }

  /** Fields at equal angles about the middle of the highest target, as wide as it is. */
  private List<BeamSetup> setups() {
    Solid target =
        course.rois().stream()
            .filter(roi -> roi.name().equals("PTV_High"))
            .map(PhantomRoi::solid)
            .findFirst()
            .orElseThrow();
    Point lowMm = corner(target.lowestMm(Axis.X), target.lowestMm(Axis.Y), target.lowestMm(Axis.Z));
    Point highMm =
        corner(target.highestMm(Axis.X), target.highestMm(Axis.Y), target.highestMm(Axis.Z));
    Point sizeMm = highMm.minus(lowMm);
    double halfXMm = Math.rint(Math.max(sizeMm.xMm(), sizeMm.yMm()) / 2 + FIELD_MARGIN_MM);
    double halfYMm = Math.rint(sizeMm.zMm() / 2 + FIELD_MARGIN_MM);
    Point middleMm = lowMm.plus(sizeMm.times(0.5));
    Point isocentreMm =
        corner(Math.rint(middleMm.xMm()), Math.rint(middleMm.yMm()), Math.rint(middleMm.zMm()));
    return IntStream.range(0, BEAMS)
        .mapToObj(i -> new BeamSetup(360.0 / BEAMS * i, isocentreMm, halfXMm, halfYMm))
        .toList();
  }

  private static Point corner(double xMm, double yMm, double zMm) {
    return new Point(xMm, yMm, zMm);
  }

  private TreatmentRecord record(int fraction, LocalDateTime treated, Plan plan) {
    List<TreatmentRecord.DeliveredBeam> beams =
        plan.beams().stream()
            .map(
                beam ->
                    new TreatmentRecord.DeliveredBeam(
                        beam.number(), beam.metersetMu(), beam.metersetMu(), "NORMAL", "TREATMENT"))
            .toList();
    return new TreatmentRecord(
        uids.uid("rt/" + fraction),
        plan.sopInstanceUid(),
        treated.toLocalDate(),
        treated.toLocalTime(),
        fraction,
        MACHINE,
        beams,
        List.of());
  }

  private SeriesContext series(String name, int number, String description, LocalDateTime made) {
    return new SeriesContext(uids.uid(name), number, description, EQUIPMENT, made);
  }

  private OutputStream open(String subfolder, String name) throws IOException {
    Path parent = Files.createDirectories(folder.resolve(subfolder));
    return new BufferedOutputStream(Files.newOutputStream(parent.resolve(name)), 1 << 16);
  }

  private static String numbered(String prefix, int number) {
    return String.format(Locale.ROOT, "%s%03d.dcm", prefix, number);
  }
}
