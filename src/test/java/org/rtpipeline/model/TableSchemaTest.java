package org.rtpipeline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TableSchemaTest {

  @Test
  void aTableIsSortedByColumnsItHas() {
    TableSchema<String> schema = table(List.of("roi"), "course_key", "roi");

    assertThat(schema.sortedBy()).containsExactly("roi");
    assertThat(schema.columns()).extracting(Column::name).containsExactly("course_key", "roi");
  }

  @Test
  void twoColumnsOfOneNameAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> table(List.of(), "dmean_gy", "dmax_gy", "dmean_gy"))
        .withMessage("table dvh has two columns dmean_gy");
  }

  @Test
  void anOrderByAColumnThatIsNotThereIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> table(List.of("roi", "roi_number"), "roi"))
        .withMessage("table dvh has no column roi_number");
  }

  private static TableSchema<String> table(List<String> sortedBy, String... columns) {
    return new TableSchema<>(
        "dvh",
        "Doses",
        sortedBy,
        List.of(columns).stream()
            .map(name -> new Column<String>(name, Column.Type.TEXT, "", name, row -> row))
            .toList());
  }
}
