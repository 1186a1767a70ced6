package org.rtpipeline.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rtpipeline.model.FileRef;

final class CatalogueOrderTest {

  private static final List<FileRef> FILES =
      IntStream.range(0, 2000)
          .mapToObj(i -> new FileRef("file:/in/patient/CT" + i + ".dcm", i, i))
          .sorted(new CatalogueOrder())
          .toList();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 31, 1000})
  void partsInTheirOrderAreTheWholeInItsOrder(int parts) {
    assertThat(FILES).extracting(file -> CatalogueOrder.part(file, parts)).isSorted();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 8})
  void partsAreAboutEquallyLarge(int parts) {
    assertThat(FILES.stream().filter(file -> CatalogueOrder.part(file, parts) == 0).count())
        .isBetween(1600L / parts, 2400L / parts);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 31})
  void aFileIsWhereAnotherNumberOfPartsLooksForIt(int parts) {
    for (int others : List.of(1, 2, 5, 30)) {
      assertThat(FILES)
          .allSatisfy(
              file -> {
                int asked = CatalogueOrder.part(file, others);
                assertThat(CatalogueOrder.part(file, parts))
                    .isBetween(
                        CatalogueOrder.first(asked, others, parts),
                        CatalogueOrder.last(asked, others, parts));
              });
    }
  }

  @Test
  void theSamePartIsAskedWhenThereAreAsMany() {
    assertThat(CatalogueOrder.first(3, 7, 7)).isEqualTo(3);
    assertThat(CatalogueOrder.last(3, 7, 7)).isEqualTo(3);
  }
}
