package org.rtpipeline.qc;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.Column;
import org.rtpipeline.model.RowHead;
import org.rtpipeline.model.TableRecord;
import org.rtpipeline.model.TableSchema;

/**
 * How the checks of one course ended as a whole.
 *
 * @param head what every row begins with
 * @param results all results of the course
 */
public record QcSummaryRow(RowHead head, List<QcResult> results) implements TableRecord {

  /** Table {@code qc_summary}. */
  public static final TableSchema<QcSummaryRow> SCHEMA =
      new TableSchema<>(
          "qc_summary",
          "One row per course: how its checks ended as a whole",
          List.of("course_key"),
          columns());

  /** Copies the list. */
  public QcSummaryRow {
    results = List.copyOf(results);
  }

  @Override
  public TableSchema<QcSummaryRow> schema() {
    return SCHEMA;
  }

  private long count(QcLevel level) {
    return results.stream().filter(result -> result.level() == level).count();
  }

  /** The results of a group and how it ended as a whole, as JSON. */
  private ObjectNode group(QcGroup group) {
    List<QcResult> own =
        results.stream().filter(result -> result.check().group() == group).toList();
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("status", CourseChecks.group(own).name());
    ArrayNode list = node.putArray("results");
    for (QcResult result : own) {
      list.addObject()
          .put("check", result.check().name())
          .put("level", result.level().name())
          .put("subject", result.subject())
          .put("value", result.value())
          .put("expected", result.expected());
    }
    return node;
  }

  private String checks() {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    for (QcGroup group : QcGroup.values()) {
      if (group != QcGroup.COHORT && group != QcGroup.STRUCTURE_CROPPING) {
        all.set(group.word(), group(group));
      }
    }
    return all.toString();
  }

  private static List<Column<QcSummaryRow>> columns() {
    List<Column<QcSummaryRow>> columns = new ArrayList<>(RowHead.columns(QcSummaryRow::head));
    text(
        columns,
        "overall_status",
        "FAIL when any check failed, else WARNING when any warns, else PASS; NOT_EVALUATED when the"
            + " course could not be checked",
        row -> CourseChecks.group(row.results).name());
    for (QcLevel level : QcLevel.values()) {
      columns.add(
          new Column<>(
              level.name().toLowerCase(Locale.ROOT) + "_count",
              Column.Type.LONG,
              "",
              "Results of level " + level,
              row -> row.count(level)));
    }
    text(
        columns,
        "structure_cropping",
        "Regions that the image cuts, as JSON",
        row -> row.group(QcGroup.STRUCTURE_CROPPING).toString());
    text(columns, "checks", "All other results by group, as JSON", QcSummaryRow::checks);
    return columns;
  }

  private static void text(
      List<Column<QcSummaryRow>> columns,
      String name,
      String meaning,
      Function<QcSummaryRow, @Nullable Object> value) {
    columns.add(new Column<>(name, Column.Type.TEXT, "", meaning, value));
  }
}
