package org.rtpipeline.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rtpipeline.fixture.Programs;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.model.Contour;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.InstanceHeader;
import org.rtpipeline.model.LabelMap;
import org.rtpipeline.model.LabelledStructure;
import org.rtpipeline.model.ObjectFacts;
import org.rtpipeline.model.Reference;
import org.rtpipeline.model.Roi;
import org.rtpipeline.model.StructureCode;
import org.rtpipeline.model.StructureSet;

/** Segmentation objects, and structure sets that a program made. */
final class SegTest {

  private static final String FRAME = "1.2.826.9";
  private static final StudyContext STUDY =
      new StudyContext(
          "P1",
          "A^B",
          "F",
          "1.2.826.1",
          "1",
          LocalDate.of(2024, 1, 2),
          LocalTime.of(3, 4),
          FRAME,
          new StudyContext.Origin(LocalDate.of(1950, 6, 7), "ACC1", "R^S"));
  private static final SeriesContext SERIES =
      new SeriesContext(
          "1.2.826.4",
          900,
          "Automatic",
          new SeriesContext.Equipment("Maker", "Model", "1"),
          LocalDateTime.of(2024, 2, 3, 4, 5));
  private static final SegmentAlgorithm ALGORITHM =
      new SegmentAlgorithm("classical", "1", SegmentAlgorithm.MORPHOLOGICAL_OPERATIONS);
  private static final LabelledStructure LUNG_READ =
      new LabelledStructure(
          1,
          "lung_left",
          "Left one",
          "",
          StructureCode.anatomy("39607008", "Lung").on(StructureCode.LEFT));
  private static final List<LabelledStructure> STRUCTURES =
      List.of(
          new LabelledStructure(
              3,
              "lung_left",
              "Left one",
              "ORGAN",
              StructureCode.anatomy("39607008", "Lung").on(StructureCode.LEFT)),
          new LabelledStructure(
              7, "liver", "Big one", "ORGAN", StructureCode.anatomy("10200004", "Liver")),
          new LabelledStructure(9, "nothing", "Never there", "ORGAN", StructureCode.TISSUE),
          new LabelledStructure(12, "blob", "Some tissue", "ORGAN", StructureCode.TISSUE));

  @TempDir private Path folder;

  private static ContourImages images(VoxelGrid grid) {
    List<String> uids = new ArrayList<>();
    for (int k = 0; k < grid.planes(); k++) {
      uids.add("1.2.826.5." + (k + 1));
    }
    return new ContourImages("1.2.826.1", "1.2.826.5", uids);
  }

  private static byte[] written(LabelMap labels) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SegWriter.write(
        STUDY,
        SERIES,
        new SegWriter.Identity("2.25.17", "Made up"),
        labels,
        images(labels.grid()),
        ALGORITHM,
        out);
    return out.toByteArray();
  }

  private static ReadSegments read(byte[] file) throws DicomException {
    return SegReader.read("SEG.dcm", new ByteArrayInputStream(file), 0.5);
  }

  private static byte[] changed(byte[] file, UnaryOperator<DicomObject.Builder> change)
      throws DicomException {
    DicomObject object = Samples.read(file, ReadScope.WHOLE).object();
    return Samples.file(change.apply(DicomObject.builder().all(object)).build());
  }

  /** Odd counts, so that frames begin amid a byte; every structure but one overlaps another. */
  private static LabelMap random(SplittableRandom random, int planes) {
    VoxelGrid grid = VoxelGrid.axial(7, 5, planes, new Point(-10.5, 3, 100), 1.5, 2, 2.5);
    short[] one = new short[(int) grid.voxels()];
    short[] other = new short[one.length];
    for (int at = 0; at < one.length; at++) {
      boolean empty = at / 35 == 1 && planes > 2;
      one[at] = (short) (empty ? 0 : new int[] {0, 3, 7, 0}[random.nextInt(4)]);
      other[at] = (short) (empty ? 0 : new int[] {0, 12}[random.nextInt(2)]);
    }
    return new LabelMap(
        grid,
        List.of(
            new LabelMap.Layer(one, STRUCTURES.subList(0, 3)),
            new LabelMap.Layer(other, STRUCTURES.subList(3, 4))),
        List.of());
  }

  @Test
  void whatIsWrittenComesBack() throws IOException, DicomException {
    SplittableRandom random = new SplittableRandom(8);
    for (int round = 0; round < 30; round++) {
      LabelMap labels = random(random, 3 + random.nextInt(4));
      ReadSegments back = read(written(labels));
      assertThat(back.labels().grid().planes()).isEqualTo(labels.grid().planes());
      assertThat(back.labels().grid().originMm().minus(labels.grid().originMm()).length())
          .isCloseTo(0, within(1e-9));
      assertThat(back.labels().structures())
          .extracting(LabelledStructure::name)
          .containsExactly("lung_left", "liver", "blob");
      for (LabelledStructure structure : back.labels().structures()) {
        LabelledStructure own =
            STRUCTURES.stream().filter(s -> s.name().equals(structure.name())).findFirst().get();
        assertThat(back.labels().mask(structure)).isEqualTo(labels.mask(own));
        assertThat(structure.code()).isEqualTo(own.code());
        assertThat(structure.description()).isEqualTo(own.description());
      }
      assertThat(back.frameOfReferenceUid()).isEqualTo(FRAME);
      assertThat(back.referencedSeriesUids()).containsExactly("1.2.826.5");
      assertThat(back.sopInstanceUid()).isEqualTo("2.25.17");
    }
  }

  @Test
  void theSameLabelsAreTheSameBytes() throws IOException {
    assertThat(written(random(new SplittableRandom(1), 4)))
        .isEqualTo(written(random(new SplittableRandom(1), 4)));
  }

  @Test
  void labelsWithoutAVoxelAreRefused() {
    VoxelGrid grid = VoxelGrid.axial(2, 2, 2, Point.ORIGIN, 1, 1, 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> written(LabelMap.of(grid, new short[8], STRUCTURES)))
        .withMessage("no structure has a voxel to write");
  }

  @Test
  void sharesCountFromHalfOfTheLargest() throws IOException, DicomException {
    VoxelGrid grid = VoxelGrid.axial(3, 1, 2, Point.ORIGIN, 1, 1, 2);
    LabelMap full = LabelMap.of(grid, new short[] {3, 3, 3, 3, 3, 3}, STRUCTURES.subList(0, 1));
    byte[] fractional =
        changed(
            written(full),
            object ->
                object
                    .text(Tags.SEGMENTATION_TYPE, "FRACTIONAL")
                    .integers(Tags.MAXIMUM_FRACTIONAL_VALUE, 200)
                    .integers(Tags.BITS_ALLOCATED, 8)
                    .integers(Tags.BITS_STORED, 8)
                    .integers(Tags.HIGH_BIT, 7)
                    .bytes(Tags.PIXEL_DATA, Vr.OB, new byte[] {0, 99, 100, (byte) 200, 1, 101}));
    LabelMap labels = read(fractional).labels();
    assertThat(labels.mask(labels.structures().get(0))).isEqualTo(new byte[] {0, 0, 1, 1, 0, 1});
  }

  @Test
  void sharesCountFromTheThresholdThatIsAskedFor() throws IOException, DicomException {
    VoxelGrid grid = VoxelGrid.axial(3, 1, 1, Point.ORIGIN, 1, 1, 2);
    LabelMap full = LabelMap.of(grid, new short[] {3, 3, 3}, STRUCTURES.subList(0, 1));
    byte[] half = Segmentations.fractional(written(full), 128, 0);
    assertThat(read(half).labels().mask(LUNG_READ)).containsOnly(1);
    assertThat(
            SegReader.read("SEG.dcm", new ByteArrayInputStream(half), 0.51)
                .labels()
                .mask(LUNG_READ))
        .containsOnly(0);
  }

  @Test
  void pixelsOfALabelMapAreNumbersOfSegments() throws IOException, DicomException {
    VoxelGrid grid = VoxelGrid.axial(3, 1, 2, Point.ORIGIN, 1, 1, 2);
    LabelMap full = LabelMap.of(grid, new short[] {3, 3, 3, 3, 3, 3}, STRUCTURES.subList(0, 1));
    byte[] labelMap =
        changed(
            written(full),
            object -> {
              List<DicomObject> segments = new ArrayList<>();
              for (int number : new int[] {0, 2, 5}) {
                segments.add(
                    DicomObject.builder()
                        .integers(Tags.SEGMENT_NUMBER, number)
                        .text(Tags.SEGMENT_LABEL, "segment of number " + number)
                        .build());
              }
              return object
                  .text(Tags.SOP_CLASS_UID, StorageClass.LABEL_MAP_SEGMENTATION)
                  .text(Tags.SEGMENTATION_TYPE, "LABELMAP")
                  .items(Tags.SEGMENT_SEQUENCE, segments)
                  .integers(Tags.BITS_ALLOCATED, 8)
                  .integers(Tags.BITS_STORED, 8)
                  .integers(Tags.HIGH_BIT, 7)
                  .bytes(Tags.PIXEL_DATA, Vr.OB, new byte[] {0, 2, 5, 5, 7, 2});
            });
    LabelMap labels = read(labelMap).labels();
    assertThat(labels.structures()).extracting(LabelledStructure::number).containsExactly(2, 5);
    assertThat(labels.mask(labels.structures().get(0))).containsExactly(0, 1, 0, 0, 0, 1);
    assertThat(labels.mask(labels.structures().get(1))).containsExactly(0, 0, 1, 1, 0, 0);
  }

  @Test
  void spacingAndMakersComeWithTheSegments() throws IOException, DicomException {
    byte[] file = written(random(new SplittableRandom(5), 3));
    ReadSegments read = read(file);
    assertThat(read.spacingMm()).isEqualTo(2.5);
    assertThat(read.label()).isEqualTo("SEGMENTATION");
    assertThat(read.maker(1)).isEqualTo(new ReadSegments.Maker(1, "AUTOMATIC", "classical"));
    assertThat(read.maker(99)).isEqualTo(new ReadSegments.Maker(99, null, null));
  }

  @Test
  void withoutASpacingTheSmallestDistanceOfPlanesOrTheThicknessCounts()
      throws IOException, DicomException {
    assertThat(withoutSpacing(3, 4).spacingMm()).isEqualTo(2.5);
    assertThat(withoutSpacing(1, 4).spacingMm()).isEqualTo(4);
    assertThat(withoutSpacing(1, 0).spacingMm()).isNull();
  }

  private static ReadSegments withoutSpacing(int planes, double thicknessMm)
      throws IOException, DicomException {
    VoxelGrid grid = VoxelGrid.axial(2, 1, planes, Point.ORIGIN, 1, 1, 2.5);
    short[] labels = new short[2 * planes];
    Arrays.fill(labels, (short) 3);
    return read(
        changed(
            written(LabelMap.of(grid, labels, STRUCTURES.subList(0, 1))),
            object ->
                object.items(
                    Tags.SHARED_FUNCTIONAL_GROUPS_SEQUENCE,
                    DicomObject.builder()
                        .items(
                            Tags.PLANE_ORIENTATION_SEQUENCE,
                            DicomObject.builder()
                                .numbers(Tags.IMAGE_ORIENTATION_PATIENT, 1, 0, 0, 0, 1, 0)
                                .build())
                        .items(
                            Tags.PIXEL_MEASURES_SEQUENCE,
                            DicomObject.builder()
                                .numbers(Tags.PIXEL_SPACING, 1, 1)
                                .numbers(Tags.SLICE_THICKNESS, thicknessMm)
                                .build())
                        .build())));
  }

  @Test
  void theHeaderNamesTheSegmentsAndTheImagesTheyWereMadeFrom() throws IOException, DicomException {
    byte[] file = written(random(new SplittableRandom(5), 3));
    InstanceHeader header = Samples.scan(file).header();
    assertThat(header).isNotNull();
    assertThat(header.modality()).isEqualTo("SEG");
    assertThat(header.frameOfReferenceUid()).isEqualTo(FRAME);
    assertThat(header.facts())
        .isInstanceOfSatisfying(
            ObjectFacts.Segments.class,
            facts -> {
              assertThat(facts.type()).isEqualTo("BINARY");
              assertThat(facts.label()).isEqualTo("SEGMENTATION");
              assertThat(facts.segmentLabels()).containsExactly("lung_left", "liver", "blob");
              assertThat(facts.pixels() % 35).isZero();
            });
    assertThat(header.referenced(Reference.Role.SERIES)).containsExactly("1.2.826.5");
    assertThat(header.referenced(Reference.Role.IMAGE))
        .containsExactly("1.2.826.5.1", "1.2.826.5.2", "1.2.826.5.3");
    byte[] bare = changed(file, object -> object.without(Tags.REFERENCED_SERIES_SEQUENCE));
    InstanceHeader byFrames = Samples.scan(bare).header();
    assertThat(byFrames).isNotNull();
    assertThat(byFrames.referenced(Reference.Role.SERIES)).isEmpty();
    assertThat(byFrames.referenced(Reference.Role.IMAGE))
        .containsExactlyInAnyOrder("1.2.826.5.1", "1.2.826.5.3");
  }

  @Test
  void anObjectThatCannotBeUsedIsRefusedWithItsCode() throws IOException {
    byte[] file = written(random(new SplittableRandom(5), 3));
    assertRefused(file, Finding.Code.MODALITY_MISMATCH, o -> o.text(Tags.SOP_CLASS_UID, "1.2"));
    assertRefused(
        file,
        Finding.Code.UNSUPPORTED_PIXEL_FORMAT,
        o -> o.text(Tags.SEGMENTATION_TYPE, "LABELMAP"));
    assertRefused(
        file, Finding.Code.UNSUPPORTED_PIXEL_FORMAT, o -> o.integers(Tags.BITS_ALLOCATED, 8));
    assertRefused(
        file, Finding.Code.TRUNCATED_PIXEL_DATA, o -> o.bytes(Tags.PIXEL_DATA, Vr.OB, new byte[4]));
    assertRefused(file, Finding.Code.NO_ROI, o -> o.without(Tags.SEGMENT_SEQUENCE));
    assertRefused(file, Finding.Code.NO_PIXEL_DATA, o -> o.without(Tags.NUMBER_OF_FRAMES));
    assertRefused(
        file,
        Finding.Code.MISSING_GEOMETRY,
        o -> o.without(Tags.SHARED_FUNCTIONAL_GROUPS_SEQUENCE));
    assertRefused(
        file,
        Finding.Code.INVALID_NUMBER,
        o ->
            o.items(
                Tags.SEGMENT_SEQUENCE,
                DicomObject.builder().integers(Tags.SEGMENT_NUMBER, 8).build()));
    assertRefused(
        file,
        Finding.Code.INVALID_GEOMETRY,
        o ->
            o.items(
                Tags.SHARED_FUNCTIONAL_GROUPS_SEQUENCE,
                DicomObject.builder()
                    .items(
                        Tags.PLANE_ORIENTATION_SEQUENCE,
                        DicomObject.builder()
                            .numbers(Tags.IMAGE_ORIENTATION_PATIENT, 1, 0, 0, 1, 0, 0)
                            .build())
                    .items(
                        Tags.PIXEL_MEASURES_SEQUENCE,
                        DicomObject.builder().numbers(Tags.PIXEL_SPACING, 1, 1).build())
                    .build()));
  }

  private static void assertRefused(
      byte[] file, Finding.Code code, UnaryOperator<DicomObject.Builder> change) {
    assertThatThrownBy(() -> read(changed(file, change)))
        .isInstanceOfSatisfying(DicomException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void aSecondSegmentOfTheSameLabelIsNamedApart() throws IOException, DicomException {
    byte[] file = written(random(new SplittableRandom(5), 3));
    byte[] twins =
        changed(
            file,
            object -> {
              List<DicomObject> segments = new ArrayList<>();
              for (int number = 1; number <= 3; number++) {
                segments.add(
                    DicomObject.builder()
                        .integers(Tags.SEGMENT_NUMBER, number)
                        .text(Tags.SEGMENT_LABEL, "same")
                        .build());
              }
              return object.items(Tags.SEGMENT_SEQUENCE, segments);
            });
    LabelMap labels = read(twins).labels();
    assertThat(labels.structures())
        .extracting(LabelledStructure::name)
        .containsExactly("same", "same 2", "same 3");
    assertThat(labels.structures().get(0).code()).isEqualTo(StructureCode.TISSUE);
    assertThat(Samples.codes(labels.findings())).containsOnly(Finding.Code.DUPLICATE_ROI_NAME);
  }

  private Path segmentation() throws IOException {
    return Files.write(folder.resolve("SEG.dcm"), written(random(new SplittableRandom(12), 5)));
  }

  private Path structureSet() throws IOException {
    double[] pointsMm = {-999.9999, -12.3456, 100, 20.5, -12, 100, 3, 40, 100};
    Roi roi =
        new Roi(
            3,
            "lung_left",
            "ORGAN",
            "AUTOMATIC",
            FRAME,
            List.of(new Contour(Contour.Type.CLOSED_PLANAR, pointsMm, "1.2.826.5.1")));
    StructureSet set =
        new StructureSet("2.25.18", "Auto classical", "UNAPPROVED", FRAME, List.of(roi), List.of());
    Path file = folder.resolve("RS_auto.dcm");
    try (var out = Files.newOutputStream(file)) {
      RtStructWriter.write(
          STUDY,
          SERIES,
          set,
          images(VoxelGrid.axial(2, 2, 4, Point.ORIGIN, 1, 1, 1)),
          new RoiOrigin("classical 1", STRUCTURES),
          out);
    }
    return file;
  }

  @Test
  void aMadeStructureSetSaysWhatItsRegionsAre() throws IOException, DicomException {
    DicomObject object = Samples.read(Files.readAllBytes(structureSet()), ReadScope.WHOLE).object();
    DicomObject region = object.item(Tags.STRUCTURE_SET_ROI_SEQUENCE).orElseThrow();
    assertThat(region.text(Tags.ROI_GENERATION_DESCRIPTION)).contains("classical 1");
    assertThat(region.text(Tags.ROI_DESCRIPTION)).contains("Left one");
    DicomObject code =
        object
            .item(Tags.RT_ROI_OBSERVATIONS_SEQUENCE)
            .flatMap(o -> o.item(Tags.RT_ROI_IDENTIFICATION_CODE_SEQUENCE))
            .orElseThrow();
    assertThat(code.text(Tags.CODE_VALUE)).contains("39607008");
    assertThat(object.text(Tags.APPROVAL_STATUS)).contains("UNAPPROVED");
    assertThat(object.text(Tags.PATIENT_BIRTH_DATE)).contains("19500607");
    assertThat(object.text(Tags.ACCESSION_NUMBER)).contains("ACC1");
    DicomObject contour =
        object
            .item(Tags.ROI_CONTOUR_SEQUENCE)
            .flatMap(o -> o.item(Tags.CONTOUR_SEQUENCE))
            .orElseThrow();
    assertThat(contour.texts(Tags.CONTOUR_DATA)).allMatch(text -> text.length() <= 10);
  }

  @Test
  void theStudyOfAnImageIsTakenOver() throws IOException, DicomException {
    byte[] file =
        Samples.file(
            Samples.ctSlice("1.2.826.5.1", 0)
                .text(Tags.PATIENT_BIRTH_DATE, "19500607")
                .text(Tags.ACCESSION_NUMBER, "ACC1")
                .build());
    StudyContext study = StudyContextReader.read("CT.dcm", new ByteArrayInputStream(file));
    assertThat(study.frameOfReferenceUid()).isEqualTo(Samples.FRAME);
    assertThat(study.studyUid()).isEqualTo("1.2.826.1");
    assertThat(study.origin().birthDate()).isEqualTo(LocalDate.of(1950, 6, 7));
    assertThat(study.origin().accessionNumber()).isEqualTo("ACC1");
    byte[] homeless =
        Samples.file(
            Samples.ctSlice("1.2.826.5.1", 0).without(Tags.FRAME_OF_REFERENCE_UID).build());
    assertThatThrownBy(() -> StudyContextReader.read("CT.dcm", new ByteArrayInputStream(homeless)))
        .isInstanceOfSatisfying(
            DicomException.class, e -> assertThat(e.code()).isEqualTo(Finding.Code.MISSING_UID));
  }

  @Test
  void theImagesOfAVolumeAreNamedPlaneByPlane() throws DicomException {
    assertThat(
            Samples.volume(
                    Samples.ctSlice("1.2.3", 5),
                    Samples.ctSlice("1.2.1", 10),
                    Samples.ctSlice("1.2.2", 0))
                .sopInstanceUids())
        .containsExactly("1.2.2", "1.2.3", "1.2.1");
  }

  @Test
  void dciodvfyFindsNoErrors() throws IOException, InterruptedException {
    Programs.require("dciodvfy");
    assertThat(Programs.printed("dciodvfy", segmentation().toString()))
        .contains("Segmentation")
        .doesNotContain("Error");
    assertThat(Programs.printed("dciodvfy", structureSet().toString()))
        .contains("RTStructureSet")
        .doesNotContain("Error");
  }

  @Test
  void highdicomReadsTheSegmentsVoxelByVoxel() throws IOException, InterruptedException {
    LabelMap labels = random(new SplittableRandom(12), 5);
    int voxels = 0;
    for (byte voxel : labels.mask(STRUCTURES.get(1))) {
      voxels += voxel;
    }
    String script =
        """
        import sys, highdicom
        seg = highdicom.seg.segread(sys.argv[1])
        liver = seg.get_segment_numbers(segment_label='liver')[0]
        print(seg.number_of_segments, seg.get_segment_description(liver).segmented_property_type.meaning)
        volume = seg.get_volume(segment_numbers=[liver], combine_segments=False)
        print(volume.array.sum(), volume.get_geometry().spacing)
        """;
    assertThat(
            Programs.python(
                "highdicom",
                Files.writeString(folder.resolve("read.py"), script).toString(),
                segmentation().toString()))
        .contains("3 Liver")
        .contains(voxels + " (2.5, 2.0, 1.5)");
  }

  @Test
  void segmentsOfHighdicomAreReadWhereTheyOverlapAndWhereTheyAreShares()
      throws IOException, InterruptedException, DicomException {
    VoxelGrid grid = VoxelGrid.axial(7, 5, 4, new Point(-10.5, 3, 100), 1.5, 2, 2.5);
    SeriesContext series =
        new SeriesContext("1.2.826.5", 1, "CT", SERIES.equipment(), SERIES.made());
    for (int k = 0; k < grid.planes(); k++) {
      try (var out = Files.newOutputStream(folder.resolve("CT" + k + ".dcm"))) {
        CtImageWriter.write(
            STUDY,
            series,
            new CtImageWriter.Slice("1.2.826.5." + (k + 1), grid, k, "CHEST"),
            new short[35],
            out);
      }
    }
    String script =
        """
        import sys, glob, numpy, pydicom, highdicom
        from highdicom.seg import Segmentation, SegmentDescription
        from pydicom.sr.codedict import codes
        folder = sys.argv[1]
        images = [pydicom.dcmread(p) for p in sorted(glob.glob(folder + '/CT*.dcm'))]
        algorithm = highdicom.AlgorithmIdentificationSequence(
            name='made', version='1', family=codes.DCM.ArtificialIntelligence)
        segments = [
            SegmentDescription(
                n, label, codes.SCT.AnatomicalStructure, codes.SCT.Liver, 'AUTOMATIC', algorithm)
            for n, label in ((1, 'one'), (2, 'two'))]
        pixels = numpy.zeros((4, 5, 7, 2))
        pixels[1:3, 1:4, 2:5, 0] = 0.75
        pixels[2, 2, 2:7, 1] = 0.5
        pixels[2, 3, 0, 1] = 0.25
        def write(name, array, kind, **more):
            Segmentation(
                images, array, kind, segments, highdicom.UID(), 9, highdicom.UID(), 1,
                'M', 'M', '1', '1', **more).save_as(folder + '/' + name)
        write('fractional.dcm', pixels, 'FRACTIONAL', max_fractional_value=200)
        write('binary.dcm', (pixels >= 0.5).astype(numpy.uint8), 'BINARY')
        if hasattr(highdicom.seg.SegmentationTypeValues, 'LABELMAP'):
            numbers = numpy.zeros((4, 5, 7), numpy.uint8)
            numbers[1:3, 1:4, 2:5] = 1
            numbers[2, 3, 0] = 2
            write('labelmap.dcm', numbers, 'LABELMAP')
        print('written')
        """;
    assertThat(
            Programs.python(
                "highdicom",
                Files.writeString(folder.resolve("write.py"), script).toString(),
                folder.toString()))
        .contains("written");
    for (String name : List.of("fractional.dcm", "binary.dcm")) {
      LabelMap labels = read(Files.readAllBytes(folder.resolve(name))).labels();
      assertThat(labels.layers()).as(name).hasSize(2);
      assertThat(labels.grid().originMm()).isEqualTo(new Point(-10.5, 3, 102.5));
      assertThat(marked(labels, 0)).isEqualTo(block());
      assertThat(marked(labels, 1))
          .containsExactly(35 + 2 * 7 + 2, 35 + 2 * 7 + 3, 35 + 2 * 7 + 4, 35 + 2 * 7 + 5, 55);
      assertThat(labels.structures().get(0).code().type().value()).isEqualTo("10200004");
    }
    Path labelMap = folder.resolve("labelmap.dcm");
    if (Files.exists(labelMap)) {
      LabelMap labels = read(Files.readAllBytes(labelMap)).labels();
      assertThat(labels.layers()).hasSize(1);
      int before = (int) Math.round((102.5 - labels.grid().originMm().zMm()) / 2.5) * 35;
      assertThat(marked(labels, 0))
          .containsExactlyElementsOf(block().stream().map(at -> at + before).toList());
      assertThat(marked(labels, 1)).containsExactly(before + 35 + 3 * 7);
    }
  }

  private static List<Integer> block() {
    List<Integer> at = new ArrayList<>();
    for (int k = 0; k < 2; k++) {
      for (int j = 1; j < 4; j++) {
        for (int i = 2; i < 5; i++) {
          at.add(k * 35 + j * 7 + i);
        }
      }
    }
    return at;
  }

  private static List<Integer> marked(LabelMap labels, int segment) {
    byte[] mask = labels.mask(labels.structures().get(segment));
    List<Integer> at = new ArrayList<>();
    for (int voxel = 0; voxel < mask.length; voxel++) {
      if (mask[voxel] != 0) {
        at.add(voxel);
      }
    }
    return at;
  }

  @Test
  void pydicomReadsTheStructureSet() throws IOException, InterruptedException {
    String script =
        """
        import sys, pydicom
        rs = pydicom.dcmread(sys.argv[1])
        print(rs.StructureSetROISequence[0].ROIName, rs.ROIContourSequence[0].ContourSequence[0].ContourData[0])
        """;
    assertThat(
            Programs.python(
                "pydicom",
                Files.writeString(folder.resolve("read.py"), script).toString(),
                structureSet().toString()))
        .contains("lung_left -999.9999");
  }
}
