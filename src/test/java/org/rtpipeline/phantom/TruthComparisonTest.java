package org.rtpipeline.phantom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rtpipeline.phantom.TruthComparison.Computed;

final class TruthComparisonTest {

  private static final List<TruthRow> TRUTH =
      List.of(row("Bladder", 100, 40, 30), row("Rectum", 50, 20, 10), row("Lost", 1, 1, 1));

  private static TruthRow row(String name, double volumeCm3, double dmeanGy, double d95Gy) {
    return new TruthRow("P1", name, "box", volumeCm3, dmeanGy, d95Gy, 0, 70, 1, 2, 3, 4);
  }

  @Test
  void largestDifferencesAreNamedWithTheirRegion() {
    TruthComparison comparison =
        TruthComparison.of(
            TRUTH,
            List.of(
                new Computed("P1", "Bladder", 101, 39.5, 30.1),
                new Computed("P1", "Rectum", 50.1, 20.1, 9.5)));
    assertThat(comparison.compared()).isEqualTo(2);
    assertThat(comparison.missing()).containsExactly("P1/Lost");
    assertThat(Objects.requireNonNull(comparison.volumePct()).value()).isCloseTo(1, within(1e-9));
    assertThat(Objects.requireNonNull(comparison.dmeanGy()).roiName()).isEqualTo("Bladder");
    assertThat(Objects.requireNonNull(comparison.dmeanGy()).value()).isCloseTo(-0.5, within(1e-9));
    assertThat(Objects.requireNonNull(comparison.d95Gy()).roiName()).isEqualTo("Rectum");
  }

  @Test
  void regionsThatCouldNotBeComputedAreMissing() {
    TruthComparison comparison =
        TruthComparison.of(TRUTH, List.of(new Computed("P1", "Lost", 1, Double.NaN, 1)));
    assertThat(comparison.missing()).hasSize(3);
    assertThat(comparison.volumePct()).isNull();
  }

  @Test
  void sameNameOfAnotherPatientIsNotCompared() {
    TruthComparison comparison =
        TruthComparison.of(TRUTH, List.of(new Computed("P2", "Lost", 1, 1, 1)));
    assertThat(comparison.compared()).isZero();
  }

  @Test
  void tableComesBackAsItWasWritten(@TempDir Path folder) throws IOException {
    Path file = folder.resolve(Truth.FILE_NAME);
    Truth.write(file, TRUTH);
    assertThat(Truth.read(file)).isEqualTo(TRUTH);
  }

  @Test
  void tablesOfAnotherKindAreRefused(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("other.csv");
    Files.writeString(file, "a,b\n1,2\n");
    assertThatThrownBy(() -> Truth.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("header");
    Truth.write(file, TRUTH);
    Files.writeString(file, Files.readString(file) + "P1,Short\n");
    assertThatThrownBy(() -> Truth.read(file)).hasMessageContaining("2 cells");
    Truth.write(file, TRUTH);
    Files.writeString(file, Files.readString(file).replace("50.000000000", "much"));
    assertThatThrownBy(() -> Truth.read(file)).hasMessageContaining("much");
  }
}
