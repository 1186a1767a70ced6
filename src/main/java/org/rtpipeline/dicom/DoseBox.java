package org.rtpipeline.dicom;

import java.util.List;
import java.util.stream.DoubleStream;
import org.rtpipeline.geometry.Point;

/** Where the points of a dose lie in the patient, from its header alone. */
final class DoseBox {

  private DoseBox() {}

  /**
   * Lowest x, y, z and highest x, y, z over the corners of the grid, mm; empty when the header does
   * not give the grid.
   */
  static List<Double> of(DicomObject object) {
    ImagePlane plane;
    try {
      plane = ImagePlane.of("", object);
    } catch (DicomException unknown) {
      return List.of();
    }
    int columns = object.integer(Tags.COLUMNS).orElse(0);
    int rows = object.integer(Tags.ROWS).orElse(0);
    double[] offsetsMm = object.numbers(Tags.GRID_FRAME_OFFSET_VECTOR);
    if (columns < 1 || rows < 1 || !DoubleStream.of(offsetsMm).allMatch(Double::isFinite)) {
      return List.of();
    }
    double depthMm = offsetsMm.length < 2 ? 0 : offsetsMm[offsetsMm.length - 1] - offsetsMm[0];
    Point first = plane.positionMm();
    Point last =
        first
            .plus(plane.rowDirection().times((columns - 1) * plane.columnSpacingMm()))
            .plus(plane.columnDirection().times((rows - 1) * plane.rowSpacingMm()))
            .plus(plane.normal().times(depthMm));
    return List.of(
        Math.min(first.xMm(), last.xMm()),
        Math.min(first.yMm(), last.yMm()),
        Math.min(first.zMm(), last.zMm()),
        Math.max(first.xMm(), last.xMm()),
        Math.max(first.yMm(), last.yMm()),
        Math.max(first.zMm(), last.zMm()));
  }
}
