package org.rtpipeline.metadata;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.Column;
import org.rtpipeline.model.RowHead;
import org.rtpipeline.model.TableRecord;
import org.rtpipeline.model.TableSchema;

/**
 * What was delivered of a plan, or of the whole course.
 *
 * @param head the course
 * @param delivery planned against delivered
 */
public record DeliveryRow(RowHead head, Delivery delivery) implements TableRecord {

  /** Table {@code deliveries}. */
  public static final TableSchema<DeliveryRow> SCHEMA =
      new TableSchema<>(
          "deliveries",
          "One row per plan and one per course: what was delivered against what was planned",
          List.of("course_key", "plan_uid"),
          columns());

  @Override
  public TableSchema<DeliveryRow> schema() {
    return SCHEMA;
  }

  private static List<Column<DeliveryRow>> columns() {
    List<Column<DeliveryRow>> columns = new ArrayList<>(RowHead.columns(DeliveryRow::head));
    columns.add(text("plan_uid", "The plan; empty for the whole course", Delivery::planUid));
    columns.add(
        text(
            "plan_label",
            "RT plan label (300A,0002)",
            d -> d.plan() == null ? null : d.plan().label()));
    columns.add(
        whole(
            "fractions_planned",
            "Fractions planned (300A,0078); of a course with several plans empty",
            Delivery::planned));
    columns.add(whole("fractions_delivered", "Fractions with records", d -> d.fractions().size()));
    columns.add(whole("fractions_complete", "Fractions delivered in full", Delivery::complete));
    columns.add(
        whole("fractions_partial", "Fractions with a beam missing or cut", Delivery::partial));
    columns.add(text("start_date", "First day of treatment", d -> shown(d.start())));
    columns.add(text("end_date", "Last day of treatment", d -> shown(d.end())));
    columns.add(whole("treatment_days", "Days with treatment", d -> d.days().size()));
    columns.add(
        whole(
            "overall_treatment_days",
            "Days from the first to the last, both counted",
            Delivery::overallDays));
    columns.add(
        whole(
            "longest_gap_days",
            "Most days from one day of treatment to the next",
            Delivery::longestGapDays));
    columns.add(
        whole(
            "missed_weekdays",
            "Mondays to Fridays between first and last day without treatment",
            Delivery::missedWeekdays));
    columns.add(
        whole(
            "days_with_several_fractions",
            "Days with more than one fraction of a plan",
            Delivery::daysWithSeveral));
    columns.add(
        number(
            "planned_mu_per_fraction",
            "MU",
            "Beam metersets (300A,0086) of all treatment beams",
            Delivery::plannedMuPerFraction));
    columns.add(
        number("delivered_mu", "MU", "Delivered meterset of all fractions", Delivery::deliveredMu));
    columns.add(
        number(
            "delivered_pct",
            "%",
            "Delivered meterset in per cent of the planned one of as many fractions",
            Delivery::deliveredPct));
    return columns;
  }

  private static @Nullable String shown(@Nullable Object value) {
    return value == null ? null : value.toString();
  }

  private static Column<DeliveryRow> text(
      String name, String meaning, Function<Delivery, @Nullable Object> value) {
    return new Column<>(name, Column.Type.TEXT, "", meaning, r -> value.apply(r.delivery));
  }

  private static Column<DeliveryRow> whole(
      String name, String meaning, Function<Delivery, @Nullable Object> value) {
    return new Column<>(name, Column.Type.INTEGER, "", meaning, r -> value.apply(r.delivery));
  }

  private static Column<DeliveryRow> number(
      String name, String unit, String meaning, Function<Delivery, @Nullable Object> value) {
    return new Column<>(name, Column.Type.DOUBLE, unit, meaning, r -> value.apply(r.delivery));
  }
}
