package org.rtpipeline.dvh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.rtpipeline.dicom.DicomException;
import org.rtpipeline.fixture.SharedData;
import org.rtpipeline.model.Roi;

/**
 * Holds the tables of docs/accuracy.md against what is measured; {@code -Drtpipeline.docs=write}
 * writes them.
 */
final class AccuracyPageTest {

  private static final Path PAGE = Path.of("docs", "accuracy.md");
  private static final Path PEERS = Path.of("docs", "benchmarks", "dvh_peers.csv");
  private static final String MARK = "<!-- The tables below are written by AccuracyPageTest. -->\n";
  private static final List<String> METRICS =
      List.of("volume_cc", "Dmean_Gy", "D99_Gy", "D95_Gy", "D1_Gy");

  @Test
  void thePageHoldsWhatIsMeasured() throws IOException, DicomException {
    SharedData.require("rt/analytic");
    String page = Files.readString(PAGE);
    String written =
        page.substring(0, page.indexOf(MARK) + MARK.length()) + analytic() + small() + prostate();
    if ("write".equals(System.getProperty("rtpipeline.docs"))) {
      Files.writeString(PAGE, written);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(written);
  }

  private static String analytic() throws IOException, DicomException {
    Map<String, Double> worst = peers();
    for (DvhOptions.BetweenPlanes between : DvhOptions.BetweenPlanes.values()) {
      ours(DvhOptions.DEFAULT.withBetweenPlanes(between), worst);
    }
    StringBuilder text =
        new StringBuilder("\n## Solids with closed forms\n\n")
            .append("| spacing mm | metric | ours, PRISM | ours, LINEAR | dicompyler-core 0.5.6 |")
            .append(" plastimatch 1.9.4 |\n|---|---|---|---|---|---|\n");
    for (int spacing = 1; spacing <= 3; spacing++) {
      for (String metric : METRICS) {
        text.append("| ").append(spacing).append(" | ").append(label(metric));
        for (String program : List.of("PRISM", "LINEAR", "dicompyler-core", "plastimatch")) {
          Double error = worst.get(program + spacing + metric);
          text.append(" | ").append(error == null ? "not given" : number("%.2f", error));
        }
        text.append(" |\n");
      }
    }
    return text.toString();
  }

  private static String label(String metric) {
    return metric.equals("volume_cc") ? "volume, %" : metric.replace("_Gy", ", Gy");
  }

  private static Map<String, Double> peers() throws IOException {
    Map<String, Double> worst = new TreeMap<>();
    List<String> lines = Files.readAllLines(PEERS);
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", -1);
      for (GoldenRow row : GoldenRow.all()) {
        if (row.gradient().equals(cells[1]) && row.shape().equals(cells[3].replace("_R12", ""))) {
          note(worst, cells[0] + cells[2], row, cells[4], Double.parseDouble(cells[5]));
        }
      }
    }
    return worst;
  }

  private static void ours(DvhOptions options, Map<String, Double> worst)
      throws IOException, DicomException {
    for (int spacing = 1; spacing <= 3; spacing++) {
      List<Roi> rois = SharedDataDvhTest.structures("rt/analytic/rs_h" + spacing + "mm.dcm").rois();
      for (String gradient : List.of("AP", "SI")) {
        DoseVolumeCalculator calculator =
            new DoseVolumeCalculator(
                SharedDataDvhTest.dose("rt/analytic/rd_" + gradient + "_" + spacing + "mm.dcm"),
                options);
        for (Roi roi : rois) {
          for (GoldenRow row : GoldenRow.all()) {
            if (row.gradient().equals(gradient)
                && row.shape().equals(roi.name().replace("_R12", ""))) {
              RoiDoseVolume volume = calculator.of(roi, spacing);
              for (String metric : METRICS) {
                note(
                    worst,
                    options.betweenPlanes().name() + spacing,
                    row,
                    metric,
                    GoldenRow.measured(volume, metric));
              }
            }
          }
        }
      }
    }
  }

  private static void note(
      Map<String, Double> worst, String who, GoldenRow row, String metric, double value) {
    double expected = row.expected().get(metric);
    double error = Math.abs(value - expected);
    worst.merge(
        who + metric, metric.equals("volume_cc") ? 100 * error / expected : error, Math::max);
  }

  private static String small() throws IOException, DicomException {
    StringBuilder text =
        new StringBuilder("\n## Radiosurgery spheres, 1 mm slices and dose grid\n\n")
            .append("| radius mm | volume %, PRISM | volume %, LINEAR | D95 %, PRISM |")
            .append(" D95 %, LINEAR, tricubic dose |\n|---|---|---|---|---|\n");
    DvhOptions linear = DvhOptions.DEFAULT.withBetweenPlanes(DvhOptions.BetweenPlanes.LINEAR);
    DvhOptions cubic = linear.withInterpolation(DvhOptions.Interpolation.TRICUBIC);
    for (Roi roi : SharedDataDvhTest.structures("rt/analytic/rs_srs.dcm").rois()) {
      double radiusMm = Double.parseDouble(roi.name().substring("SRS_r".length()));
      double trueCm3 = 4.0 / 3000 * Math.PI * Math.pow(radiusMm, 3);
      double trueGy = 20.354791;
      text.append(
          number(
              "| %.1f | %+.2f | %+.2f | %+.2f | %+.2f |%n",
              radiusMm,
              100 * (sphere(roi, DvhOptions.DEFAULT).volumeCm3() / trueCm3 - 1),
              100 * (sphere(roi, linear).volumeCm3() / trueCm3 - 1),
              100 * (d95(sphere(roi, DvhOptions.DEFAULT)) / trueGy - 1),
              100 * (d95(sphere(roi, cubic)) / trueGy - 1)));
    }
    return text.toString();
  }

  private static double d95(RoiDoseVolume volume) {
    return volume.doseAtVolumePct(95).orElseThrow();
  }

  private static RoiDoseVolume sphere(Roi roi, DvhOptions options)
      throws IOException, DicomException {
    return new DoseVolumeCalculator(SharedDataDvhTest.dose("rt/analytic/rd_srs.dcm"), options)
        .of(roi, 1);
  }

  private static String prostate() throws IOException, DicomException {
    StringBuilder text =
        new StringBuilder("\n## Prostate plan of a planning system\n\n")
            .append("| region | volume cm3 | gamma against Eclipse, % | gamma against CERR, % |\n")
            .append("|---|---|---|---|\n");
    for (Map.Entry<String, RoiDoseVolume> entry : SharedDataDvhTest.prostate().entrySet()) {
      text.append(
          number(
              "| %s | %.2f | %.1f | %.1f |%n",
              entry.getKey(),
              entry.getValue().volumeCm3(),
              100 * gamma("eclipse", entry),
              100 * gamma("cerr", entry)));
    }
    return text.toString();
  }

  private static double gamma(String system, Map.Entry<String, RoiDoseVolume> entry)
      throws IOException {
    List<String> lines =
        Files.readAllLines(
            SharedData.require("rt/slicerrt-eclipse-prostate/dvh_table_" + system + ".csv"));
    String[] names = lines.get(0).split(",", -1);
    for (int c = 0; c + 1 < names.length; c += 2) {
      if (names[c].startsWith(entry.getKey().replace(" ", "") + "_")) {
        return SharedDataDvhTest.gamma(lines, c, entry.getValue());
      }
    }
    return Double.NaN;
  }

  private static String number(String format, Object... values) {
    return String.format(Locale.ROOT, format.replace("%n", "\n"), values);
  }
}
