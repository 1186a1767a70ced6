package org.rtpipeline.metadata;

import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.Column;
import org.rtpipeline.model.RowHead;
import org.rtpipeline.model.TableRecord;
import org.rtpipeline.model.TableSchema;
import org.rtpipeline.model.TreatmentRecord;
import org.rtpipeline.model.TreatmentRecord.DeliveredBeam;

/**
 * One fraction of one plan.
 *
 * @param head the course
 * @param fraction the fraction
 */
public record FractionRow(RowHead head, Fraction fraction) implements TableRecord {

  /** Table {@code fractions}. */
  public static final TableSchema<FractionRow> SCHEMA =
      new TableSchema<>(
          "fractions",
          "One row per delivered fraction of a plan, from RT treatment records",
          List.of("course_key", "plan_uid", "fraction_index"),
          columns());

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

  @Override
  public TableSchema<FractionRow> schema() {
    return SCHEMA;
  }

  private static List<Column<FractionRow>> columns() {
    List<Column<FractionRow>> columns = new ArrayList<>(RowHead.columns(FractionRow::head));
    columns.add(text("plan_uid", "The plan; empty when no record names it", Fraction::planUid));
    columns.add(whole("fraction_index", "Place in the order of treatment", Fraction::index));
    columns.add(
        whole(
            "fraction_number",
            "Current fraction number (3008,0022) as recorded",
            Fraction::recordedNumber));
    columns.add(
        text(
            "fraction_basis",
            "How fractions were told apart: FRACTION_NUMBER, BEAM_REPEATED or DAY",
            f -> f.basis().name()));
    columns.add(text("status", "COMPLETE, PARTIAL or UNKNOWN", f -> f.status().name()));
    columns.add(text("treatment_date", "Day of treatment (3008,0250)", f -> shown(f.date())));
    columns.add(whole("day_index", "Place among the fractions of the day", Fraction::dayIndex));
    columns.add(text("time_start", "First time (3008,0251)", f -> time(f.startTime())));
    columns.add(text("time_end", "Last time (3008,0251)", f -> time(f.endTime())));
    columns.add(texts("machines", "Treatment machines", Fraction::machines));
    columns.add(
        texts(
            "beams",
            "Treatment beams or application setups delivered",
            f ->
                f.beams().stream()
                    .map(DeliveredBeam::beamNumber)
                    .distinct()
                    .sorted()
                    .map(String::valueOf)
                    .toList()));
    columns.add(
        texts(
            "missing_beams",
            "Treatment beams of the plan without delivery",
            f -> f.missingBeams().stream().map(String::valueOf).toList()));
    columns.add(
        number(
            "specified_mu", "MU", "Specified primary meterset (3008,0032)", Fraction::specifiedMu));
    columns.add(
        number(
            "delivered_mu", "MU", "Delivered primary meterset (3008,0036)", Fraction::deliveredMu));
    columns.add(
        number(
            "specified_time_s",
            "s",
            "Specified channel times (3008,0132)",
            Fraction::specifiedTimeS));
    columns.add(
        number(
            "delivered_time_s",
            "s",
            "Delivered channel times (3008,0134)",
            Fraction::deliveredTimeS));
    columns.add(
        number(
            "delivered_dose_gy",
            "Gy",
            "Calculated dose reference dose values (3008,0076)",
            Fraction::deliveredDoseGy));
    columns.add(
        texts(
            "termination_statuses",
            "Treatment termination statuses (3008,002A)",
            Fraction::terminationStatuses));
    columns.add(
        texts(
            "verification_statuses",
            "Treatment verification statuses (3008,002C)",
            Fraction::verificationStatuses));
    columns.add(
        texts("overridden", "Attributes that were overridden (3008,0062)", Fraction::overridden));
    columns.add(whole("records", "Treatment records taken together", f -> f.records().size()));
    columns.add(
        texts(
            "record_uids",
            "Treatment records, in the order of treatment",
            f -> f.records().stream().map(TreatmentRecord::sopInstanceUid).toList()));
    columns.add(
        texts(
            "record_times",
            "Times of the records, in their order",
            f ->
                f.records().stream()
                    .map(TreatmentRecord::time)
                    .filter(Objects::nonNull)
                    .map(t -> TIME.format(Objects.requireNonNull(t)))
                    .toList()));
    return columns;
  }

  private static @Nullable String shown(@Nullable Object value) {
    return value == null ? null : value.toString();
  }

  private static @Nullable String time(@Nullable LocalTime time) {
    return time == null ? null : TIME.format(time);
  }

  private static Column<FractionRow> text(
      String name, String meaning, Function<Fraction, @Nullable Object> value) {
    return new Column<>(name, Column.Type.TEXT, "", meaning, r -> value.apply(r.fraction));
  }

  private static Column<FractionRow> texts(
      String name, String meaning, Function<Fraction, @Nullable Object> value) {
    return new Column<>(name, Column.Type.TEXT_LIST, "", meaning, r -> value.apply(r.fraction));
  }

  private static Column<FractionRow> whole(
      String name, String meaning, Function<Fraction, @Nullable Object> value) {
    return new Column<>(name, Column.Type.INTEGER, "", meaning, r -> value.apply(r.fraction));
  }

  private static Column<FractionRow> number(
      String name, String unit, String meaning, Function<Fraction, @Nullable Object> value) {
    return new Column<>(name, Column.Type.DOUBLE, unit, meaning, r -> value.apply(r.fraction));
  }
}
