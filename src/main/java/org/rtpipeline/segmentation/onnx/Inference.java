package org.rtpipeline.segmentation.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.model.ImageVolume;

/**
 * From an image to its labels: what nnU-Net 2 does round its networks, in its order.
 *
 * <p>Axes are brought into the model's order, the image is cut to where it is not 0, normalised,
 * resampled and shown to the network part by part; the values of the classes are resampled back
 * plane by plane and become labels, which go back to their place in the image.
 */
final class Inference {

  private Inference() {}

  /**
   * Labels of an image.
   *
   * @param network one or an ensemble
   * @return one label per voxel, in the order of the image; all 0 for an image that is 0 everywhere
   */
  static short[] labels(Model model, Network network, ImageVolume image)
      throws NetworkException, InterruptedException {
    VoxelGrid grid = image.grid();
    AxisOrder order = AxisOrder.of(grid, model.axes().directions(), model.axes().transpose());
    Extent extent = order.extent(grid);
    float[] values = order.forward(image.values(), grid);
    Optional<Box> box =
        model.cropping() == Model.Cropping.TO_NONZERO
            ? NonzeroRegion.box(values, extent)
            : Optional.of(Box.whole(extent));
    short[] labels = new short[values.length];
    if (box.isPresent()) {
      new Part(model, network, box.get(), order.spacingMm(grid)).label(values, extent, labels);
    }
    return order.backward(labels, grid);
  }

  /** The part of an image that is not 0. */
  private static final class Part {

    private final Model model;
    private final Network network;
    private final Box box;
    private final double[] spacingMm;

    Part(Model model, Network network, Box box, double[] spacingMm) {
      this.model = model;
      this.network = network;
      this.box = box;
      this.spacingMm = spacingMm;
    }

    void label(float[] whole, Extent extent, short[] labels)
        throws NetworkException, InterruptedException {
      double[] networkMm = model.networkSpacingMm(spacingMm);
      Extent small = box.extent();
      Extent seen = ResamplingRule.newExtent(small, spacingMm, networkMm);
      float[] input = prepared(whole, extent, seen, networkMm);
      Resampling back = model.logits().between(seen, small, networkMm, spacingMm);
      LabelRule rule = model.labels();
      PlaneSink sink =
          (index, classes) ->
              Planes.put(rule.labels(classes), labels, extent, box, back.axis(), index);
      PlaneStream.Sink resampled = (index, values) -> sink.plane(index, Planes.single(values));
      if (back.needsBounds()) {
        collected(input, seen, back, resampled);
      } else {
        PlaneStream stream = new PlaneStream(back, new Bounds[0], resampled);
        PlaneSink each = seen.equals(small) ? sink : (index, classes) -> stream.push(classes);
        model.windows().run(network, input, seen, back.axis(), rule.classes(), each);
      }
    }

    private float[] prepared(float[] whole, Extent extent, Extent seen, double[] networkMm) {
      float[] cut = box.cut(whole, extent);
      boolean[] inside =
          model.normalisation().looksInside()
              ? NonzeroRegion.filled(cut, box.extent())
              : new boolean[0];
      model.normalisation().apply(cut, inside);
      float[] resampled =
          model.data().between(box.extent(), seen, spacingMm, networkMm).volume(cut);
      return model.windows().padded(seen).cutPadded(resampled, seen);
    }

    /** Splines may reach beyond the values of a class, so all are known before any is resampled. */
    private void collected(float[] input, Extent seen, Resampling back, PlaneStream.Sink sink)
        throws NetworkException, InterruptedException {
      int classes = model.labels().classes();
      List<float[][]> planes = new ArrayList<>();
      Bounds[] bounds = new Bounds[classes];
      model
          .windows()
          .run(
              network,
              input,
              seen,
              back.axis(),
              classes,
              (index, values) -> {
                planes.add(values);
                for (int c = 0; c < classes; c++) {
                  Bounds here = Bounds.of(values[c]);
                  bounds[c] = index == 0 ? here : bounds[c].and(here);
                }
              });
      PlaneStream stream = new PlaneStream(back, bounds, sink);
      planes.forEach(stream::push);
    }
  }
}
