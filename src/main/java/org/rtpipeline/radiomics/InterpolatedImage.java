package org.rtpipeline.radiomics;

/** An image on an aligned grid, interpolated box by box as it is asked for. */
final class InterpolatedImage implements BoxedImage {

  private final Raster image;
  private final AlignedGrid grid;
  private final IbsiOptions.Interpolation how;

  InterpolatedImage(Raster image, AlignedGrid grid, IbsiOptions.Interpolation how) {
    this.image = image;
    this.grid = grid;
    this.how = how;
  }

  @Override
  public GridSize size() {
    return grid.size();
  }

  @Override
  public double[] crop(IndexBox box) {
    return part(box).crop(IndexBox.whole(grid.size().withCounts(box.nx(), box.ny(), box.nz())));
  }

  /** A box as an image of its own. */
  Raster part(IndexBox box) {
    return IbsiInterpolator.image(image, grid, box, how);
  }
}
