package org.rtpipeline.qc;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.BodyRegion;
import org.rtpipeline.model.Column;
import org.rtpipeline.model.RowHead;
import org.rtpipeline.model.TableRecord;
import org.rtpipeline.model.TableSchema;

/**
 * Which regions of the body the planning CT of a course shows, and in which contrast phase.
 *
 * @param head what every row begins with
 * @param structures whose structures were looked at
 * @param regions the answers
 */
public record BodyRegionRow(RowHead head, Structures structures, BodyRegions regions)
    implements TableRecord {

  /** Whose structures answer. */
  public enum Structures {
    /** Those of the input. */
    CLINICAL,
    /** Those of the input, and those that the run has found. */
    AUTOMATIC
  }

  /** Table {@code body_regions}. */
  public static final TableSchema<BodyRegionRow> SCHEMA =
      new TableSchema<>(
          "body_regions",
          "One row per course, and one more once its structures have been found automatically: the"
              + " regions of the body that its planning CT shows, and its contrast phase",
          List.of("course_key", "structures"),
          columns());

  @Override
  public TableSchema<BodyRegionRow> schema() {
    return SCHEMA;
  }

  private static List<Column<BodyRegionRow>> columns() {
    List<Column<BodyRegionRow>> columns = new ArrayList<>(RowHead.columns(BodyRegionRow::head));
    text(
        columns,
        "structures",
        "CLINICAL, or AUTOMATIC when those that the run has found count as well",
        row -> row.structures.name());
    text(
        columns,
        "basis",
        "What the answers rest on: STRUCTURES, IMAGE, STRUCTURES+IMAGE or NONE",
        row -> row.regions.basis());
    columns.add(
        new Column<>(
            "body_regions",
            Column.Type.TEXT_LIST,
            "",
            "Regions that are shown, from the head down",
            row -> row.regions.shown().stream().map(Enum::name).toList()));
    for (BodyRegion region : BodyRegion.values()) {
      region(columns, region);
    }
    text(
        columns,
        "contrast_phase",
        "native, arterial, portal_venous, late, or unknown with its reason",
        row -> row.regions.contrast().phase().word());
    text(
        columns,
        "contrast_reason",
        "What the contrast phase rests on, or what is missing",
        row -> row.regions.contrast().reason());
    columns.add(
        new Column<>(
            "contrast_agent_named",
            Column.Type.BOOLEAN,
            "",
            "Whether the images name a contrast agent (0018,0010)",
            row -> row.regions.isAgentNamed()));
    density(columns, "aorta_hu", "Median of the aorta", List.of("aorta"));
    density(columns, "heart_hu", "Median of the heart", List.of("heart"));
    density(columns, "vena_cava_hu", "Median of the vena cava", List.of("inferior_vena_cava"));
    density(
        columns,
        "portal_vein_hu",
        "Median of the portal vein",
        List.of("portal_vein_and_splenic_vein"));
    density(columns, "liver_hu", "Median of the liver", List.of("liver"));
    density(
        columns,
        "kidney_hu",
        "Median of a kidney",
        List.of("kidney_left", "kidney_right", "kidneys"));
    number(
        columns,
        "urine_hu",
        "HU",
        "Density that a tenth of the urinary bladder exceeds",
        row -> boxed(row.regions.seen().upperHu(List.of("urinary_bladder"))));
    text(
        columns,
        "image_modality",
        "Modality (0008,0060) of the planning images",
        row -> row.regions.modality());
    text(
        columns,
        "reason",
        "Why no region is shown; empty when one is",
        row -> row.regions.reason().orElse(null));
    return columns;
  }

  private static void region(List<Column<BodyRegionRow>> columns, BodyRegion region) {
    String word = region.word();
    Function<BodyRegionRow, RegionAnswer> answer =
        row -> Objects.requireNonNull(row.regions.answers().get(region));
    columns.add(
        new Column<>(
            "contains_" + word,
            Column.Type.BOOLEAN,
            "",
            "Whether " + region + " is shown; empty when nothing tells",
            row ->
                answer.apply(row).basis() == RegionAnswer.Basis.NONE
                    ? null
                    : answer.apply(row).isShown()));
    number(
        columns,
        word + "_confidence",
        "",
        "How sure that is, 0 to 1",
        row ->
            answer.apply(row).basis() == RegionAnswer.Basis.NONE
                ? null
                : answer.apply(row).confidence());
    text(
        columns,
        word + "_basis",
        "STRUCTURES, IMAGE or NONE",
        row -> answer.apply(row).basis().name());
    columns.add(
        new Column<>(
            word + "_vertebrae",
            Column.Type.INTEGER,
            "",
            "Vertebrae of the region among the structures, each over 1 cm³",
            row -> answer.apply(row).vertebrae()));
    number(
        columns,
        word + "_image_confidence",
        "",
        "How sure the image alone is, 0 to 1, without any structure",
        row -> row.regions.image().get(region));
  }

  private static @Nullable Double boxed(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }

  private static void density(
      List<Column<BodyRegionRow>> columns, String name, String meaning, List<String> organs) {
    number(
        columns,
        name,
        "HU",
        meaning + "; empty without such a structure",
        row -> boxed(row.regions.seen().medianHu(organs)));
  }

  private static void number(
      List<Column<BodyRegionRow>> columns,
      String name,
      String unit,
      String meaning,
      Function<BodyRegionRow, @Nullable Object> value) {
    columns.add(new Column<>(name, Column.Type.DOUBLE, unit, meaning, value));
  }

  private static void text(
      List<Column<BodyRegionRow>> columns,
      String name,
      String meaning,
      Function<BodyRegionRow, @Nullable Object> value) {
    columns.add(new Column<>(name, Column.Type.TEXT, "", meaning, value));
  }
}
