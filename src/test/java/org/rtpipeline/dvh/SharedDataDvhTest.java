package org.rtpipeline.dvh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rtpipeline.dicom.DicomException;
import org.rtpipeline.dicom.RtDoseReader;
import org.rtpipeline.dicom.RtStructReader;
import org.rtpipeline.fixture.DvhGamma;
import org.rtpipeline.fixture.SharedData;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.model.DoseGrid;
import org.rtpipeline.model.Roi;
import org.rtpipeline.model.StructureSet;

/** Files written by other programs: the bars A1 to A4, A6, A9 and A10 on the reference data. */
final class SharedDataDvhTest {

  private static final String PROSTATE = "rt/slicerrt-eclipse-prostate/";
  private static final List<String> CURVED = List.of("Sphere_R12", "CylinderX", "ConeZ");

  @ParameterizedTest(name = "gradient {0}, grid {1} mm, slices {2} mm")
  @CsvSource({
    "AP, 1, 1",
    "SI, 1, 1",
    "AP, 2, 2",
    "SI, 2, 2",
    "OBL, 2, 2",
    "AP, 3, 3",
    "SI, 3, 3",
    "AP, 1, 3",
    "SI, 3, 1",
    "OBL, 2, 1",
    "OBL, 2, 3"
  })
  void analyticFilesAreWithinTheBars(String gradient, int gridMm, int sliceMm)
      throws IOException, DicomException {
    DoseGrid dose = dose("rt/analytic/rd_" + gradient + "_" + gridMm + "mm.dcm");
    DoseVolumeCalculator calculator = new DoseVolumeCalculator(dose, DvhOptions.DEFAULT);
    for (Roi roi : structures("rt/analytic/rs_h" + sliceMm + "mm.dcm").rois()) {
      for (GoldenRow row : GoldenRow.all()) {
        if (!row.gradient().equals(gradient)
            || !roi.name().replace("_R12", "").equals(row.shape())) {
          continue;
        }
        RoiDoseVolume volume = calculator.of(roi, sliceMm);
        boolean curved = CURVED.contains(roi.name());
        double volumeShare = !curved ? 0.0002 : sliceMm == 1 ? 0.003 : 0.015;
        double doseGy = !curved ? 0.05 : sliceMm == 1 ? 0.2 : 0.8;
        for (String column : List.of("D99_Gy", "D1_Gy", "D95_Gy", "D5_Gy", "Dmean_Gy")) {
          assertThat(GoldenRow.measured(volume, column))
              .as(roi.name() + " " + column)
              .isCloseTo(row.expected().get(column), within(doseGy));
        }
        double trueCm3 = row.expected().get("volume_cc");
        assertThat(volume.volumeCm3()).isCloseTo(trueCm3, within(volumeShare * trueCm3));
      }
    }
  }

  @Test
  void radiosurgerySpheresAreWithinTheBars() throws IOException, DicomException {
    DoseVolumeCalculator calculator =
        new DoseVolumeCalculator(dose("rt/analytic/rd_srs.dcm"), DvhOptions.DEFAULT);
    for (Roi roi : structures("rt/analytic/rs_srs.dcm").rois()) {
      double radiusMm = Double.parseDouble(roi.name().substring("SRS_r".length()));
      RoiDoseVolume volume = calculator.of(roi, 1);
      double trueCm3 = 4.0 / 3000 * Math.PI * Math.pow(radiusMm, 3);
      double share = radiusMm < 2.5 ? 0.05 : radiusMm < 4.5 ? 0.03 : 0.01;
      assertThat(volume.volumeCm3()).as(roi.name()).isCloseTo(trueCm3, within(share * trueCm3));
      if (radiusMm >= 5) {
        double trueGy = 20.354791;
        assertThat(volume.doseAtVolumePct(95).orElseThrow())
            .isCloseTo(trueGy, within((radiusMm < 7.5 ? 0.028 : 0.013) * trueGy));
      }
    }
  }

  @Test
  void prostateIsAsConverged() throws IOException, DicomException {
    Map<String, RoiDoseVolume> volumes = prostate();
    List<String> lines =
        Files.readAllLines(SharedData.require(PROSTATE + "anchor_slab_halfcap.csv"));
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", -1);
      RoiDoseVolume volume = volumes.get(cells[0]);
      double anchorCm3 = Double.parseDouble(cells[1]);
      assertThat(volume.volumeCm3()).as(cells[0]).isCloseTo(anchorCm3, within(0.0005 * anchorCm3));
      double[] ours = {
        volume.meanGy().orElseThrow(),
        volume.doseAtVolumePct(99).orElseThrow(),
        volume.doseAtVolumePct(95).orElseThrow(),
        volume.doseAtVolumePct(5).orElseThrow(),
        volume.doseAtVolumePct(1).orElseThrow()
      };
      for (int m = 0; m < ours.length; m++) {
        assertThat(ours[m]).as(cells[0]).isCloseTo(Double.parseDouble(cells[4 + m]), within(0.1));
      }
    }
  }

  @ParameterizedTest(name = "{0}: gamma 1 %/1 % at least {1}")
  @CsvSource({"eclipse, 0.995", "cerr, 0.999"})
  void prostateAgreesWithOtherSystems(String system, double least)
      throws IOException, DicomException {
    Map<String, RoiDoseVolume> volumes = prostate();
    List<String> lines =
        Files.readAllLines(SharedData.require(PROSTATE + "dvh_table_" + system + ".csv"));
    String[] names = lines.get(0).split(",", -1);
    for (Map.Entry<String, RoiDoseVolume> entry : volumes.entrySet()) {
      String key = entry.getKey().replace(" ", "") + "_";
      for (int c = 0; c + 1 < names.length; c += 2) {
        if (names[c].startsWith(key)) {
          assertThat(gamma(lines, c, entry.getValue()))
              .as(entry.getKey())
              .isGreaterThanOrEqualTo(least);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"hfs_std", "hf_decub_left", "hf_decub_right", "ff_decub_left", "ff_decub_right"})
  void voxelCentresInsideHaveTheExpectedDoses(String name) throws IOException, DicomException {
    String folder = "rt/dicompyler-core/orientation/";
    DoseGrid dose = dose(folder + "rtdose_" + name + ".dcm");
    Map<Integer, Integer> counts = new TreeMap<>();
    for (Roi roi : structures(folder + "rtstruct.dcm").rois()) {
      roi.contours().forEach(contour -> count(contour.pointsMm(), dose, counts));
    }
    Map<Integer, Integer> expected = new TreeMap<>();
    for (String line : Files.readAllLines(SharedData.require(folder + "expected_counts.csv"))) {
      String[] cells = line.split(",", -1);
      if (cells[0].equals(name)) {
        expected.put(Integer.valueOf(cells[1]), Integer.valueOf(cells[2]));
      }
    }
    assertThat(counts).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"hfs_std", "hf_decub_left", "hf_decub_right", "ff_decub_left", "ff_decub_right"})
  void volumeIsTheSameInEveryOrientation(String name) throws IOException, DicomException {
    String folder = "rt/dicompyler-core/orientation/";
    DoseGrid dose = dose(folder + "rtdose_" + name + ".dcm");
    for (Roi roi : structures(folder + "rtstruct.dcm").rois()) {
      RoiDoseVolume volume = new DoseVolumeCalculator(dose, DvhOptions.DEFAULT).of(roi, 10);
      assertThat(volume.volumeCm3()).isCloseTo(0.36, within(1e-9));
      assertThat(volume.meanGy()).isPresent();
    }
  }

  private static void count(double[] contourMm, DoseGrid dose, Map<Integer, Integer> counts) {
    VoxelGrid grid = dose.grid();
    double[] low = {1e9, 1e9, 1e9};
    double[] high = {-1e9, -1e9, -1e9};
    for (int p = 0; p < contourMm.length; p++) {
      low[p % 3] = Math.min(low[p % 3], contourMm[p]);
      high[p % 3] = Math.max(high[p % 3], contourMm[p]);
    }
    for (int k = 0; k < grid.planes(); k++) {
      for (int j = 0; j < grid.rows(); j++) {
        for (int i = 0; i < grid.columns(); i++) {
          Point at = grid.toPatientMm(i, j, grid.planeOffsetMm(k));
          if (at.xMm() > low[0]
              && at.xMm() < high[0]
              && at.yMm() > low[1]
              && at.yMm() < high[1]
              && Math.abs(at.zMm() - low[2]) < 0.01) {
            int bin = (int) Math.floor(100.0 * dose.valuesGy()[grid.index(i, j, k)] + 1e-4);
            counts.merge(bin, 1, Integer::sum);
          }
        }
      }
    }
  }

  static double gamma(List<String> lines, int column, RoiDoseVolume volume) {
    List<Double> doses = new ArrayList<>();
    List<Double> shares = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", -1);
      if (column + 1 < cells.length && !cells[column].isBlank() && !cells[column + 1].isBlank()) {
        doses.add(Double.valueOf(cells[column]));
        shares.add(Double.parseDouble(cells[column + 1]) / 100);
      }
    }
    double highestGy = 47.076;
    double[] curveGy = new double[4801];
    double[] curveShare = new double[curveGy.length];
    for (int p = 0; p < curveGy.length; p++) {
      curveGy[p] = p * 0.01;
      curveShare[p] = volume.volumeAtDosePct(curveGy[p]).orElseThrow() / 100;
    }
    return DvhGamma.agreement(
        doses.stream().mapToDouble(Double::doubleValue).toArray(),
        shares.stream().mapToDouble(Double::doubleValue).toArray(),
        curveGy,
        curveShare,
        highestGy,
        0.01);
  }

  static Map<String, RoiDoseVolume> prostate() throws IOException, DicomException {
    DoseVolumeCalculator calculator =
        new DoseVolumeCalculator(dose(PROSTATE + "rtdose.dcm"), DvhOptions.DEFAULT);
    Map<String, RoiDoseVolume> volumes = new TreeMap<>();
    for (Roi roi : structures(PROSTATE + "rtstruct.dcm").rois()) {
      volumes.put(roi.name(), calculator.of(roi, 2.5));
    }
    return volumes;
  }

  static DoseGrid dose(String relative) throws IOException, DicomException {
    Path path = SharedData.require(relative);
    try (InputStream in = Files.newInputStream(path)) {
      return RtDoseReader.read(path.toString(), in).grid();
    }
  }

  static StructureSet structures(String relative) throws IOException, DicomException {
    Path path = SharedData.require(relative);
    try (InputStream in = Files.newInputStream(path)) {
      return RtStructReader.read(path.toString(), in);
    }
  }
}
