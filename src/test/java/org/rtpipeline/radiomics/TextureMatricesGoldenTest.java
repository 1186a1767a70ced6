package org.rtpipeline.radiomics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rtpipeline.radiomics.RadiomicsOptions.Pairs;

/** Holds the texture matrices of PyRadiomics' own baseline cell by cell. */
final class TextureMatricesGoldenTest {

  /** A matrix file of two dimensions, or of three with the angle last. */
  private static final class Stored {
    private final int[] shape;
    private final boolean columnsFirst;
    private final ByteBuffer values;

    Stored(int[] shape, boolean columnsFirst, ByteBuffer values) {
      this.shape = shape;
      this.columnsFirst = columnsFirst;
      this.values = values;
    }

    double at(int row, int column, int angle) {
      int position =
          columnsFirst
              ? row + shape[0] * (column + shape[1] * angle)
              : (row * shape[1] + column) * shape[2] + angle;
      return values.getDouble(8 * position);
    }
  }

  private static Stored stored(String name) throws IOException {
    byte[] bytes =
        Files.readAllBytes(ReferenceCases.folder().resolve("pyradiomics/baseline/" + name));
    ByteBuffer b = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int start = 10 + b.getShort(8);
    String header = new String(bytes, 10, start - 10, StandardCharsets.US_ASCII);
    Matcher shape = Pattern.compile("\\((\\d+), (\\d+)(?:, (\\d+))?\\)").matcher(header);
    assertThat(shape.find()).as(header).isTrue();
    int angles = shape.group(3) == null ? 1 : Integer.parseInt(shape.group(3));
    int[] counts = {Integer.parseInt(shape.group(1)), Integer.parseInt(shape.group(2)), angles};
    ByteBuffer values = b.slice(start, bytes.length - start).order(ByteOrder.LITTLE_ENDIAN);
    return new Stored(counts, header.contains("'fortran_order': True"), values);
  }

  private static RoiLevels levels(String name) {
    ReferenceCases.Case roi = ReferenceCases.read(name);
    IndexBox box = IndexBox.round(roi.mask(), roi.image().size()).orElseThrow();
    byte[] mask = box.crop(roi.mask(), roi.image().size());
    double[] all = roi.image().crop(box);
    double[] x =
        java.util.stream.IntStream.range(0, mask.length)
            .filter(i -> mask[i] != 0)
            .mapToDouble(i -> all[i])
            .toArray();
    int[] binned =
        BinEdges.of(x, new Discretisation.FixedWidth(25), Raster.Numbers.WHOLE)
            .orElseThrow()
            .levels(x);
    return new RoiLevels(box, mask, binned, 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"brain1", "brain2"})
  void matricesAreEqualCellByCell(String name) throws IOException {
    ReferenceCases.folder();
    RoiLevels roi = levels(name);
    List<Direction> near = Direction.half(List.of(1), TexturePlane.VOLUME);
    List<Cells> pairs = new CooccurrenceMatrix(roi, Pairs.BOTH_ORDERS).perDirection(near);
    hold(pairs, stored(name + "_glcm.npy"), pairs.stream().map(Cells::total).toList());
    List<Cells> runs = new RunLengthMatrix(roi).perDirection(near);
    hold(runs, stored(name + "_glrlm.npy"), Collections.nCopies(runs.size(), 1.0));
    List<Cells> zones = List.of(SizeZoneMatrix.count(roi, near));
    hold(zones, stored(name + "_glszm.npy"), List.of(1.0));
    NeighbourhoodMatrices around = NeighbourhoodMatrices.count(roi, near, 0);
    hold(List.of(around.dependence()), stored(name + "_gldm.npy"), List.of(1.0));
    Stored ngtdm = stored(name + "_ngtdm.npy");
    for (int r = 1; r <= roi.ranks(); r++) {
      assertThat(around.voxels()[r]).isEqualTo(ngtdm.at(r - 1, 0, 0));
      assertThat(around.difference()[r]).isCloseTo(ngtdm.at(r - 1, 1, 0), Offset.offset(1e-9));
      assertThat(roi.levelOfRank()[r]).isEqualTo((int) ngtdm.at(r - 1, 2, 0));
    }
  }

  /** The files leave out columns that are empty for all angles. */
  private static void hold(List<Cells> actual, Stored expected, List<Double> totals) {
    TreeSet<Integer> occupied = new TreeSet<>();
    for (Cells cells : actual) {
      for (int c = 0; c < cells.size(); c++) {
        occupied.add(cells.column(c));
      }
    }
    List<Integer> columns = List.copyOf(occupied);
    assertThat(expected.shape[1]).isEqualTo(columns.size());
    assertThat(expected.shape[2]).isEqualTo(actual.size());
    for (int angle = 0; angle < actual.size(); angle++) {
      double[][] dense = new double[expected.shape[0]][columns.size()];
      Cells cells = actual.get(angle);
      for (int c = 0; c < cells.size(); c++) {
        dense[cells.row(c) - 1][columns.indexOf(cells.column(c))] =
            cells.count(c) / totals.get(angle);
      }
      for (int i = 0; i < dense.length; i++) {
        for (int j = 0; j < columns.size(); j++) {
          assertThat(dense[i][j])
              .as("cell %d %d of angle %d", i, j, angle)
              .isCloseTo(expected.at(i, j, angle), Offset.offset(1e-15));
        }
      }
    }
  }
}
