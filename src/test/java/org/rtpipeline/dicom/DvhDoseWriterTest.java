package org.rtpipeline.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
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
import java.util.Locale;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rtpipeline.dvh.DoseVolumeCalculator;
import org.rtpipeline.dvh.DvhOptions;
import org.rtpipeline.dvh.EvenBins;
import org.rtpipeline.dvh.RoiDoseVolume;
import org.rtpipeline.fixture.Programs;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.model.Contour;
import org.rtpipeline.model.DoseGrid;
import org.rtpipeline.model.Roi;

/** Two regions in a dose that rises from 0 to 75 Gy, written and read back. */
final class DvhDoseWriterTest {

  private static final StudyContext STUDY =
      new StudyContext(
          "P1",
          "A^B",
          "O",
          "1.2.3",
          "1",
          LocalDate.of(2024, 2, 3),
          LocalTime.of(4, 5),
          "1.2.3.9",
          new StudyContext.Origin(null, "A1", "Dr^C"));
  private static final SeriesContext SERIES =
      new SeriesContext(
          "1.2.3.4",
          903,
          "Dose-volume histograms",
          new SeriesContext.Equipment("Maker", "Model", "1"),
          LocalDateTime.of(2024, 2, 3, 4, 5));
  private static final DvhDoseWriter.Source SOURCE =
      new DvhDoseWriter.Source(
          "1.2.3.6", List.of(DvhDoseWriter.PlanReference.photon("1.2.3.7")), "PLAN");

  @TempDir private Path folder;

  private final List<RoiDoseVolume> volumes = List.of(volume(10, 20), volume(5, 35));

  @Test
  void theCurvesComeBackToTheDigitsOfADecimalString() throws IOException, DicomException {
    List<DicomObject> items = read(written(SOURCE)).items(Tags.DVH_SEQUENCE);

    assertThat(items).hasSize(2);
    for (int i = 0; i < 2; i++) {
      DicomObject item = items.get(i);
      EvenBins bins = volumes.get(i).evenBins().orElseThrow();
      double[] pairs = item.numbers(Tags.DVH_DATA);
      assertThat(item.integer(Tags.DVH_NUMBER_OF_BINS)).hasValue(bins.atLeastCm3().size());
      assertThat(pairs).hasSize(2 * bins.atLeastCm3().size());
      for (int b = 0; b < bins.atLeastCm3().size(); b++) {
        assertThat(pairs[2 * b]).isEqualTo(0.01);
        assertThat(pairs[2 * b + 1]).isCloseTo(bins.atLeastCm3().get(b), within(1e-12));
      }
      assertThat(item.texts(Tags.DVH_DATA)).allMatch(text -> text.length() <= 16);
      assertThat(item.item(Tags.DVH_REFERENCED_ROI_SEQUENCE).orElseThrow())
          .satisfies(
              roi -> assertThat(roi.text(Tags.DVH_ROI_CONTRIBUTION_TYPE)).contains("INCLUDED"));
      close(item.number(Tags.DVH_MINIMUM_DOSE), volumes.get(i).minGy(), 1e-12);
      close(item.number(Tags.DVH_MAXIMUM_DOSE), volumes.get(i).maxGy(), 1e-12);
      close(item.number(Tags.DVH_MEAN_DOSE), volumes.get(i).meanGy(), 1e-12);
    }
    assertThat(items)
        .extracting(
            item ->
                item.item(Tags.DVH_REFERENCED_ROI_SEQUENCE)
                    .orElseThrow()
                    .integer(Tags.REFERENCED_ROI_NUMBER)
                    .orElse(-1))
        .containsExactly(1, 2);
  }

  @Test
  void metricsOfTheWrittenCurveAreThoseOfTheEngine() throws IOException, DicomException {
    List<DicomObject> items = read(written(SOURCE)).items(Tags.DVH_SEQUENCE);

    for (int i = 0; i < 2; i++) {
      double[] pairs = items.get(i).numbers(Tags.DVH_DATA);
      for (double percent : new double[] {2, 50, 95, 98}) {
        close(
            OptionalDouble.of(doseGy(pairs, percent)),
            volumes.get(i).doseAtVolumePct(percent),
            0.01);
      }
      close(OptionalDouble.of(volumeCm3(pairs, 20)), volumes.get(i).volumeAtDoseCm3(20), 1e-9);
      double between = volumes.get(i).volumeAtDoseCm3(20.004).orElseThrow();
      assertThat(between).isBetween(volumeCm3(pairs, 20.01), volumeCm3(pairs, 20));
    }
  }

  @Test
  void theObjectNamesItsStructureSetAndPlansAndHasNoGrid() throws IOException, DicomException {
    DicomObject object =
        read(
            written(
                new DvhDoseWriter.Source(
                    "1.2.3.6",
                    List.of(
                        DvhDoseWriter.PlanReference.photon("1.2.3.7"),
                        new DvhDoseWriter.PlanReference(SopClass.RT_ION_PLAN.uid(), "1.2.3.8")),
                    "MULTI_PLAN")));

    assertThat(object.text(Tags.SOP_CLASS_UID)).contains(StorageClass.RT_DOSE);
    assertThat(object.text(Tags.DOSE_SUMMATION_TYPE)).contains("MULTI_PLAN");
    assertThat(object.item(Tags.REFERENCED_STRUCTURE_SET_SEQUENCE).orElseThrow())
        .extracting(item -> item.text(Tags.REFERENCED_SOP_INSTANCE_UID).orElse(""))
        .isEqualTo("1.2.3.6");
    assertThat(object.items(Tags.REFERENCED_RT_PLAN_SEQUENCE))
        .extracting(item -> item.text(Tags.REFERENCED_SOP_CLASS_UID).orElse(""))
        .containsExactly(StorageClass.RT_PLAN, SopClass.RT_ION_PLAN.uid());
    assertThat(object.has(Tags.PIXEL_DATA)).isFalse();
    assertThat(object.has(Tags.DOSE_GRID_SCALING)).isFalse();
    assertThat(object.text(Tags.FRAME_OF_REFERENCE_UID)).contains("1.2.3.9");
  }

  @Test
  void anUnknownPlanIsNotNamed() throws IOException, DicomException {
    DicomObject object = read(written(new DvhDoseWriter.Source("1.2.3.6", List.of(), "PLAN")));

    assertThat(object.has(Tags.REFERENCED_RT_PLAN_SEQUENCE)).isFalse();
  }

  @Test
  void anObjectWithoutCurvesIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                DvhDoseWriter.write(
                    STUDY, SERIES, "1.2.3.5", SOURCE, List.of(), OutputStream.nullOutputStream()));
  }

  @Test
  void dciodvfyFindsNoErrors() throws IOException, InterruptedException {
    Programs.require("dciodvfy");
    Path file = Files.write(folder.resolve("RD_dvh_1.dcm"), written(SOURCE));

    assertThat(Programs.printed("dciodvfy", file.toString()))
        .contains("RTDose")
        .doesNotContain("Error");
  }

  @Test
  void pydicomReadsTheSameCurve() throws IOException, InterruptedException {
    String script =
        """
        import sys, pydicom
        d = pydicom.dcmread(sys.argv[1])
        for dvh in d.DVHSequence:
            volumes = dvh.DVHData[1::2]
            print(dvh.DVHReferencedROISequence[0].ReferencedROINumber, dvh.DVHType,
                  dvh.DVHNumberOfBins, len(volumes), '%.6f' % volumes[0], '%.6f' % volumes[1500])
        """;

    String printed =
        Programs.python(
            "pydicom",
            Files.writeString(folder.resolve("read.py"), script).toString(),
            Files.write(folder.resolve("RD_dvh_1.dcm"), written(SOURCE)).toString());

    for (int i = 0; i < 2; i++) {
      List<Double> expected = volumes.get(i).evenBins().orElseThrow().atLeastCm3();
      assertThat(printed)
          .contains(
              String.format(
                  Locale.ROOT,
                  "%d CUMULATIVE %d %d %.6f %.6f",
                  i + 1,
                  expected.size(),
                  expected.size(),
                  expected.get(0),
                  expected.get(1500)));
    }
  }

  private byte[] written(DvhDoseWriter.Source source) throws IOException {
    List<DvhDoseWriter.Curve> curves = new ArrayList<>();
    for (int i = 0; i < volumes.size(); i++) {
      RoiDoseVolume volume = volumes.get(i);
      EvenBins bins = volume.evenBins().orElseThrow();
      curves.add(
          new DvhDoseWriter.Curve(
              i + 1,
              bins.widthGy(),
              bins.atLeastCm3(),
              new DvhDoseWriter.Doses(
                  volume.minGy().orElseThrow(),
                  volume.maxGy().orElseThrow(),
                  volume.meanGy().orElseThrow())));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DvhDoseWriter.write(STUDY, SERIES, "1.2.3.5", source, curves, out);
    return out.toByteArray();
  }

  private static DicomObject read(byte[] file) throws IOException, DicomException {
    return DicomFile.read(
            "RD.dcm", new ByteArrayInputStream(file), DicomFile.UNKNOWN_SIZE, ReadScope.WHOLE)
        .object();
  }

  private static void close(OptionalDouble value, OptionalDouble expected, double most) {
    assertThat(value.orElseThrow()).isCloseTo(expected.orElseThrow(), within(most));
  }

  /** Dose that the hottest part receives at least, linear between the lower edges of the bins. */
  private static double doseGy(double[] pairs, double percent) {
    double targetCm3 = percent / 100 * pairs[1];
    double edgeGy = 0;
    int b = 0;
    while (pairs[2 * b + 3] > targetCm3) {
      edgeGy += pairs[2 * b];
      b++;
    }
    double share = (pairs[2 * b + 1] - targetCm3) / (pairs[2 * b + 1] - pairs[2 * b + 3]);
    return edgeGy + share * pairs[2 * b];
  }

  /** Volume that receives at least the dose of an edge. */
  private static double volumeCm3(double[] pairs, double edgeGy) {
    return pairs[2 * (int) Math.round(edgeGy / pairs[0]) + 1];
  }

  /** A box between two sides in x, in a dose that rises with x. */
  private static RoiDoseVolume volume(double lowMm, double highMm) {
    VoxelGrid grid = VoxelGrid.axial(21, 21, 7, Point.ORIGIN, 2, 2, 3);
    float[] valuesGy = new float[Math.toIntExact(grid.voxels())];
    for (int i = 0; i < valuesGy.length; i++) {
      valuesGy[i] = 75f * (i % 21) / 20;
    }
    List<Contour> contours =
        Arrays.stream(new double[] {6, 9, 12})
            .mapToObj(
                z ->
                    new Contour(
                        Contour.Type.CLOSED_PLANAR,
                        new double[] {lowMm, 10, z, highMm, 10, z, highMm, 33, z, lowMm, 30, z},
                        null))
            .toList();
    return new DoseVolumeCalculator(new DoseGrid(grid, valuesGy), DvhOptions.DEFAULT)
        .of(new Roi(1, "Box", "ORGAN", null, null, contours), 3);
  }
}
