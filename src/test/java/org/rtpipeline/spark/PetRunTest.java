package org.rtpipeline.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.rtpipeline.dicom.ContourImages;
import org.rtpipeline.dicom.CtImageWriter;
import org.rtpipeline.dicom.PetImageWriter;
import org.rtpipeline.dicom.RtStructWriter;
import org.rtpipeline.dicom.SeriesContext;
import org.rtpipeline.dicom.StudyContext;
import org.rtpipeline.fixture.CsvLine;
import org.rtpipeline.fixture.SharedSpark;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.model.Contour;
import org.rtpipeline.model.Roi;
import org.rtpipeline.model.StructureSet;

/** A whole run over a PET/CT with a sphere of known uptake. */
@ExtendWith(SharedSpark.class)
final class PetRunTest {

  private static final String FRAME = "1.2.3.9";
  private static final String CT = "1.2.3.5";
  private static final VoxelGrid GRID =
      VoxelGrid.axial(32, 32, 12, new Point(-31, -31, -16.5), 2, 2, 3);
  private static final double RADIUS_MM = 12;
  private static final short SPHERE_BQML = 3000;
  private static final short BACKGROUND_BQML = 500;

  /** 70 kg, 350 MBq of fluorine-18, an hour before the scan. */
  private static final double SUV_PER_BQML = 70_000 / 3.5e8 * Math.pow(2, 3600 / 6586.2);

  @TempDir static Path cohort;
  @TempDir static Path output;

  private final JavaSparkContext context;

  PetRunTest(JavaSparkContext context) {
    this.context = context;
  }

  @BeforeAll
  static void runOnce(JavaSparkContext context) throws Exception {
    writeCohort();
    CohortRun.run(Runs.engine(context, 2), Runs.withPet(cohort, output), Runs.SILENT);
  }

  @Test
  void theLedgerNamesTracerAndFactor() {
    List<String> rows =
        Runs.rows(context, output, "pet", "tracer", "status", "standing", "uptake_min");
    assertThat(rows)
        .containsExactly("{standing=PRIMARY, status=suv_computed, tracer=FDG, uptake_min=60.0}");
    String factor = Runs.rows(context, output, "pet", "suv_bw_factor").get(0);
    assertThat(Double.parseDouble(factor.substring(factor.indexOf('=') + 1, factor.length() - 1)))
        .isCloseTo(SUV_PER_BQML, Offset.offset(1e-12));
  }

  @Test
  void theSphereHasItsUptakeInTheExport() throws Exception {
    assertThat(exported("Sphere", "original_firstorder_Mean"))
        .isCloseTo(SPHERE_BQML * SUV_PER_BQML, Offset.offset(1e-6));
    assertThat(exported("Sphere", "original_firstorder_Maximum"))
        .isCloseTo(SPHERE_BQML * SUV_PER_BQML, Offset.offset(1e-6));
    assertThat(exported("Aside", "original_firstorder_Mean"))
        .isCloseTo(BACKGROUND_BQML * SUV_PER_BQML, Offset.offset(1e-6));
  }

  @Test
  void theLedgerIsExportedToo() {
    assertThat(output.resolve("_RESULTS/pet.csv")).isRegularFile();
  }

  private static double exported(String roi, String feature) throws IOException {
    List<String> lines = Files.readAllLines(output.resolve("_RESULTS/radiomics_pet.csv"));
    List<String> header = CsvLine.cells(lines.get(0).replace("\uFEFF", ""));
    return lines.stream()
        .skip(1)
        .map(CsvLine::cells)
        .filter(row -> row.get(header.indexOf("roi_name")).equals(roi))
        .mapToDouble(row -> Double.parseDouble(row.get(header.indexOf(feature))))
        .findFirst()
        .orElseThrow();
  }

  private static void writeCohort() throws IOException {
    StudyContext study =
        new StudyContext(
            "P1", "A^B", "M", "1.2.3", "1", LocalDate.of(2024, 2, 3), LocalTime.of(9, 0), FRAME);
    for (int k = 0; k < GRID.planes(); k++) {
      try (OutputStream out = Files.newOutputStream(cohort.resolve("ct" + k + ".dcm"))) {
        CtImageWriter.write(
            study, series(CT, 1), slice(CT, k), new short[GRID.columns() * GRID.rows()], out);
      }
      try (OutputStream out = Files.newOutputStream(cohort.resolve("pet" + k + ".dcm"))) {
        PetImageWriter.write(study, series("1.2.3.7", 2), slice("1.2.3.7", k), plane(k), out);
      }
    }
    try (OutputStream out = Files.newOutputStream(cohort.resolve("rs.dcm"))) {
      RtStructWriter.write(
          study,
          series("1.2.3.6", 3),
          new StructureSet(
              "1.2.3.6.1",
              "Set",
              null,
              null,
              List.of(
                  new Roi(1, "Sphere", "ORGAN", null, null, discs(0)),
                  new Roi(2, "Aside", "ORGAN", null, null, squares())),
              List.of()),
          new ContourImages("1.2.3", CT, List.of(CT + ".1")),
          out);
    }
  }

  private static CtImageWriter.Slice slice(String series, int plane) {
    return new CtImageWriter.Slice(series + "." + (plane + 1), GRID, plane, "CHEST");
  }

  private static SeriesContext series(String uid, int number) {
    return new SeriesContext(
        uid,
        number,
        "Made",
        new SeriesContext.Equipment("Maker", "Model", "1"),
        LocalDateTime.of(2024, 2, 3, 10, 0));
  }

  private static double zMm(int plane) {
    return -16.5 + 3 * plane;
  }

  private static short[] plane(int k) {
    short[] values = new short[GRID.columns() * GRID.rows()];
    for (int v = 0; v < values.length; v++) {
      double xMm = -31 + 2 * (v % GRID.columns());
      double yMm = -31 + 2 * (v / GRID.columns());
      values[v] =
          Math.hypot(Math.hypot(xMm, yMm), zMm(k)) <= RADIUS_MM ? SPHERE_BQML : BACKGROUND_BQML;
    }
    return values;
  }

  private static List<Contour> discs(double centreMm) {
    List<Contour> discs = new ArrayList<>();
    for (int k = 0; k < GRID.planes(); k++) {
      if (Math.abs(zMm(k)) < RADIUS_MM) {
        double radiusMm = 0.99 * Math.sqrt(RADIUS_MM * RADIUS_MM - zMm(k) * zMm(k));
        double[] pointsMm = new double[3 * 64];
        for (int i = 0; i < 64; i++) {
          pointsMm[3 * i] = centreMm + radiusMm * Math.cos(i * Math.PI / 32);
          pointsMm[3 * i + 1] = radiusMm * Math.sin(i * Math.PI / 32);
          pointsMm[3 * i + 2] = zMm(k);
        }
        discs.add(new Contour(Contour.Type.CLOSED_PLANAR, pointsMm, null));
      }
    }
    return discs;
  }

  private static List<Contour> squares() {
    List<Contour> squares = new ArrayList<>();
    for (int k = 3; k < 9; k++) {
      double z = zMm(k);
      squares.add(
          new Contour(
              Contour.Type.CLOSED_PLANAR,
              new double[] {15, 15, z, 28, 15, z, 28, 28, z, 15, 28, z},
              null));
    }
    return squares;
  }
}
