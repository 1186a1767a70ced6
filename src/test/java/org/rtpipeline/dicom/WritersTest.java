package org.rtpipeline.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.model.Beam;
import org.rtpipeline.model.Contour;
import org.rtpipeline.model.DoseGrid;
import org.rtpipeline.model.InstanceHeader;
import org.rtpipeline.model.ObjectFacts;
import org.rtpipeline.model.Plan;
import org.rtpipeline.model.Registration;
import org.rtpipeline.model.Roi;
import org.rtpipeline.model.StructureSet;
import org.rtpipeline.model.TreatmentRecord;

final class WritersTest {

  private static final StudyContext STUDY =
      new StudyContext("P1", "A^B", "O", "1.2.3", "1", null, null, "1.2.3.9");
  private static final SeriesContext SERIES =
      new SeriesContext(
          "1.2.3.4",
          1,
          "Made",
          new SeriesContext.Equipment("Maker", "Model", "1"),
          LocalDateTime.of(2024, 2, 3, 4, 5));
  private static final ContourImages IMAGES =
      new ContourImages("1.2.3", "1.2.3.5", List.of("1.2.3.5.1"));
  private static final VoxelGrid ONE_PLANE = VoxelGrid.axial(2, 1, 1, new Point(0, 0, 0), 1, 1, 1);
  private static final BeamSetup SETUP = new BeamSetup(0, Point.ORIGIN, 50, 50);

  private static StructureSet set(String label, Roi... rois) {
    return new StructureSet("1.2.3.6", label, null, null, List.of(rois), List.of());
  }

  private static StructureSet readBack(StructureSet set) throws IOException, DicomException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    RtStructWriter.write(STUDY, SERIES, set, IMAGES, out);
    return RtStructReader.read("RS.dcm", new ByteArrayInputStream(out.toByteArray()));
  }

  private static Plan plan(List<Beam> beams) {
    return new Plan("1.2.3.7", "Plan", null, null, null, null, List.of(), beams, List.of());
  }

  private static Beam beam(int number) {
    return new Beam(number, "Field", null, null, null, null, null, 2, null);
  }

  @Test
  void coordinatesHaveAtMostFourDecimals() {
    assertThat(
            new String(
                RtStructWriter.coordinates(new double[] {1, -0.5, 12.34567, -0.00001, 1e-4, 100.1}),
                StandardCharsets.US_ASCII))
        .isEqualTo("1\\-0.5\\12.3457\\0\\0.0001\\100.1");
  }

  @Test
  void coordinatesNeverPassSixteenCharacters() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 2000; i++) {
      double number = random.nextDouble(-1e9, 1e9) * Math.pow(10, -random.nextInt(12));
      String text =
          new String(RtStructWriter.coordinates(new double[] {number}), StandardCharsets.US_ASCII);
      assertThat(text.length()).as(text).isLessThanOrEqualTo(16);
      assertThat(Double.parseDouble(text))
          .isCloseTo(number, org.assertj.core.api.Assertions.within(5.1e-5));
    }
  }

  @Test
  void numbersThatAreNoPlacesAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RtStructWriter.coordinates(new double[] {Double.NaN}));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RtStructWriter.coordinates(new double[] {1e9}));
  }

  @Test
  void longLabelsAreCutAndSeparatorsReplaced() throws IOException, DicomException {
    Roi roi = new Roi(1, "A\\B" + "x".repeat(80), null, null, null, List.of());
    StructureSet read = readBack(set("A label that is far too long", roi));
    assertThat(read.label()).isEqualTo("A label that is");
    assertThat(read.rois().get(0).name()).hasSize(64).startsWith("A/Bx");
  }

  @Test
  void textOutsideAsciiIsKept() throws IOException, DicomException {
    Roi roi = new Roi(1, "Błona_śluzowa", "ORGAN", "AUTOMATIC", null, List.of());
    StructureSet read = readBack(set("Żuchwa", roi));
    assertThat(read.label()).isEqualTo("Żuchwa");
    assertThat(read.rois().get(0).name()).isEqualTo("Błona_śluzowa");
  }

  @Test
  void contoursKeepTypeAndImage() throws IOException, DicomException {
    double[] pointsMm = {0, 0, 5, 1, 0, 5, 0, 1, 5};
    Contour contour = new Contour(Contour.Type.CLOSED_PLANAR, pointsMm, "1.2.3.5.1");
    StructureSet read = readBack(set("S", new Roi(4, "R", null, null, null, List.of(contour))));
    Contour same = read.rois().get(0).contours().get(0);
    assertThat(same.pointsMm()).containsExactly(pointsMm);
    assertThat(same.type()).isEqualTo(Contour.Type.CLOSED_PLANAR);
    assertThat(same.imageSopInstanceUid()).isEqualTo("1.2.3.5.1");
  }

  @Test
  void structureSetsOfAnotherFrameAreRefused() {
    StructureSet other = new StructureSet("1.2.3.6", "S", null, "9.9", List.of(), List.of());
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                RtStructWriter.write(STUDY, SERIES, other, IMAGES, OutputStream.nullOutputStream()))
        .withMessageContaining("9.9");
  }

  @Test
  void seriesWithoutImagesCannotBeReferredTo() {
    assertThatIllegalArgumentException().isThrownBy(() -> new ContourImages("1", "2", List.of()));
  }

  @Test
  void dosesThatDoNotFitAreRefused() {
    for (float doseGy : new float[] {-1, 5000, Float.NaN}) {
      DoseGrid dose = new DoseGrid(ONE_PLANE, new float[] {1, doseGy});
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  RtDoseWriter.write(
                      STUDY, SERIES, "1.2", "1.3", dose, OutputStream.nullOutputStream()));
    }
  }

  @Test
  void intensitiesOutsideTwelveBitsAreCut() throws IOException, DicomException {
    VoxelGrid grid = VoxelGrid.axial(2, 1, 2, Point.ORIGIN, 1, 1, 3);
    Map<String, byte[]> files = new TreeMap<>();
    for (int k = 0; k < 2; k++) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      CtImageWriter.write(
          STUDY,
          SERIES,
          new CtImageWriter.Slice("1.2.3.5." + (k + 1), grid, k, "HEAD"),
          new short[] {-3000, 9000},
          out);
      files.put("CT" + k, out.toByteArray());
    }
    ReadVolume read =
        ImageSeriesReader.read(
            List.copyOf(files.keySet()),
            path -> new ByteArrayInputStream(files.getOrDefault(path, new byte[0])));
    assertThat(read.volume().values()).containsExactly(-1024f, 3071f, -1024f, 3071f);
  }

  @Test
  void planesOfAnotherSizeAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                CtImageWriter.write(
                    STUDY,
                    SERIES,
                    new CtImageWriter.Slice("1.2", ONE_PLANE, 0, "HEAD"),
                    new short[3],
                    OutputStream.nullOutputStream()));
  }

  @Test
  void plansWithGapsAreWritten() throws IOException, DicomException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    RtPlanWriter.write(STUDY, SERIES, plan(List.of(beam(3))), List.of(SETUP), "1.2.3.6", out);
    Plan read = RtPlanReader.read("RP.dcm", new ByteArrayInputStream(out.toByteArray()));
    assertThat(read.beams()).extracting(Beam::number).containsExactly(3);
    assertThat(read.approvalStatus()).isEqualTo("UNAPPROVED");
    assertThat(read.fractionsPlanned()).isNull();
  }

  @Test
  void plansNeedASetupForEachBeam() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                RtPlanWriter.write(
                    STUDY,
                    SERIES,
                    plan(List.of(beam(1))),
                    List.of(),
                    "1.2",
                    OutputStream.nullOutputStream()));
  }

  @Test
  void recordsWithGapsAreWritten() throws IOException, DicomException {
    TreatmentRecord record =
        new TreatmentRecord(
            "1.2.3.8",
            "1.2.3.7",
            null,
            null,
            null,
            null,
            List.of(new TreatmentRecord.DeliveredBeam(3, null, null, null, null)),
            List.of());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    RtRecordWriter.write(STUDY, SERIES, record, plan(List.of(beam(3))), List.of(SETUP), out);
    TreatmentRecord read =
        RtRecordReader.read("RT.dcm", new ByteArrayInputStream(out.toByteArray()));
    assertThat(read.planUid()).isEqualTo("1.2.3.7");
    assertThat(read.date()).isEqualTo(SERIES.made().toLocalDate());
    assertThat(read.fractionNumber()).isNull();
  }

  @Test
  void recordsOfBeamsThePlanLacksAreRefused() {
    TreatmentRecord record =
        new TreatmentRecord(
            "1.2.3.8",
            "1.2.3.7",
            null,
            null,
            1,
            null,
            List.of(new TreatmentRecord.DeliveredBeam(9, 1.0, 1.0, "NORMAL", "TREATMENT")),
            List.of());
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                RtRecordWriter.write(
                    STUDY,
                    SERIES,
                    record,
                    plan(List.of(beam(3))),
                    List.of(SETUP),
                    OutputStream.nullOutputStream()))
        .withMessageContaining("9");
  }

  @Test
  void imagesOfEveryModalityComeBackWithTheirPlace() throws IOException {
    CtImageWriter.Slice slice = new CtImageWriter.Slice("1.2.3.8", ONE_PLANE, 0, "PELVIS");
    ByteArrayOutputStream mr = new ByteArrayOutputStream();
    MrImageWriter.write(STUDY, SERIES, slice, new short[2], mr);
    ByteArrayOutputStream pet = new ByteArrayOutputStream();
    PetImageWriter.write(STUDY, SERIES, slice, new short[2], pet);

    for (Map.Entry<String, byte[]> file :
        Map.of("MR", mr.toByteArray(), "PT", pet.toByteArray()).entrySet()) {
      InstanceHeader header = Objects.requireNonNull(Samples.scan(file.getValue()).header());
      assertThat(header.modality()).isEqualTo(file.getKey());
      assertThat(header.frameOfReferenceUid()).isEqualTo("1.2.3.9");
      assertThat(header.findings()).isEmpty();
      assertThat(header.facts())
          .isInstanceOfSatisfying(
              ObjectFacts.Image.class,
              image -> {
                assertThat(image.manufacturer()).isEqualTo("Maker");
                assertThat(image.modelName()).isEqualTo("Model");
              });
    }
  }

  @Test
  void aRegistrationComesBackAsItWasWritten() throws IOException, DicomException {
    List<Double> matrix =
        List.of(1.0, 0.0, 0.0, 5.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0);
    for (String modality : List.of("CT", "MR", "PT")) {
      Registration registration =
          new Registration(
              "1.2.3.11",
              "1.2.3.9",
              List.of(new Registration.Transform("1.2.4.9", "RIGID", matrix, List.of("1.2.4.1"))),
              List.of());
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      RegistrationWriter.write(
          STUDY, SERIES, registration, new RegistrationWriter.Source("1.2.4.5", modality), out);

      assertThat(RegistrationReader.read("REG.dcm", new ByteArrayInputStream(out.toByteArray())))
          .isEqualTo(registration);
    }
  }

  @Test
  void theDoseOfABeamNamesTheBeam() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    RtDoseWriter.write(
        STUDY,
        SERIES,
        "1.2.3.12",
        new RtDoseWriter.Kind("BEAM", "CGY", List.of("1.2.3.7"), 3),
        new DoseGrid(ONE_PLANE, new float[] {1, 2}),
        out);

    InstanceHeader header = Objects.requireNonNull(Samples.scan(out.toByteArray()).header());
    assertThat(header.facts())
        .isInstanceOfSatisfying(
            ObjectFacts.Dose.class,
            dose -> {
              assertThat(dose.units()).isEqualTo("CGY");
              assertThat(dose.summationType()).isEqualTo("BEAM");
              assertThat(dose.referencedBeamNumbers()).containsExactly(3);
            });
  }
}
