package org.rtpipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The table of faults in the notes for users of the Python rtpipeline names tests that are there.
 */
final class MigrationPageTest {

  private static final Path PAGE = Path.of("docs", "migration.md");
  private static final Path TESTS = Path.of("src", "test", "java");
  private static final Pattern ROW = Pattern.compile("\\| (W\\d+) \\| (.+) \\| (.+) \\| (.+) \\|");
  private static final Pattern TEST = Pattern.compile("`(\\w+)#(\\w+)`");
  private static final String NO_CONCERN = "does not concern: ";

  private static List<Matcher> rows() throws IOException {
    List<Matcher> rows = new ArrayList<>();
    for (String line : Files.readAllLines(PAGE)) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        rows.add(row);
      }
    }
    return rows;
  }

  @Test
  void everyFaultOfCoursesAndTablesHasOneRow() throws IOException {
    List<String> faults =
        IntStream.concat(IntStream.rangeClosed(1, 31), IntStream.rangeClosed(39, 49))
            .mapToObj(number -> "W" + number)
            .toList();

    assertThat(rows()).extracting(row -> row.group(1)).containsExactlyElementsOf(faults);
  }

  @Test
  void everyRowNamesTestsOrSaysWhyThereIsNone() throws IOException {
    for (Matcher row : rows()) {
      assertThat(row.group(4).startsWith(NO_CONCERN) || TEST.matcher(row.group(4)).find())
          .as(row.group())
          .isTrue();
    }
  }

  @Test
  void everyTestThatARowNamesIsThere() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(TESTS)) {
      files = all.toList();
    }
    for (Matcher row : rows()) {
      Matcher test = TEST.matcher(row.group(4));
      while (test.find()) {
        String name = test.group(1) + ".java";
        List<Path> homes =
            files.stream().filter(file -> file.endsWith(name)).collect(Collectors.toList());
        assertThat(homes).as(row.group(1) + ": " + name).hasSize(1);
        assertThat(Files.readString(homes.get(0)))
            .as(row.group(1) + ": " + test.group())
            .containsPattern(
                "@(Test|ParameterizedTest|TestFactory)[^;]*\\bvoid " + test.group(2) + "\\(");
      }
    }
  }
}
