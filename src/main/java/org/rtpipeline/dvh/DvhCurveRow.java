package org.rtpipeline.dvh;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.rtpipeline.model.Column;
import org.rtpipeline.model.RowHead;
import org.rtpipeline.model.TableRecord;
import org.rtpipeline.model.TableSchema;

/**
 * The curve of one region: linear interpolation between its cumulative points gives every dose of
 * the table {@code dvh} to 0.01 Gy; the differential ones are their differences, so both tell the
 * same.
 *
 * @param head what every row begins with
 * @param roi the region
 * @param source objects behind the curve
 * @param doseGy doses, ascending, from the lowest to the highest of the region
 * @param volumeCm3 volume that receives at least each dose
 */
public record DvhCurveRow(
    RowHead head, RoiName roi, DvhSource source, List<Double> doseGy, List<Double> volumeCm3)
    implements TableRecord {

  /** Largest error of a dose read from the curve, Gy; half of what the table promises. */
  public static final double TOLERANCE_GY = 0.005;

  /** The table of these rows. */
  public static final TableSchema<DvhCurveRow> SCHEMA =
      new TableSchema<>(
          "dvh_curves",
          "Cumulative and differential dose-volume curve per region of interest",
          List.of("course_key", "structure_set_uid", "dose_uid", "roi_number"),
          Stream.concat(
                  RowHead.columns(DvhCurveRow::head).stream(),
                  Stream.<Column<DvhCurveRow>>of(
                      new Column<>(
                          "structure_set_uid",
                          Column.Type.TEXT,
                          "",
                          "SOP instance UID of the RTSTRUCT",
                          row -> row.source.structures().uid()),
                      new Column<>(
                          "roi_number",
                          Column.Type.INTEGER,
                          "",
                          "ROI number (3006,0022)",
                          row -> row.roi.number()),
                      new Column<>(
                          "roi_name",
                          Column.Type.TEXT,
                          "",
                          "ROI name (3006,0026) as it stands",
                          row -> row.roi.name()),
                      new Column<>(
                          "dose_uid",
                          Column.Type.TEXT,
                          "",
                          "SOP instance UID of the RTDOSE, or key of the sum",
                          row -> row.source.dose().uid()),
                      new Column<>(
                          "dose_gy",
                          Column.Type.DOUBLE_LIST,
                          "Gy",
                          "Doses, ascending, from the lowest to the highest of the region",
                          DvhCurveRow::doseGy),
                      new Column<>(
                          "volume_cm3",
                          Column.Type.DOUBLE_LIST,
                          "cm3",
                          "Volume that receives at least each dose",
                          DvhCurveRow::volumeCm3),
                      new Column<>(
                          "differential_cm3",
                          Column.Type.DOUBLE_LIST,
                          "cm3",
                          "Volume that receives each dose or more, but less than the next one;"
                              + " together the volume inside the dose grid",
                          DvhCurveRow::differentialCm3)))
              .toList());

  /** Copies the lists, which have the same length. */
  public DvhCurveRow {
    doseGy = List.copyOf(doseGy);
    volumeCm3 = List.copyOf(volumeCm3);
    if (doseGy.size() != volumeCm3.size()) {
      throw new IllegalArgumentException(
          "curve has " + doseGy.size() + " doses, " + volumeCm3.size() + " volumes");
    }
  }

  /** Volume from each dose to below the next; the last one receives at least the last dose. */
  public List<Double> differentialCm3() {
    List<Double> differential = new ArrayList<>();
    for (int p = 0; p < volumeCm3.size(); p++) {
      double next = p + 1 < volumeCm3.size() ? volumeCm3.get(p + 1) : 0;
      differential.add(volumeCm3.get(p) - next);
    }
    return differential;
  }

  /** The curve of a region; empty when no part of it lies inside the dose grid. */
  public static Optional<DvhCurveRow> of(
      RowHead head, RoiName roi, DvhSource source, RoiDoseVolume volume) {
    return volume
        .curve()
        .map(curve -> curve.samples(TOLERANCE_GY))
        .map(
            samples ->
                new DvhCurveRow(
                    head,
                    roi,
                    source,
                    Arrays.stream(samples.doseGy()).boxed().toList(),
                    Arrays.stream(samples.volumeCm3()).boxed().toList()));
  }

  @Override
  public TableSchema<DvhCurveRow> schema() {
    return SCHEMA;
  }
}
