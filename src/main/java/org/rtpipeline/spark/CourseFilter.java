package org.rtpipeline.spark;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rtpipeline.config.Selection;
import org.rtpipeline.model.Course;
import org.rtpipeline.model.Outcome;
import org.rtpipeline.organize.OutcomeRow;
import org.rtpipeline.store.StoredTable;
import org.rtpipeline.store.TableStore;

/**
 * Which courses of the input a run computes.
 *
 * @param glob of course key, label or patient ID: {@code *} stands for any text, {@code ?} for one
 *     character
 * @param finishedKeys keys of courses to leave out, since they are finished
 */
record CourseFilter(String glob, Set<String> finishedKeys) implements Serializable {

  /** Copies the set. */
  CourseFilter {
    finishedKeys = Set.copyOf(finishedKeys);
  }

  /**
   * The filter of a selection.
   *
   * @param store says which courses are finished, when only the others are asked for
   */
  static CourseFilter of(Selection selection, TableStore store) {
    return new CourseFilter(
        selection.courseGlob(),
        selection.which() == Selection.Which.ONLY_FAILED ? finished(store) : Set.of());
  }

  /** Whether a course is computed. */
  boolean includes(Course course) {
    return !finishedKeys.contains(course.id().key())
        && (matches(course.id().key()) || matches(course.label()) || matches(course.patientId()));
  }

  private boolean matches(String text) {
    String expression =
        glob.chars()
            .mapToObj(c -> c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(Character.toString(c)))
            .collect(Collectors.joining());
    return Pattern.compile(expression, Pattern.DOTALL).matcher(text).matches();
  }

  /** Courses that have outcomes in the output, all of them done. */
  private static Set<String> finished(TableStore store) {
    Optional<StoredTable> outcomes = store.stored(OutcomeRow.SCHEMA.name());
    if (outcomes.isEmpty()) {
      return Set.of();
    }
    List<StoredTable.StoredColumn> columns =
        Stream.of("course_key", "outcome")
            .flatMap(name -> outcomes.get().columns().stream().filter(c -> c.name().equals(name)))
            .toList();
    Map<String, Boolean> isDone =
        outcomes
            .get()
            .rows(columns)
            .map(row -> List.of(String.valueOf(row.cell(0)), String.valueOf(row.cell(1))))
            .collect()
            .stream()
            .collect(
                Collectors.toMap(
                    row -> row.get(0),
                    row -> row.get(1).equals(Outcome.Kind.DONE.name()),
                    Boolean::logicalAnd));
    return isDone.entrySet().stream()
        .filter(Map.Entry::getValue)
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }
}
