package org.rtpipeline.store;

import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.rtpipeline.model.CourseId;
import org.rtpipeline.model.TableRecord;
import org.rtpipeline.model.TableSchema;

/**
 * New rows of one table and which old rows they take the place of; one transaction.
 *
 * @param schema the table
 * @param rows new rows, all of that schema; read once or twice, so keep them persisted when dear
 * @param scope old rows that go
 */
public record TableChange(TableSchema<?> schema, JavaRDD<TableRecord> rows, Scope scope) {

  /** Which old rows go when new ones come. */
  public sealed interface Scope permits Courses, Everything, Nothing {}

  /**
   * All rows of these courses go, also of a course that has no new row.
   *
   * @param courses courses of this run
   */
  public record Courses(Set<CourseId> courses) implements Scope {
    /** Copies the set. */
    public Courses {
      courses = Set.copyOf(courses);
    }
  }

  /** All rows go: the table is rewritten. */
  public record Everything() implements Scope {}

  /** No row goes: the new ones are appended. */
  public record Nothing() implements Scope {}

  /** Refuses to replace courses in a table that does not name them. */
  public TableChange {
    if (scope instanceof Courses
        && schema.columns().stream().noneMatch(c -> c.name().equals(TableStore.COURSE_KEY))) {
      throw new IllegalArgumentException(
          "table " + schema.name() + " has no column " + TableStore.COURSE_KEY);
    }
  }
}
