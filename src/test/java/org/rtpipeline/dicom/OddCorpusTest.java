package org.rtpipeline.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rtpipeline.fixture.CsvLine;
import org.rtpipeline.model.FileRef;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.LabelMap;
import org.rtpipeline.model.LabelledStructure;
import org.rtpipeline.model.ScannedFile;

/** Every file of the shared corpus of odd DICOM has the outcome that its list asks for. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OddCorpusTest {
  private static Path corpus() {
    Path corpus =
        Path.of(System.getProperty("rtpipeline.sharedData", "../shared/data"), "dicom-odd");
    assumeTrue(
        Files.exists(corpus.resolve("EXPECTED.csv")),
        "skipped: shared reference data not found at " + corpus);
    return corpus;
  }

  private static ScannedFile scan(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return HeaderReader.read(new FileRef(file.toUri().toString(), Files.size(file), 0), in);
    }
  }

  private static DicomFile open(String name, ReadScope scope) throws Exception {
    Path file = corpus().resolve(name);
    try (InputStream in = Files.newInputStream(file)) {
      return DicomFile.read(name, in, Files.size(file), scope);
    }
  }

  private static float[] values(String name) throws Exception {
    PixelFrames frames = PixelFrames.of(name, open(name, ReadScope.THROUGH_PIXEL_DATA).object());
    PixelFormat format = frames.format();
    float[] values = new float[format.samples() * format.frames()];
    for (int frame = 0; frame < format.frames(); frame++) {
      frames.rescale(frame, 1, 0, values, frame * format.samples());
    }
    return values;
  }

  private static Finding.Code faultOf(String name) throws Exception {
    try {
      values(name);
      return Finding.Code.INTERNAL_ERROR;
    } catch (DicomException fault) {
      return fault.code();
    }
  }

  private static Finding.Code volumeFault(String folder) throws Exception {
    try (Stream<Path> files = Files.list(corpus().resolve(folder))) {
      List<String> paths = files.map(Path::toString).sorted().toList();
      ReadVolume read = ImageSeriesReader.read(paths, path -> Files.newInputStream(Path.of(path)));
      assertThat(read.findings()).isNotEmpty();
      return read.findings().get(0).code();
    } catch (DicomException fault) {
      return fault.code();
    }
  }

  @Test
  void everyFileHasTheOutcomeItsListAsksFor() throws Exception {
    Path corpus = corpus();
    List<String> wrong = new ArrayList<>();
    int rows = 0;
    for (String line : Files.readAllLines(corpus.resolve("EXPECTED.csv"))) {
      List<String> cells = CsvLine.cells(line);
      if (cells.get(0).equals("source")) {
        continue;
      }
      rows++;
      Path file = corpus.resolve(cells.get(0)).resolve(cells.get(1));
      String expected = cells.get(cells.size() - 1);
      ScannedFile scanned = scan(file);
      if (!suits(expected, scanned.use())) {
        wrong.add(
            cells.get(1) + " is " + scanned.use() + " " + scanned.findings() + ": " + expected);
      }
      if (scanned.use() != ScannedFile.Use.USED) {
        assertThat(scanned.findings()).as(cells.get(1)).isNotEmpty();
      }
    }
    assertThat(rows).isGreaterThan(70);
    assertThat(wrong).isEmpty();
  }

  private static boolean suits(String expected, ScannedFile.Use use) {
    if (expected.startsWith("IGNORE") || expected.contains("; IGNORE")) {
      return use == ScannedFile.Use.IGNORED;
    }
    boolean mayReject = expected.contains("REJECT");
    boolean mayRead = expected.contains("READ") || expected.contains("WARN");
    return mayReject || (mayRead && use != ScannedFile.Use.REJECTED);
  }

  /** Voxels as pydicom 3.0.2 counts them. */
  @Test
  void segmentsOfDcmqiThatOverlapAreKeptApart() throws Exception {
    Path file = corpus().resolve("dcmqi/partial_overlaps.dcm");
    LabelMap labels;
    try (InputStream in = Files.newInputStream(file)) {
      labels = SegReader.read(file.toString(), in, 0.5).labels();
    }
    List<String> voxels = new ArrayList<>();
    for (LabelledStructure segment : labels.structures()) {
      int count = 0;
      for (byte inside : labels.mask(segment)) {
        count += inside;
      }
      voxels.add(segment.name() + " " + count);
    }
    assertThat(voxels)
        .containsExactly(
            "GREEN 9602", "ORANGE 11888", "PURPLE 10743", "LIGHT_BLUE 6693", "DARK_BLUE 4713");
    assertThat(labels.layers().size()).isGreaterThan(1);
    assertThat(labels.grid().planes()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({
    "pydicom/rtplan_truncated.dcm, TRUNCATED_FILE",
    "dcm4che/3gb-bulk-data-truncated, LENGTH_EXCEEDS_FILE"
  })
  void cutFilesAreRejected(String name, Finding.Code code) throws Exception {
    ScannedFile scanned = scan(corpus().resolve(name));
    assertThat(scanned.use()).isEqualTo(ScannedFile.Use.REJECTED);
    assertThat(Samples.codes(scanned.findings())).containsExactly(code);
  }

  @ParameterizedTest
  @CsvSource({
    "pydicom/MR_small.dcm, pydicom/MR_small_bigendian.dcm",
    "pydicom/MR_small.dcm, pydicom/MR_small_padded.dcm",
    "pydicom/MR_small.dcm, pydicom/MR_small_RLE.dcm",
    "pydicom/MR_small.dcm, pydicom/MR_small_jp2klossless.dcm",
    "pydicom/CT_small.dcm, pydicom/no_meta.dcm",
    "pydicom/rtdose.dcm, pydicom/rtdose_rle.dcm"
  })
  void twinsHoldTheSameValues(String name, String twin) throws Exception {
    float[] values = values(name);
    assertThat(values(twin)).containsExactly(values);
    assertThat(Arrays.hashCode(values)).isNotZero();
  }

  @ParameterizedTest
  @CsvSource({
    "pydicom/MR_truncated.dcm, TRUNCATED_PIXEL_DATA",
    "pydicom/MR_small_jpeg_ls_lossless.dcm, UNSUPPORTED_TRANSFER_SYNTAX",
    "dicomParser/CT1_UNC.fragmented_bot_jpeg_ls.80.dcm, UNSUPPORTED_TRANSFER_SYNTAX",
    "dicomParser/CT0012.fragmented_no_bot_jpeg_ls.80.dcm, UNSUPPORTED_TRANSFER_SYNTAX",
    "pydicom/J2K_pixelrep_mismatch.dcm, UNSUPPORTED_PIXEL_FORMAT",
    "fo-dicom/GH340.dcm, UNSUPPORTED_PIXEL_FORMAT",
    "pydicom-data/parametric_map_float.dcm, NO_PIXEL_DATA"
  })
  void pixelsThatCannotBeDecodedAreRefusedByName(String name, Finding.Code code) throws Exception {
    corpus();
    Finding.Code fault = faultOf(name);
    if (code == Finding.Code.TRUNCATED_PIXEL_DATA) {
      assertThat(fault).isIn(code, Finding.Code.TRUNCATED_FILE);
    } else if (code == Finding.Code.NO_PIXEL_DATA) {
      assertThat(fault).isIn(code, Finding.Code.UNSUPPORTED_PIXEL_FORMAT);
    } else {
      assertThat(fault).isEqualTo(code);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "dicom2nifti/gantrytilting/001, GANTRY_TILT",
    "dicom2nifti/sliceorientation/001, MIXED_ORIENTATION",
    "dicom2nifti/slicecount/001, TOO_FEW_SLICES",
    "dicom2nifti/sliceincrement/001, MISSING_SLICE"
  })
  void oddStacksAreNamed(String folder, Finding.Code code) throws Exception {
    assertThat(volumeFault(folder)).isEqualTo(code);
  }

  @Test
  void namesOfAllCharacterSetsAreDecoded() throws Exception {
    assertThat(name("chrFrenMulti.dcm")).isEqualTo("Buc^Jérôme");
    assertThat(name("chrX1.dcm")).isEqualTo("Wang^XiaoDong=王^小東=");
    assertThat(name("chrI2.dcm")).isEqualTo("Hong^Gildong=洪^吉洞=홍^길동");
    assertThat(name("chrH31.dcm")).isEqualTo("Yamada^Tarou=山田^太郎=やまだ^たろう");
    assertThat(name("chrKoreanMulti.dcm")).isEqualTo("김희중");
    assertThat(name("chrArab.dcm")).isEqualTo("قباني^لنزار");
  }

  private static String name(String file) throws Exception {
    return open("pydicom/charset/" + file, ReadScope.WHOLE)
        .object()
        .text(Tags.PATIENT_NAME)
        .orElse("");
  }

  @Test
  void losslessJpegFramesHoldTheValuesThatDcmtkDecodes() throws Exception {
    float[] values = values("pydicom-data/bad_sequence.dcm");
    double sum = 0;
    double weighted = 0;
    for (int i = 0; i < values.length; i++) {
      sum += values[i];
      weighted += values[i] * (double) (i % 1009);
    }
    assertThat(values).hasSize(512 * 512);
    assertThat(sum).isEqualTo(248_348_502);
    assertThat(weighted).isEqualTo(124_795_339_864.0);
  }

  @Test
  void theImageCountsAndNotItsIcon() throws Exception {
    assertThat(values("suyashkumar-dicom/1.dcm")).hasSize(168 * 168);
  }

  @Test
  void whatFollowsABadSequenceSurvives() throws Exception {
    assertThat(open("pydicom-data/bad_sequence.dcm", ReadScope.WHOLE).object().has(Tags.PIXEL_DATA))
        .isTrue();
    assertThat(open("fo-dicom/GH626.dcm", ReadScope.WHOLE).object().has(Tags.PIXEL_DATA)).isTrue();
  }
}
