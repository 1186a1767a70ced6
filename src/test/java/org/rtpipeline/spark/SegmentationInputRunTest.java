package org.rtpipeline.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.rtpipeline.dicom.ContourImages;
import org.rtpipeline.dicom.DicomException;
import org.rtpipeline.dicom.HeaderReader;
import org.rtpipeline.dicom.ImageSeriesReader;
import org.rtpipeline.dicom.ReadVolume;
import org.rtpipeline.dicom.Segmentations;
import org.rtpipeline.dicom.StudyContext;
import org.rtpipeline.dicom.StudyContextReader;
import org.rtpipeline.fixture.Phantoms;
import org.rtpipeline.fixture.SharedSpark;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.model.FileRef;
import org.rtpipeline.model.InstanceHeader;
import org.rtpipeline.model.LabelMap;
import org.rtpipeline.model.LabelledStructure;
import org.rtpipeline.model.StructureCode;
import org.rtpipeline.structures.StructureRequest;

/** A whole run over a course that comes with segmentation objects, good ones and bad ones. */
@ExtendWith(SharedSpark.class)
final class SegmentationInputRunTest {

  private static final String DEFINITIONS =
      """
      custom_structures:
        - name: Liver_5mm
          source_structures: [liver]
          margin: 5
      """;
  private static final LabelledStructure LIVER = structure(1, "liver");
  private static final LabelledStructure TUMOUR = structure(2, "tumour");
  private static final LabelledStructure ISLANDS = structure(3, "islands");
  private static final LabelledStructure SLICE = structure(4, "slice");
  private static final LabelledStructure BALL = structure(1, "ball");

  @TempDir static Path folder;

  private static VoxelGrid own;

  private final JavaSparkContext context;
  private final Path output = folder.resolve("out");

  SegmentationInputRunTest(JavaSparkContext context) {
    this.context = context;
  }

  private static LabelledStructure structure(int number, String name) {
    return new LabelledStructure(number, name, "made up", "", StructureCode.TISSUE);
  }

  @BeforeAll
  static void run() throws Exception {
    Path input = folder.resolve("in");
    Phantoms.write(input, 1);
    writeSegmentations(input);
    RunRequest plain = Runs.request(input, folder.resolve("out"));
    CohortRun.run(
        Runs.engine(SharedSpark.context(), 2),
        new RunRequest(
            plain.places(),
            EnumSet.of(StageName.QC, StageName.STRUCTURES, StageName.DVH, StageName.RADIOMICS),
            plain.selection(),
            plain.onBug(),
            plain.organize(),
            plain.keys(),
            plain.segmentation(),
            StructureRequest.of(DEFINITIONS, 1.5),
            plain.cropping(),
            plain.dvh(),
            plain.pet(),
            plain.radiomics(),
            plain.patientIds(),
            plain.personal(),
            plain.export(),
            plain.configuration()),
        Runs.SILENT);
  }

  private static void writeSegmentations(Path input) throws IOException, DicomException {
    List<Path> slices = slices(input);
    ReadVolume ct =
        ImageSeriesReader.read(
            slices.stream().map(Path::toString).toList(),
            path -> Files.newInputStream(Path.of(path)));
    InstanceHeader header = header(slices.get(0));
    StudyContext study;
    try (InputStream in = Files.newInputStream(slices.get(0))) {
      study = StudyContextReader.read("CT", in);
    }
    ContourImages images =
        new ContourImages(header.studyUid(), header.seriesUid(), ct.sopInstanceUids());
    byte[] good = Segmentations.binary(study, "2.25.1", onCtGrid(ct.volume().grid()), images);
    Files.write(input.resolve("good.dcm"), good);
    Files.write(
        input.resolve("broken.dcm"),
        Segmentations.broken(
            Segmentations.binary(study, "2.25.3", onCtGrid(ct.volume().grid()), images)));
    own = VoxelGrid.axial(60, 50, 70, new Point(-40.3, -30.2, -31.4), 1.3, 1.7, 1.1);
    byte[] ball =
        Segmentations.binary(
            study, "2.25.2", ball(), Segmentations.images(header.studyUid(), "1.9.9", own));
    Files.write(
        input.resolve("fractional.dcm"),
        Segmentations.homeless(Segmentations.fractional(ball, 140, 120)));
    StudyContext elsewhere =
        new StudyContext(
            study.patientId(),
            study.patientName(),
            study.patientSex(),
            study.studyUid(),
            study.studyId(),
            study.studyDate(),
            study.studyTime(),
            "1.2.3.999",
            study.origin());
    Files.write(
        input.resolve("elsewhere.dcm"),
        Segmentations.binary(
            elsewhere, "2.25.4", ball(), Segmentations.images(header.studyUid(), "1.9.8", own)));
  }

  private static List<Path> slices(Path input) throws IOException {
    try (Stream<Path> files = Files.walk(input)) {
      return files
          .filter(file -> file.toString().endsWith(".dcm"))
          .filter(file -> header(file).modality().equals("CT"))
          .sorted()
          .toList();
    }
  }

  private static InstanceHeader header(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      FileRef ref = new FileRef(file.toString(), Files.size(file), 0);
      return Objects.requireNonNull(HeaderReader.read(ref, in).header());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Two boxes one in the other, two planes with an empty one between, and a single plane. */
  private static LabelMap onCtGrid(VoxelGrid grid) {
    short[] labels = new short[(int) grid.voxels()];
    short[] above = new short[labels.length];
    fill(grid, labels, LIVER, new int[] {50, 55, 10}, new int[] {20, 15, 6});
    fill(grid, above, TUMOUR, new int[] {55, 60, 12}, new int[] {6, 5, 3});
    fill(grid, labels, ISLANDS, new int[] {80, 60, 20}, new int[] {8, 8, 1});
    fill(grid, labels, ISLANDS, new int[] {80, 60, 22}, new int[] {8, 9, 1});
    fill(grid, labels, SLICE, new int[] {60, 60, 30}, new int[] {10, 10, 1});
    return new LabelMap(
        grid,
        List.of(
            new LabelMap.Layer(labels, List.of(LIVER, ISLANDS, SLICE)),
            new LabelMap.Layer(above, List.of(TUMOUR))),
        List.of());
  }

  private static void fill(
      VoxelGrid grid, short[] labels, LabelledStructure structure, int[] first, int[] count) {
    for (int k = first[2]; k < first[2] + count[2]; k++) {
      for (int j = first[1]; j < first[1] + count[1]; j++) {
        for (int i = first[0]; i < first[0] + count[0]; i++) {
          labels[grid.index(i, j, k)] = (short) structure.number();
        }
      }
    }
  }

  private static boolean isInBall(int i, int j, int k) {
    return i >= 0
        && j >= 0
        && k >= 0
        && i < own.columns()
        && j < own.rows()
        && k < own.planes()
        && own.toPatientMm(i, j, own.planeOffsetMm(k)).minus(new Point(-2, 8, 5)).length() < 24;
  }

  private static LabelMap ball() {
    short[] labels = new short[(int) own.voxels()];
    for (int k = 0; k < own.planes(); k++) {
      for (int j = 0; j < own.rows(); j++) {
        for (int i = 0; i < own.columns(); i++) {
          labels[own.index(i, j, k)] = (short) (isInBall(i, j, k) ? 1 : 0);
        }
      }
    }
    return LabelMap.of(own, labels, List.of(BALL));
  }

  private String cell(String table, String uid, int roi, String column) {
    return Runs.rows(context, output, table, "structure_set_uid", "roi_number", column).stream()
        .filter(row -> row.contains("structure_set_uid=" + uid + "}") || row.contains(uid + ","))
        .filter(row -> row.contains("roi_number=" + roi + ","))
        .map(row -> row.replaceAll(".*[{ ]" + column + "=([^,}]*).*", "$1"))
        .findFirst()
        .orElseThrow();
  }

  private void assertVolume(int roi, int voxels) {
    assertThat(Double.parseDouble(cell("dvh", "2.25.1", roi, "volume_cm3")))
        .isCloseTo(voxels * 27 / 1000.0, within(1e-6));
    assertThat(cell("radiomics_diagnostics", "2.25.1", roi, "mask_voxels"))
        .isEqualTo(Integer.toString(voxels));
  }

  @Test
  void segmentsHaveTheVolumeAndTheVoxelsOfTheirMasks() {
    assertVolume(1, 20 * 15 * 6);
    assertVolume(2, 6 * 5 * 3);
    assertVolume(3, 8 * 8 + 8 * 9);
    assertVolume(4, 100);
    assertThat(cell("dvh", "2.25.1", 4, "findings")).doesNotContain("SINGLE_PLANE_ROI");
  }

  @Test
  void aGridOfItsOwnGivesItsOwnVolumeAndTheNearestVoxels() {
    int voxels = 0;
    for (byte inside : ball().mask(BALL)) {
      voxels += inside;
    }
    assertThat(Double.parseDouble(cell("dvh", "2.25.2", 1, "volume_cm3")))
        .isCloseTo(voxels * 1.3 * 1.7 * 1.1 / 1000, within(1e-6));
    int onCt = 0;
    VoxelGrid ct = VoxelGrid.axial(128, 128, 40, new Point(-190.5, -190.5, -58.5), 3, 3, 3);
    for (int k = 0; k < ct.planes(); k++) {
      for (int j = 0; j < ct.rows(); j++) {
        for (int i = 0; i < ct.columns(); i++) {
          Point at = ct.toPatientMm(i, j, ct.planeOffsetMm(k)).minus(own.originMm());
          onCt +=
              isInBall(
                      (int) Math.round(at.xMm() / 1.3),
                      (int) Math.round(at.yMm() / 1.7),
                      (int) Math.round(at.zMm() / 1.1))
                  ? 1
                  : 0;
        }
      }
    }
    assertThat(cell("radiomics_diagnostics", "2.25.2", 1, "mask_voxels"))
        .isEqualTo(Integer.toString(onCt));
  }

  @Test
  void everyTableSaysThatTheyAreSegmentations() {
    assertThat(cell("dvh", "2.25.1", 2, "segmentation_source")).isEqualTo("SEG");
    assertThat(cell("radiomics", "2.25.1", 2, "segmentation_source")).isEqualTo("SEG");
    assertThat(cell("structure_names", "2.25.1", 2, "segmentation_source")).isEqualTo("SEG");
    assertThat(cell("dvh", "2.25.1", 2, "segmentation_model")).isEqualTo("OtherNet");
    assertThat(cell("radiomics", "2.25.1", 2, "segmentation_model")).isEqualTo("OtherNet");
    assertThat(cell("dvh", "2.25.1", 2, "structure_rule")).isEqualTo("SEGMENTATION");
    assertThat(Runs.rows(context, output, "courses", "segmentation_uids"))
        .containsExactly("{segmentation_uids=[2.25.1, 2.25.2, 2.25.3, 2.25.4]}");
    assertThat(Runs.rows(context, output, "course_links", "subject", "uid", "link_rule"))
        .contains(
            "{link_rule=REFERENCE, subject=SEGMENTATION, uid=2.25.1}",
            "{link_rule=STUDY, subject=SEGMENTATION, uid=2.25.2}",
            "{link_rule=REFERENCE, subject=SEGMENTATION, uid=2.25.3}",
            "{link_rule=STUDY, subject=SEGMENTATION, uid=2.25.4}");
    assertThat(Runs.rows(context, output, "qc", "check", "subject", "level"))
        .contains(
            "{check=STRUCTURES_TO_CT, level=PASS, subject=2.25.1}",
            "{check=STRUCTURES_TO_CT, level=WARNING, subject=2.25.2}")
        .noneMatch(row -> row.matches(".*STRUCTURES_APPROVAL.*subject=2[.]25[.][1-4]}"));
  }

  @Test
  void oneOfAnotherFrameOfReferenceHasRowsThatSayWhy() {
    assertThat(cell("dvh", "2.25.4", 1, "outcome")).isEqualTo("SKIPPED");
    assertThat(cell("dvh", "2.25.4", 1, "reason"))
        .isEqualTo("the region lies in another frame of reference than the dose");
    assertThat(cell("radiomics", "2.25.4", 1, "outcome")).isEqualTo("SKIPPED");
  }

  @Test
  void oneThatCannotBeReadIsAFindingAndTheOthersGoOn() {
    assertThat(Runs.rows(context, output, "dvh", "structure_set_uid"))
        .doesNotContain("{structure_set_uid=2.25.3}");
    assertThat(Runs.rows(context, output, "findings", "code", "subject", "stage", "level"))
        .contains(
            "{code=TRUNCATED_PIXEL_DATA, level=WARN, stage=dvh, subject=2.25.3}",
            "{code=TRUNCATED_PIXEL_DATA, level=WARN, stage=qc, subject=2.25.3}",
            "{code=TRUNCATED_PIXEL_DATA, level=WARN, stage=radiomics, subject=2.25.3}",
            "{code=MISSING_ATTRIBUTE, level=WARN, stage=dvh, subject=2.25.2}");
    assertThat(Runs.rows(context, output, "qc", "check", "subject", "level"))
        .contains("{check=STRUCTURES_READABLE, level=FAIL, subject=2.25.3}");
  }

  @Test
  void structuresAreDerivedFromSegments() {
    assertThat(Runs.rows(context, output, "derived_structures", "structure", "outcome"))
        .containsExactly("{outcome=DONE, structure=Liver_5mm}");
  }
}
