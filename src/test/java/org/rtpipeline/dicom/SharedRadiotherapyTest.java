package org.rtpipeline.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.model.FileRef;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.Plan;
import org.rtpipeline.model.Roi;
import org.rtpipeline.model.ScannedFile;
import org.rtpipeline.model.StructureSet;

/** Real exports of other programs, and sets with known geometry. */
class SharedRadiotherapyTest {
  private static Path set(String name) {
    Path folder =
        Path.of(System.getProperty("rtpipeline.sharedData", "../shared/data"), "rt", name);
    assumeTrue(Files.exists(folder), "skipped: shared reference data not found at " + folder);
    return folder;
  }

  private static ReadDose dose(String set, String file) throws Exception {
    try (InputStream in = Files.newInputStream(set(set).resolve(file))) {
      return RtDoseReader.read(file, in);
    }
  }

  private static StructureSet structures(String set, String file) throws Exception {
    try (InputStream in = Files.newInputStream(set(set).resolve(file))) {
      return RtStructReader.read(file, in);
    }
  }

  @Test
  void everyFileOfEverySetIsUsedButTheCutPlan() throws Exception {
    try (Stream<Path> files = Files.walk(set("."))) {
      for (Path file :
          (Iterable<Path>) files.filter(f -> f.toString().endsWith(".dcm"))::iterator) {
        ScannedFile.Use expected =
            file.endsWith("rtplan_truncated.dcm") ? ScannedFile.Use.REJECTED : ScannedFile.Use.USED;
        assertThat(scan(file).use()).as(file.toString()).isEqualTo(expected);
      }
    }
  }

  private static ScannedFile scan(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return HeaderReader.read(new FileRef(file.toUri().toString(), Files.size(file), 0), in);
    }
  }

  @Test
  void theEclipsePlanHasItsRegionsAndDose() throws Exception {
    StructureSet set = structures("slicerrt-eclipse-prostate", "rtstruct.dcm");
    assertThat(set.rois())
        .extracting(Roi::name)
        .containsExactlyInAnyOrder(
            "BODY", "Bladder", "Femoral Head Lt", "Femoral Head RT", "PTV", "Rectum");
    ReadDose dose = dose("slicerrt-eclipse-prostate", "rtdose.dcm");
    VoxelGrid grid = dose.grid().grid();
    assertThat(new int[] {grid.columns(), grid.rows(), grid.planes()}).containsExactly(136, 86, 92);
    float largestGy = 0;
    for (float valueGy : dose.grid().valuesGy()) {
      largestGy = Math.max(largestGy, valueGy);
    }
    assertThat(largestGy).isEqualTo(47.076f, Offset.offset(0.001f));
    assertThat(dose.findings()).isEmpty();
  }

  @Test
  void relativeTestDosesAreRefused() {
    set("pydicom");
    assertThatExceptionOfType(DicomException.class)
        .isThrownBy(() -> dose("pydicom", "rtdose.dcm"))
        .extracting(DicomException::code)
        .isEqualTo(Finding.Code.DOSE_UNITS_RELATIVE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rtdose_rle.dcm", "rtdose_expb.dcm"})
  void otherEncodingsHoldTheSameSamples(String twin) throws Exception {
    assertThat(samples(twin)).containsExactly(samples("rtdose.dcm"));
  }

  private static float[] samples(String name) throws Exception {
    try (InputStream in = Files.newInputStream(set("pydicom").resolve(name))) {
      PixelFrames frames =
          PixelFrames.of(
              name,
              DicomFile.read(name, in, DicomFile.UNKNOWN_SIZE, ReadScope.THROUGH_PIXEL_DATA)
                  .object());
      float[] values = new float[frames.format().samples() * frames.format().frames()];
      for (int frame = 0; frame < frames.format().frames(); frame++) {
        frames.rescale(frame, 1, 0, values, frame * frames.format().samples());
      }
      return values;
    }
  }

  @Test
  void theOrientationSetLiesWhereItsPlanesSay() throws Exception {
    Path folder = set("dicompyler-core").resolve("orientation");
    assumeTrue(Files.exists(folder), "skipped: shared reference data not found at " + folder);
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file :
          (Iterable<Path>) files.filter(f -> f.toString().endsWith(".dcm"))::iterator) {
        DicomObject object;
        try (InputStream in = Files.newInputStream(file)) {
          object = DicomFile.read("x", in, DicomFile.UNKNOWN_SIZE, ReadScope.HEADER).object();
        }
        if (!object.text(Tags.MODALITY).orElse("").equals("RTDOSE")) {
          continue;
        }
        ReadDose dose;
        try (InputStream in = Files.newInputStream(file)) {
          dose = RtDoseReader.read("x", in);
        }
        VoxelGrid grid = dose.grid().grid();
        double[] position = object.numbers(Tags.IMAGE_POSITION_PATIENT);
        double[] offsets = object.numbers(Tags.GRID_FRAME_OFFSET_VECTOR);
        ImagePlane plane = ImagePlane.of("x", object);
        assertThat(position).hasSize(3);
        double lastMm = offsets[offsets.length - 1];
        int k = lastMm < 0 ? 0 : offsets.length - 1;
        assertThat(
                grid.toPatientMm(0, 0, grid.planeOffsetMm(k))
                    .minus(plane.positionMm().plus(plane.normal().times(lastMm)))
                    .length())
            .as(file.toString())
            .isLessThan(1e-6);
      }
    }
  }

  @Test
  void theExamplePlanHasFourBeamsAndFourteenGray() throws Exception {
    try (InputStream in = Files.newInputStream(set("dicompyler-core").resolve("rtplan.dcm"))) {
      Plan plan = RtPlanReader.read("rtplan.dcm", in);
      assertThat(plan.beams()).hasSize(4);
      assertThat(plan.prescriptionGy()).hasValue(14);
    }
  }
}
