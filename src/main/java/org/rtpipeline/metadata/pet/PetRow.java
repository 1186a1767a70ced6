package org.rtpipeline.metadata.pet;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.Column;
import org.rtpipeline.model.PetSeries;
import org.rtpipeline.model.RowHead;
import org.rtpipeline.model.TableRecord;
import org.rtpipeline.model.TableSchema;

/**
 * One PET series of a course: what it is, what turns it into uptake values, or why nothing does.
 *
 * @param head the course
 * @param verdict the series
 */
public record PetRow(RowHead head, PetVerdict verdict) implements TableRecord {

  /** Table {@code pet}. */
  public static final TableSchema<PetRow> SCHEMA =
      new TableSchema<>(
          "pet",
          "One row per PET series: tracer, times, what turns its values into SUV, or the reason why"
              + " nothing does",
          List.of("course_key", "series_uid"),
          columns());

  private static final double SECONDS_PER_MINUTE = 60;

  @Override
  public TableSchema<PetRow> schema() {
    return SCHEMA;
  }

  private static List<Column<PetRow>> columns() {
    List<Column<PetRow>> columns = new ArrayList<>(RowHead.columns(PetRow::head));
    columns.add(text("series_uid", "Series instance UID (0020,000E)", PetVerdict::seriesUid));
    columns.add(text("study_uid", "Study instance UID (0020,000D)", of(PetSeries::studyUid)));
    columns.add(
        new Column<>(
            "series_number",
            Column.Type.INTEGER,
            "",
            "Series number (0020,0011)",
            r -> of(PetSeries::seriesNumber).apply(r.verdict)));
    columns.add(
        text(
            "status",
            "suv_computed, or suv_excluded: then exclusion_reason says why",
            v -> v.scale() == null ? "suv_excluded" : "suv_computed"));
    columns.add(
        text(
            "standing",
            "PRIMARY: the series of its study and tracer that counts; SECONDARY: another one does;"
                + " NONE: excluded, or a person has to choose",
            v -> v.standing().name()));
    columns.add(
        text(
            "exclusion_reason",
            "Why the series has no SUV or is not the primary one",
            v -> v.reason() == null ? null : v.reason().exclusion().word()));
    columns.add(
        text(
            "severity",
            "exclude, or manual_review where a person has to choose",
            v ->
                v.reason() == null
                    ? null
                    : v.reason().exclusion().severity().name().toLowerCase(java.util.Locale.ROOT)));
    columns.add(
        text(
            "exclusion_details",
            "Attribute, value seen and what was expected",
            v -> v.reason() == null ? null : v.reason().details()));
    columns.add(text("tracer", "The tracer", v -> named(v.known().tracer())));
    columns.add(text("isotope", "The positron emitter", v -> named(v.known().isotope())));
    columns.add(number("half_life_s", "s", "Half-life that was used", v -> v.known().halfLifeS()));
    columns.add(text("units", "Units (0054,1001)", of(s -> filled(s.quantity().units()))));
    columns.add(text("suv_type", "SUV type (0054,1006)", of(s -> filled(s.quantity().suvType()))));
    columns.add(
        text(
            "decay_correction",
            "Decay correction (0054,1102)",
            of(s -> filled(s.quantity().decayCorrection()))));
    columns.add(
        new Column<>(
            "corrections",
            Column.Type.TEXT_LIST,
            "",
            "Corrected image (0028,0051)",
            r -> r.verdict.series() == null ? null : r.verdict.series().making().corrections()));
    columns.add(
        text(
            "reconstruction",
            "OSEM, PSF, BSREM or FBP, from the reconstruction method (0054,1103)",
            v -> v.reconstruction().map(Enum::name).orElse(null)));
    columns.add(number("z_extent_mm", "mm", "First to last plane", of(PetSeries::extentMm)));
    columns.add(
        number(
            "weight_kg",
            "kg",
            "Patient's weight (0010,1030)",
            v -> v.known().body() == null ? null : v.known().body().weightKg()));
    columns.add(
        number(
            "height_m",
            "m",
            "Patient's size (0010,1020)",
            v -> v.known().body() == null ? null : v.known().body().heightM()));
    columns.add(
        number(
            "dose_bq",
            "Bq",
            "Radionuclide total dose (0018,1074)",
            of(s -> s.injections().size() == 1 ? s.injections().get(0).doseBq() : null)));
    addTimes(columns);
    addFactors(columns);
    return columns;
  }

  private static void addTimes(List<Column<PetRow>> columns) {
    columns.add(
        text("injection_time", "When the tracer was given", uptake(u -> u.injected().toString())));
    columns.add(
        text(
            "injection_basis",
            "How that is known: START_DATE_TIME, START_TIME or START_TIME_DAY_BEFORE",
            uptake(u -> u.injectionBasis().name())));
    columns.add(
        text(
            "reference_time",
            "Time to which decay is corrected, or first acquisition",
            uptake(u -> u.reference().toString())));
    columns.add(
        text(
            "reference_basis",
            "How that is known: SERIES_TIME, GE_SCAN_TIME, FRAME_REFERENCE_TIME or"
                + " EARLIEST_ACQUISITION",
            uptake(u -> u.referenceBasis().name())));
    columns.add(
        number(
            "uptake_min",
            "min",
            "From injection to reference time",
            uptake(u -> u.seconds() / SECONDS_PER_MINUTE)));
    columns.add(
        number(
            "decay_factor",
            "",
            "Part of the dose that is left at the reference time",
            v ->
                v.known().uptake() == null || v.known().halfLifeS() == null
                    ? null
                    : Math.pow(2, -v.known().uptake().seconds() / v.known().halfLifeS())));
  }

  private static void addFactors(List<Column<PetRow>> columns) {
    columns.add(
        number(
            "suv_bw_factor",
            "",
            "Rescaled values times this are SUV by body weight, g/ml; the smallest where images"
                + " differ",
            v -> v.scale() == null ? null : v.scale().least()));
    columns.add(
        number(
            "suv_bw_factor_max",
            "",
            "The largest such factor: the same unless images differ",
            v -> v.scale() == null ? null : v.scale().largest()));
    columns.add(
        ratio(
            "suv_lbm_janmahasatian_ratio",
            "SUV by lean body mass (Janmahasatian 2005) per SUV by body weight",
            SuvVariant.LEAN_JANMAHASATIAN));
    columns.add(
        ratio(
            "suv_lbm_james_ratio",
            "SUV by lean body mass (James 1976, 128) per SUV by body weight",
            SuvVariant.LEAN_JAMES));
    columns.add(
        ratio(
            "suv_bsa_ratio",
            "SUV by body surface area (cm²/ml, Du Bois 1916) per SUV by body weight (g/ml)",
            SuvVariant.BODY_SURFACE));
  }

  private static Column<PetRow> ratio(String name, String meaning, SuvVariant variant) {
    return number(
        name,
        "",
        meaning,
        v ->
            v.scale() == null || v.scale().ratio(variant).isEmpty()
                ? null
                : v.scale().ratio(variant).getAsDouble());
  }

  private static @Nullable String named(@Nullable Enum<?> constant) {
    return constant == null ? null : constant.name();
  }

  private static @Nullable String filled(String text) {
    return text.isEmpty() ? null : text;
  }

  private static Function<PetVerdict, @Nullable Object> of(
      Function<PetSeries, @Nullable Object> fact) {
    return v -> v.series() == null ? null : fact.apply(v.series());
  }

  private static Function<PetVerdict, @Nullable Object> uptake(Function<Uptake, Object> fact) {
    return v -> v.known().uptake() == null ? null : fact.apply(v.known().uptake());
  }

  private static Column<PetRow> text(
      String name, String meaning, Function<PetVerdict, @Nullable Object> value) {
    return new Column<>(name, Column.Type.TEXT, "", meaning, r -> value.apply(r.verdict));
  }

  private static Column<PetRow> number(
      String name, String unit, String meaning, Function<PetVerdict, @Nullable Object> value) {
    return new Column<>(name, Column.Type.DOUBLE, unit, meaning, r -> value.apply(r.verdict));
  }
}
