package org.rtpipeline.phantom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rtpipeline.dicom.DicomException;
import org.rtpipeline.dicom.ImageSeriesReader;
import org.rtpipeline.dicom.ReadDose;
import org.rtpipeline.dicom.ReadVolume;
import org.rtpipeline.dicom.RtDoseReader;
import org.rtpipeline.dicom.RtPlanReader;
import org.rtpipeline.dicom.RtRecordReader;
import org.rtpipeline.dicom.RtStructReader;
import org.rtpipeline.model.Plan;
import org.rtpipeline.model.Roi;
import org.rtpipeline.model.StructureSet;
import org.rtpipeline.model.TreatmentRecord;

final class PhantomCohortTest {

  private static final PhantomOptions OPTIONS = new PhantomOptions(3, 7, PhantomSize.SMALL);

  @TempDir static Path folder;

  @BeforeAll
  static void writeCohort() throws IOException {
    PhantomCohort.write(folder, OPTIONS);
  }

  private static Path file(String name) {
    return folder.resolve("PHANTOM-0001").resolve(name);
  }

  private static PhantomCourse course() {
    return PhantomCourse.of(OPTIONS, 1);
  }

  @Test
  void sameSeedGivesTheSameBytes(@TempDir Path again) throws IOException {
    PhantomCohort.write(again, OPTIONS);
    List<Path> files = files(folder);
    assertThat(files).hasSize(3 * (40 + 3 + 5) + 1);
    for (Path file : files) {
      Path other = again.resolve(folder.relativize(file).toString());
      assertThat(Files.mismatch(file, other)).as(file.toString()).isEqualTo(-1);
    }
  }

  @Test
  void otherSeedsGiveOtherFiles(@TempDir Path other) throws IOException {
    PhantomCohort.write(other, new PhantomOptions(1, 8, PhantomSize.SMALL));
    for (String name : List.of("RS.dcm", "RD.dcm", "RP.dcm", "CT/CT020.dcm", "RT/RT001.dcm")) {
      Path twin = other.resolve("PHANTOM-0001").resolve(name);
      assertThat(Files.mismatch(file(name), twin)).as(name).isNotNegative();
    }
  }

  @Test
  void truthLiesBesideTheData() throws IOException {
    List<TruthRow> rows = Truth.read(folder.resolve("truth.csv"));
    List<TruthRow> expected = new ArrayList<>();
    for (int patient = 1; patient <= 3; patient++) {
      expected.addAll(PhantomCourse.of(OPTIONS, patient).truth());
    }
    assertThat(rows).hasSameSizeAs(expected);
    for (int i = 0; i < rows.size(); i++) {
      assertThat(rows.get(i).roiName()).isEqualTo(expected.get(i).roiName());
      assertThat(rows.get(i).d95Gy()).isCloseTo(expected.get(i).d95Gy(), within(1e-8));
    }
  }

  @Test
  void structuresComeBackAsTheyWereDrawn() throws IOException, DicomException {
    StructureSet set;
    try (InputStream in = Files.newInputStream(file("RS.dcm"))) {
      set = RtStructReader.read("RS.dcm", in);
    }
    List<Roi> drawn = course().contouredRois();
    assertThat(set.rois()).hasSameSizeAs(drawn);
    assertThat(set.findings()).isEmpty();
    for (int n = 0; n < drawn.size(); n++) {
      Roi roi = set.rois().get(n);
      assertThat(roi.name()).isEqualTo(drawn.get(n).name());
      assertThat(roi.interpretedType()).isEqualTo(drawn.get(n).interpretedType());
      assertThat(roi.contours()).hasSameSizeAs(drawn.get(n).contours());
      double[] pointsMm = roi.contours().get(0).pointsMm();
      double[] drawnMm = drawn.get(n).contours().get(0).pointsMm();
      assertThat(pointsMm).containsExactly(drawnMm, within(5.1e-5));
      assertThat(roi.contours().get(0).imageSopInstanceUid())
          .isEqualTo(drawn.get(n).contours().get(0).imageSopInstanceUid());
    }
  }

  @Test
  void doseComesBackInGy() throws IOException, DicomException {
    ReadDose dose;
    try (InputStream in = Files.newInputStream(file("RD.dcm"))) {
      dose = RtDoseReader.read("RD.dcm", in);
    }
    assertThat(dose.grid().grid()).isEqualTo(course().doseGrid().grid());
    assertThat(dose.grid().valuesGy())
        .containsExactly(course().doseGrid().valuesGy(), within(1e-5f));
    assertThat(dose.frameOfReferenceUid()).isEqualTo(course().uids().uid("frame"));
  }

  @Test
  void imagesComeBackInHu() throws DicomException, IOException {
    List<String> paths = files(file("CT")).stream().map(Path::toString).toList();
    ReadVolume read = ImageSeriesReader.read(paths, path -> Files.newInputStream(Path.of(path)));
    assertThat(read.volume().grid()).isEqualTo(course().imageGrid());
    short[] painted = new CtPainter(course()).slice(10);
    float[] values = read.volume().values();
    for (int i = 0; i < painted.length; i++) {
      assertThat(values[10 * painted.length + i]).isEqualTo(Math.max(-1024, painted[i]));
    }
  }

  @Test
  void planNamesItsTargetsAndFractions() throws IOException, DicomException {
    Plan plan;
    try (InputStream in = Files.newInputStream(file("RP.dcm"))) {
      plan = RtPlanReader.read("RP.dcm", in);
    }
    assertThat(plan.fractionsPlanned()).isEqualTo(5);
    assertThat(plan.prescriptionGy()).hasValue(60);
    assertThat(plan.beams()).hasSize(5);
    assertThat(plan.approvalStatus()).isEqualTo("APPROVED");
  }

  @Test
  void recordsCountTheFractions() throws IOException, DicomException {
    for (int fraction = 1; fraction <= 5; fraction++) {
      TreatmentRecord record;
      try (InputStream in = Files.newInputStream(file("RT/RT00" + fraction + ".dcm"))) {
        record = RtRecordReader.read("RT.dcm", in);
      }
      assertThat(record.fractionNumber()).isEqualTo(fraction);
      assertThat(record.planUid()).isEqualTo(course().uids().uid("rp"));
      assertThat(record.beams()).hasSize(5);
      assertThat(record.beams().get(0).deliveredMetersetMu()).isEqualTo(101);
    }
  }

  @Test
  void dciodvfyFindsNoErrors() throws IOException, InterruptedException {
    assumeTrue(isInstalled("dciodvfy"), "skipped: dciodvfy (Debian dicom3tools) is not installed");
    for (String name : List.of("CT/CT001.dcm", "RS.dcm", "RP.dcm", "RT/RT001.dcm")) {
      assertThat(printed("dciodvfy", file(name).toString())).as(name).doesNotContain("Error");
    }
  }

  /** dciodvfy aborts on 32-bit native pixel data, so it is asked about an RLE copy. */
  @Test
  void dciodvfyFindsNoErrorsInTheDose() throws IOException, InterruptedException {
    assumeTrue(isInstalled("dciodvfy"), "skipped: dciodvfy (Debian dicom3tools) is not installed");
    assumeTrue(isInstalled("dcmcrle"), "skipped: dcmcrle (Debian dcmtk) is not installed");
    Path copy = folder.resolveSibling(folder.getFileName() + "-rle.dcm");
    printed("dcmcrle", file("RD.dcm").toString(), copy.toString());
    String words = printed("dciodvfy", copy.toString());
    Files.delete(copy);
    assertThat(words).contains("RTDose").doesNotContain("Error");
  }

  private static boolean isInstalled(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator))
        .anyMatch(path -> Files.isExecutable(Path.of(path, program)));
  }

  private static String printed(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (InputStream in = process.getInputStream()) {
      String words = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
      return words;
    }
  }

  private static List<Path> files(Path root) throws IOException {
    try (Stream<Path> tree = Files.walk(root)) {
      return tree.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
