package org.rtpipeline.segmentation.onnx;

/**
 * Passes that take planes of one grid, in order, to planes of another: each plane by itself, then
 * the planes with one another.
 */
final class Resampling {

  /** Values beyond those that went in are set to the nearest of them: over what. */
  enum Clip {
    /** The values of a plane, when planes are resampled by themselves. */
    EACH_PLANE,
    /** The values of the volume. */
    WHOLE_VOLUME
  }

  private final Extent from;
  private final Extent to;
  private final int axis;
  private final int order;
  private final Clip clip;
  private final AxisTaps rows;
  private final AxisTaps columns;
  private final AxisTaps planes;

  /**
   * Builds the weights.
   *
   * @param axis across which the planes lie
   * @param order of the spline within planes
   * @param planeOrder of the spline from plane to plane
   */
  Resampling(Extent from, Extent to, int axis, int order, int planeOrder, Clip clip) {
    this.from = from;
    this.to = to;
    this.axis = axis;
    this.order = order;
    this.clip = clip;
    int row = Extent.planeRows(axis);
    int column = Extent.planeColumns(axis);
    this.rows = AxisTaps.of(from.count(row), to.count(row), order);
    this.columns = AxisTaps.of(from.count(column), to.count(column), order);
    this.planes = AxisTaps.of(from.count(axis), to.count(axis), planeOrder);
  }

  /** The grid planes come from. */
  Extent from() {
    return from;
  }

  /** The grid planes go to. */
  Extent to() {
    return to;
  }

  /** The axis across which the planes lie, in both grids. */
  int axis() {
    return axis;
  }

  /** True when the least and the greatest value must be known before the first plane comes out. */
  boolean needsBounds() {
    return clip == Clip.WHOLE_VOLUME && order > 1 && !from.equals(to);
  }

  /** True when each plane is held within its own values. */
  boolean clipsPlanes() {
    return clip == Clip.EACH_PLANE && order > 1 && !from.equals(to);
  }

  AxisTaps rows() {
    return rows;
  }

  AxisTaps columns() {
    return columns;
  }

  AxisTaps planes() {
    return planes;
  }

  /** A whole volume at once. */
  float[] volume(float[] values) {
    if (values.length != from.voxels()) {
      throw new IllegalArgumentException("volume has " + values.length + " values, grid " + from);
    }
    if (from.equals(to)) {
      return values;
    }
    float[] out = new float[to.voxels()];
    Bounds[] bounds = {needsBounds() ? Bounds.of(values) : Bounds.NONE};
    PlaneStream stream =
        new PlaneStream(
            this,
            bounds,
            (index, channels) -> Planes.put(Planes.single(channels)[0], out, to, axis, index));
    for (int index = 0; index < from.count(axis); index++) {
      stream.push(new float[][] {Planes.cut(values, from, axis, index)});
    }
    return out;
  }
}
