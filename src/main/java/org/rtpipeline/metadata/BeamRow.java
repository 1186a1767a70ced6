package org.rtpipeline.metadata;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.Column;
import org.rtpipeline.model.PlanDetail;
import org.rtpipeline.model.RowHead;
import org.rtpipeline.model.TableRecord;
import org.rtpipeline.model.TableSchema;

/**
 * One beam of one plan.
 *
 * @param head the course
 * @param planUid the plan
 * @param summary what the control points of the beam tell
 */
public record BeamRow(RowHead head, String planUid, BeamSummary summary) implements TableRecord {

  /** Table {@code beams}. */
  public static final TableSchema<BeamRow> SCHEMA =
      new TableSchema<>(
          "beams",
          "One row per beam of every plan of a course: geometry, meterset, technique, complexity",
          List.of("course_key", "plan_uid", "beam_number"),
          columns());

  /** The beams of a plan. */
  public static List<BeamRow> of(RowHead head, PlanDetail plan) {
    return plan.beams().stream()
        .map(beam -> new BeamRow(head, plan.plan().sopInstanceUid(), BeamSummary.of(beam)))
        .toList();
  }

  @Override
  public TableSchema<BeamRow> schema() {
    return SCHEMA;
  }

  private static List<Column<BeamRow>> columns() {
    List<Column<BeamRow>> columns = new ArrayList<>(RowHead.columns(BeamRow::head));
    columns.add(new Column<>("plan_uid", Column.Type.TEXT, "", "The plan", BeamRow::planUid));
    columns.add(
        new Column<>(
            "beam_number",
            Column.Type.INTEGER,
            "",
            "Beam number (300A,00C0)",
            r -> r.summary.beam().number()));
    columns.add(text("beam_name", "Beam name (300A,00C2)", s -> s.beam().name()));
    columns.add(text("beam_type", "STATIC or DYNAMIC (300A,00C4)", s -> s.beam().type()));
    columns.add(
        text("delivery_type", "Treatment delivery type (300A,00CE)", s -> s.beam().deliveryType()));
    columns.add(
        text("radiation_type", "Radiation type (300A,00C6)", s -> s.beam().radiationType()));
    columns.add(
        text(
            "treatment_machine",
            "Treatment machine (300A,00B2)",
            s -> s.beam().treatmentMachine()));
    columns.add(
        numbers(
            "energies_mv",
            "MV or MeV",
            "Nominal energies (300A,0114) of the control points, each once",
            BeamSummary::energiesMv));
    columns.add(
        new Column<>(
            "control_points",
            Column.Type.INTEGER,
            "",
            "Number of control points (300A,0110)",
            r -> r.summary.beam().controlPoints()));
    columns.add(
        numbers(
            "gantry_deg",
            "degree",
            "Gantry angles (300A,011E), each once to 0.1 degree",
            s -> s.gantry().unique()));
    columns.add(
        number(
            "gantry_span_deg",
            "degree",
            "Way of the gantry in the direction it turns",
            s -> s.technique().gantrySpanDeg()));
    columns.add(
        numbers(
            "collimator_deg",
            "degree",
            "Beam limiting device angles (300A,0120), each once to 0.1 degree",
            s -> s.collimator().unique()));
    columns.add(
        numbers(
            "couch_deg",
            "degree",
            "Patient support angles (300A,0122), each once to 0.1 degree",
            s -> s.couch().unique()));
    columns.add(
        text(
            "technique",
            "STATIC, IMRT, ARC, VMAT, ELECTRON, ION or UNKNOWN",
            s -> s.technique().technique().name()));
    columns.add(
        text("technique_basis", "What the technique was seen by", s -> s.technique().basis()));
    columns.add(
        number("meterset_mu", "MU", "Beam meterset (300A,0086)", s -> s.beam().metersetMu()));
    columns.add(
        new Column<>(
            "apertures",
            Column.Type.INTEGER,
            "",
            "Different leaf positions at which meterset is given",
            r -> r.summary.complexity().apertures()));
    columns.add(
        number(
            "modulation_complexity",
            "",
            "Modulation complexity score (McNiven 2010, Masi 2013), 1 for an open field",
            s -> score(s, ModulationComplexity.Score::score)));
    columns.add(
        number(
            "leaf_sequence_variability",
            "",
            "Leaf sequence variability, weighted with the meterset",
            s -> score(s, ModulationComplexity.Score::leafSequenceVariability)));
    columns.add(
        number(
            "aperture_area_variability",
            "",
            "Aperture area variability, weighted with the meterset",
            s -> score(s, ModulationComplexity.Score::apertureAreaVariability)));
    columns.add(
        text(
            "modulation_complexity_reason",
            "Why the beam has no score; empty when it has one",
            s -> s.complexity().reason()));
    return columns;
  }

  private static @Nullable Double score(
      BeamSummary summary, Function<ModulationComplexity.Score, Double> part) {
    ModulationComplexity.Score score = summary.complexity().score();
    return score == null ? null : part.apply(score);
  }

  private static Column<BeamRow> text(
      String name, String meaning, Function<BeamSummary, @Nullable Object> value) {
    return new Column<>(name, Column.Type.TEXT, "", meaning, r -> value.apply(r.summary));
  }

  private static Column<BeamRow> number(
      String name, String unit, String meaning, Function<BeamSummary, @Nullable Object> value) {
    return new Column<>(name, Column.Type.DOUBLE, unit, meaning, r -> value.apply(r.summary));
  }

  private static Column<BeamRow> numbers(
      String name, String unit, String meaning, Function<BeamSummary, @Nullable Object> value) {
    return new Column<>(name, Column.Type.DOUBLE_LIST, unit, meaning, r -> value.apply(r.summary));
  }
}
