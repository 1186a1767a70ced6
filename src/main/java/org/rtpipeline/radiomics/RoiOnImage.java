package org.rtpipeline.radiomics;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.Column;
import org.rtpipeline.model.StandardName;

/**
 * Which region of which image a row is about.
 *
 * @param structureSetUid SOP Instance UID of the structure set
 * @param segmentationSource who drew the region, as Manual
 * @param roiNumber number of the region in its structure set
 * @param roiName name of the region
 * @param seriesUid Series Instance UID of the image
 * @param modality of the image
 * @param mode whose habits are followed
 * @param parameters name of the parameter set
 * @param standardName the name by which it is compared with others; null when no map knows it
 * @param madeBy model or program that drew it; null when none is known
 */
public record RoiOnImage(
    String structureSetUid,
    String segmentationSource,
    int roiNumber,
    String roiName,
    String seriesUid,
    String modality,
    RadiomicsMode mode,
    String parameters,
    @Nullable StandardName standardName,
    @Nullable String madeBy)
    implements Serializable {

  /** A region under no standard name. */
  public RoiOnImage(
      String structureSetUid,
      String segmentationSource,
      int roiNumber,
      String roiName,
      String seriesUid,
      String modality,
      RadiomicsMode mode,
      String parameters) {
    this(
        structureSetUid,
        segmentationSource,
        roiNumber,
        roiName,
        seriesUid,
        modality,
        mode,
        parameters,
        null,
        null);
  }

  /** Columns that make a region of an image unique. */
  static final List<String> KEY =
      List.of("course_key", "series_uid", "structure_set_uid", "roi_number");

  /** The same region by other parameters. */
  public RoiOnImage withParameters(String changed) {
    return new RoiOnImage(
        structureSetUid,
        segmentationSource,
        roiNumber,
        roiName,
        seriesUid,
        modality,
        mode,
        changed,
        standardName,
        madeBy);
  }

  /** The columns of tables whose rows are about a region of an image. */
  static <R> List<Column<R>> columns(Function<R, RoiOnImage> of) {
    List<Column<R>> columns = new ArrayList<>();
    columns.add(
        text(
            "structure_set_uid",
            "SOP Instance UID of the RTSTRUCT or segmentation",
            r -> of.apply(r).structureSetUid));
    columns.add(
        text(
            "segmentation_source",
            "Who drew the region: Manual, SEG for a segmentation of the input, or what made it",
            r -> of.apply(r).segmentationSource));
    columns.add(
        text(
            "segmentation_model",
            "Model or program, with its version where known, that drew the region by itself; empty"
                + " for others",
            r -> of.apply(r).madeBy));
    columns.add(
        new Column<>(
            "roi_number",
            Column.Type.INTEGER,
            "",
            "ROI number (3006,0022)",
            r -> of.apply(r).roiNumber));
    columns.add(text("roi_name", "ROI name (3006,0026)", r -> of.apply(r).roiName));
    columns.addAll(StandardName.columns(r -> of.apply(r).standardName));
    columns.add(text("series_uid", "Series Instance UID of the image", r -> of.apply(r).seriesUid));
    columns.add(text("modality", "Modality of the image", r -> of.apply(r).modality));
    columns.add(
        text(
            "mode",
            "Whose habits were followed: pyradiomics or ibsi",
            r -> of.apply(r).mode.word()));
    columns.add(text("parameters", "Name of the parameter set", r -> of.apply(r).parameters));
    return columns;
  }

  /** A column of text. */
  static <R> Column<R> text(String name, String meaning, Function<R, @Nullable Object> cell) {
    return new Column<>(name, Column.Type.TEXT, "", meaning, cell);
  }
}
