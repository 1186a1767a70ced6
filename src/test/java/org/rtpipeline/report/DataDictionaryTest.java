package org.rtpipeline.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.rtpipeline.model.Column;
import org.rtpipeline.model.RowHead;
import org.rtpipeline.model.TableRecord;
import org.rtpipeline.model.TableSchema;

/**
 * Holds the data dictionary in docs/output.md against the schemas of all tables; {@code
 * -Drtpipeline.docs=write} writes it.
 */
final class DataDictionaryTest {

  private static final Path PAGE = Path.of("docs", "output.md");
  private static final String MARK =
      "<!-- From here on written by DataDictionaryTest from the table schemas. -->\n";
  private static final Pattern VOLUME_AT_DOSE = Pattern.compile("v(\\d+)gy_(cm3|pct)");
  private static final int HIGHEST_GY = 60;
  private static final List<String> HEAD =
      RowHead.columns((RowHead head) -> head).stream().map(Column::name).toList();

  @Test
  void thePageListsEveryColumnOfEveryTable() throws Exception {
    String page = Files.readString(PAGE);
    assertThat(page).contains(MARK);
    String written = page.substring(0, page.indexOf(MARK) + MARK.length()) + dictionary();
    if ("write".equals(System.getProperty("rtpipeline.docs"))) {
      Files.writeString(PAGE, written);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(written);
  }

  @Test
  void everyColumnSaysWhatItMeansAndNumbersSayTheirUnitInTheirName() throws Exception {
    for (TableSchema<?> schema : schemas()) {
      for (Column<?> column : schema.columns()) {
        assertThat(column.meaning()).as(schema.name() + "." + column.name()).isNotBlank();
        if (column.unit().equals("Gy")) {
          assertThat(column.name()).endsWith("_gy");
        }
        if (column.unit().equals("cm3")) {
          assertThat(column.name()).endsWith("_cm3");
        }
      }
    }
  }

  private static String dictionary() throws Exception {
    StringBuilder text = new StringBuilder("\n## Columns\n");
    text.append("Tables whose rows are about a course begin with the same columns:\n\n")
        .append(HEADER);
    RowHead.columns((RowHead head) -> head).forEach(column -> text.append(line(column)));
    for (TableSchema<?> schema : schemas()) {
      text.append("\n### ")
          .append(schema.name())
          .append('\n')
          .append(schema.meaning())
          .append(". In order of ")
          .append(
              schema.sortedBy().stream()
                  .map(name -> "`" + name + "`")
                  .collect(Collectors.joining(", ")))
          .append(".\n\n");
      List<String> names = schema.columns().stream().map(Column::name).toList();
      boolean hasHead = names.size() > HEAD.size() && names.subList(0, HEAD.size()).equals(HEAD);
      text.append(hasHead ? "After the common columns:\n\n" : "").append(HEADER);
      schema.columns().stream()
          .skip(hasHead ? HEAD.size() : 0)
          .forEach(column -> text.append(line(column)));
    }
    return text.toString();
  }

  private static final String HEADER = "| column | type | unit | meaning |\n|---|---|---|---|\n";

  /** A line of the dictionary; volumes at 1 to 60 Gy share one. */
  private static String line(Column<?> column) {
    Matcher many = VOLUME_AT_DOSE.matcher(column.name());
    boolean matches = many.matches();
    if (matches && !many.group(1).equals("1")) {
      return "";
    }
    String name =
        matches
            ? "`" + column.name() + "` … `v" + HIGHEST_GY + "gy_" + many.group(2) + "`"
            : "`" + column.name() + "`";
    return "| "
        + name
        + " | "
        + column.type().name().toLowerCase(Locale.ROOT).replace('_', ' ')
        + " | "
        + column.unit()
        + " | "
        + (matches ? column.meaning().replace("1 Gy", "1, 2 … 60 Gy") : column.meaning())
        + " |\n";
  }

  /** The schemas of all rows that main code can make, in order of name. */
  private static List<TableSchema<?>> schemas() throws Exception {
    return new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.rtpipeline")
            .stream()
            .filter(type -> type.isAssignableTo(TableRecord.class) && !type.isInterface())
            .map(DataDictionaryTest::schema)
            .sorted(Comparator.comparing(TableSchema::name))
            .collect(Collectors.toList());
  }

  private static TableSchema<?> schema(JavaClass type) {
    try {
      return (TableSchema<?>) type.reflect().getField("SCHEMA").get(null);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(type.getName() + " has no public constant SCHEMA", e);
    }
  }
}
