package org.rtpipeline.dvh;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.Column;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.Outcome;
import org.rtpipeline.model.RowHead;
import org.rtpipeline.model.StandardName;
import org.rtpipeline.model.TableRecord;
import org.rtpipeline.model.TableSchema;

/**
 * Dose and volume of one region of one structure set on one dose.
 *
 * @param head what every row begins with
 * @param roi the region
 * @param source objects and rules behind the numbers
 * @param measures the numbers
 * @param level what is prescribed to the region itself
 * @param planeCount planes with contours; null when not computed
 * @param reason one sentence when a cell is missing; null when none is
 */
public record DvhRow(
    RowHead head,
    RoiName roi,
    DvhSource source,
    DvhMeasures measures,
    OwnLevel level,
    @Nullable Integer planeCount,
    @Nullable String reason)
    implements TableRecord {

  /**
   * What is prescribed to the region itself.
   *
   * @param gy by its number, Gy; null when no plan of the dose names it
   * @param v95Pct share of its volume that receives at least 95 % of that, %; null when not known
   */
  public record OwnLevel(@Nullable Double gy, @Nullable Double v95Pct) implements Serializable {

    private static OwnLevel of(DvhSource source, RoiName roi, @Nullable RoiDoseVolume volume) {
      Double gy = source.prescription().gyByRoi().get(roi.number());
      return new OwnLevel(
          gy, gy == null || volume == null ? null : boxed(volume.volumeAtDosePct(SHARE * gy)));
    }
  }

  private static final double SHARE = 0.95;

  /** The table of these rows. */
  public static final TableSchema<DvhRow> SCHEMA =
      new TableSchema<>(
          "dvh",
          "Dose and volume per region of interest",
          List.of("course_key", "structure_set_uid", "dose_uid", "roi_number"),
          columns());

  /**
   * The row of a computed region; the head's findings are joined by those of the region.
   *
   * @param head what every row begins with
   * @param roi the region
   * @param source objects and rules behind the numbers
   * @param volume the numbers
   */
  public static DvhRow of(RowHead head, RoiName roi, DvhSource source, RoiDoseVolume volume) {
    DvhMeasures measures = DvhMeasures.of(volume, source.prescription().gy());
    return new DvhRow(
        head(head, volume.findings()),
        roi,
        source,
        measures,
        OwnLevel.of(source, roi, volume),
        volume.planeCount(),
        reason(source, volume, measures));
  }

  /**
   * The row of a region that was not computed.
   *
   * @param head what every row begins with, its outcome and findings saying so
   * @param roi the region
   * @param source objects and rules, as far as known
   * @param reason one sentence
   */
  public static DvhRow notComputed(RowHead head, RoiName roi, DvhSource source, String reason) {
    return new DvhRow(
        head, roi, source, DvhMeasures.none(), OwnLevel.of(source, roi, null), null, reason);
  }

  private static RowHead head(RowHead head, List<Finding> more) {
    Set<Finding.Code> codes = new LinkedHashSet<>(head.findings());
    more.forEach(finding -> codes.add(finding.code()));
    return new RowHead(
        head.course(),
        head.patientId(),
        head.courseLabel(),
        head.stageKey(),
        Outcome.Kind.DONE,
        List.copyOf(codes));
  }

  private static @Nullable String reason(
      DvhSource source, RoiDoseVolume volume, DvhMeasures measures) {
    List<String> missing = measures.missing();
    if (missing.isEmpty()) {
      return null;
    }
    if (volume.curve().isEmpty()) {
      return volume.findings().isEmpty()
          ? "no part of the region lies inside the dose grid"
          : volume.findings().get(0).message();
    }
    List<String> why = new ArrayList<>();
    if (missing.contains("v95rx_cm3")) {
      why.add("no prescribed dose: " + source.prescription().source());
    }
    if (missing.stream().anyMatch(name -> name.contains("cc_"))) {
      why.add("the region is smaller than the volume of some D_xcc");
    }
    if (missing.contains("hi")) {
      why.add("D50% is 0 Gy");
    }
    return String.join("; ", why);
  }

  @Override
  public TableSchema<DvhRow> schema() {
    return SCHEMA;
  }

  private static List<Column<DvhRow>> columns() {
    List<Column<DvhRow>> columns = new ArrayList<>(RowHead.columns(DvhRow::head));
    add(
        columns,
        "structure_set_uid",
        Column.Type.TEXT,
        "SOP instance UID of the RTSTRUCT or segmentation",
        row -> row.source.structures().uid());
    add(
        columns,
        "structure_set_label",
        Column.Type.TEXT,
        "Structure set label (3006,0002) or content label (0070,0080)",
        row -> row.source.structures().label());
    add(
        columns,
        "segmentation_source",
        Column.Type.TEXT,
        "Where the contours come from",
        row -> row.source.structures().segmentationSource());
    add(
        columns,
        "segmentation_model",
        Column.Type.TEXT,
        "Model or program, with its version where known, that drew the region by itself; empty for"
            + " others",
        row -> row.roi.madeBy());
    add(
        columns,
        "roi_number",
        Column.Type.INTEGER,
        "ROI number (3006,0022)",
        row -> row.roi.number());
    add(
        columns,
        "roi_name",
        Column.Type.TEXT,
        "ROI name (3006,0026) as it stands",
        row -> row.roi.name());
    columns.addAll(StandardName.columns(row -> row.roi.standardName()));
    add(
        columns,
        "roi_type",
        Column.Type.TEXT,
        "RT ROI interpreted type (3006,00A4)",
        row -> row.roi.interpretedType());
    add(
        columns,
        "touches_image_border",
        Column.Type.BOOLEAN,
        "Contours reach the border of the planning image",
        row -> row.roi.touchesImageBorder());
    add(
        columns,
        "clipped",
        Column.Type.BOOLEAN,
        "The region is what bounds along the patient have left of one (section cropping)",
        row -> row.roi.extent() == RoiName.Extent.CLIPPED);
    add(
        columns,
        "dose_uid",
        Column.Type.TEXT,
        "SOP instance UID of the RTDOSE, or key of the sum",
        row -> row.source.dose().uid());
    add(
        columns,
        "dose_rule",
        Column.Type.TEXT,
        "Rule that chose the dose",
        row -> row.source.dose().rule());
    add(
        columns,
        "dose_reason",
        Column.Type.TEXT,
        "Evidence for the choice of the dose",
        row -> row.source.dose().reason());
    add(
        columns,
        "dose_summation_type",
        Column.Type.TEXT,
        "Dose summation type (3004,000A)",
        row -> row.source.dose().summationType());
    add(
        columns,
        "source_dose_uids",
        Column.Type.TEXT_LIST,
        "RTDOSE objects the dose is made of",
        row -> row.source.dose().sourceUids());
    add(
        columns,
        "source_dose_summation_types",
        Column.Type.TEXT_LIST,
        "Their summation types, in the same order",
        row -> row.source.dose().sourceSummationTypes());
    add(
        columns,
        "source_plan_uids",
        Column.Type.TEXT_LIST,
        "Plans the doses refer to",
        row -> row.source.dose().sourcePlanUids());
    add(
        columns,
        "structure_rule",
        Column.Type.TEXT,
        "Rule that chose the structure set",
        row -> row.source.structures().rule());
    add(
        columns,
        "structure_reason",
        Column.Type.TEXT,
        "Evidence for the choice of the structure set",
        row -> row.source.structures().reason());
    add(
        columns,
        "plan_structure_set_uids",
        Column.Type.TEXT_LIST,
        "Structure sets that the plans refer to",
        row -> row.source.structures().planStructureSetUids());
    columns.add(
        new Column<>(
            "rx_gy",
            Column.Type.DOUBLE,
            "Gy",
            "Prescribed dose",
            row -> row.source.prescription().gy()));
    add(
        columns,
        "rx_source",
        Column.Type.TEXT,
        "Where the prescribed dose comes from",
        row -> row.source.prescription().source());
    columns.add(
        new Column<>(
            "roi_rx_gy",
            Column.Type.DOUBLE,
            "Gy",
            "Dose prescribed to the region by its number (3006,0084); empty when no plan of the dose"
                + " names it",
            row -> row.level.gy()));
    columns.add(
        new Column<>(
            "roi_v95rx_pct",
            Column.Type.DOUBLE,
            "%",
            "Share of the volume that receives at least 95 % of roi_rx_gy",
            row -> row.level.v95Pct()));
    for (int m = 0; m < DvhMeasures.count(); m++) {
      int measure = m;
      columns.add(
          new Column<>(
              DvhMeasures.name(m),
              Column.Type.DOUBLE,
              DvhMeasures.unit(m),
              DvhMeasures.meaning(m),
              row -> boxed(row.measures.value(measure))));
    }
    add(
        columns,
        "end_caps",
        Column.Type.TEXT,
        "Model beyond the first and the last contour",
        row -> row.source.options().endCaps().name());
    add(
        columns,
        "between_planes",
        Column.Type.TEXT,
        "Model between neighbouring contours",
        row -> row.source.options().betweenPlanes().name());
    add(columns, "plane_count", Column.Type.INTEGER, "Planes with contours", DvhRow::planeCount);
    add(columns, "reason", Column.Type.TEXT, "Why a cell is missing", DvhRow::reason);
    return columns;
  }

  private static void add(
      List<Column<DvhRow>> columns,
      String name,
      Column.Type type,
      String meaning,
      Function<DvhRow, @Nullable Object> value) {
    columns.add(new Column<>(name, type, "", meaning, value));
  }

  private static @Nullable Double boxed(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }
}
