package org.rtpipeline.radiomics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The digital phantom and the configurations A to E of the CT phantom (IBSI 1, chapter 5). */
enum IbsiCase {
  DIGITAL,
  A,
  B,
  C,
  D,
  E;

  /** The options of the file that comes with the product. */
  IbsiOptions options() {
    String name =
        this == DIGITAL ? "digital-phantom" : "configuration-" + name().toLowerCase(Locale.ROOT);
    try {
      return IbsiParameters.read(
          Files.readString(Path.of("conf", "radiomics", "ibsi", name + ".yaml")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Values by tag and, after a space, aggregation; diagnostics of the CT phantom included. */
  Map<String, Double> computed() {
    ReferenceCases.Case roi = ReferenceCases.read(this == DIGITAL ? "ibsi1_digital" : "ibsi1_ct");
    IbsiOptions options = options();
    IbsiFeatures features = new IbsiExtractor(options).of(roi.image(), roi.mask());
    Map<String, Double> values = byKey(features);
    addImage(values, "init", roi.image());
    if (options.interpolation() != null) {
      AlignedGrid grid = AlignedGrid.of(roi.image().size(), options.interpolation());
      IndexBox whole = IndexBox.whole(grid.size());
      addImage(
          values,
          "interp",
          IbsiInterpolator.image(roi.image(), grid, whole, options.interpolation()));
    } else {
      addImage(values, "interp", roi.image());
    }
    return values;
  }

  /** Features and steps by the names of the reference tables. */
  static Map<String, Double> byKey(IbsiFeatures features) {
    Map<String, Double> values = new LinkedHashMap<>();
    for (IbsiValue value : features.values()) {
      Aggregation aggregation = value.aggregation();
      String tag = value.feature().tag();
      values.put(aggregation == null ? tag : tag + " " + aggregation.label(), value.value());
    }
    String[] names = {"init", "interp", "reseg"};
    for (int i = 0; i < features.steps().size(); i++) {
      addStep(values, names[i] + "_roi", features.steps().get(i));
    }
    return values;
  }

  private static void addStep(Map<String, Double> values, String name, IbsiFeatures.Step step) {
    values.put("int_mask_dim_x_" + name, (double) step.grid().nx());
    values.put("int_mask_dim_y_" + name, (double) step.grid().ny());
    values.put("int_mask_dim_z_" + name, (double) step.grid().nz());
    addExtent(values, "int_mask_", name, step.intensity());
    addExtent(values, "morph_mask_", name, step.morphology());
    values.put("int_mask_mean_int_" + name, step.mean());
    values.put("int_mask_min_int_" + name, step.minimum());
    values.put("int_mask_max_int_" + name, step.maximum());
  }

  private static void addExtent(
      Map<String, Double> values, String mask, String name, IbsiFeatures.Extent extent) {
    values.put(mask + "bb_dim_x_" + name, (double) extent.box().nx());
    values.put(mask + "bb_dim_y_" + name, (double) extent.box().ny());
    values.put(mask + "bb_dim_z_" + name, (double) extent.box().nz());
    values.put(mask + "vox_count_" + name, (double) extent.voxels());
  }

  private static void addImage(Map<String, Double> values, String name, Raster image) {
    GridSize size = image.size();
    double[] x = image.crop(IndexBox.whole(size));
    values.put("img_dim_x_" + name + "_img", (double) size.nx());
    values.put("img_dim_y_" + name + "_img", (double) size.ny());
    values.put("img_dim_z_" + name + "_img", (double) size.nz());
    values.put("vox_dim_x_" + name + "_img", size.dxMm());
    values.put("vox_dim_y_" + name + "_img", size.dyMm());
    values.put("vox_dim_z_" + name + "_img", size.dzMm());
    values.put("mean_int_" + name + "_img", FirstOrder.mean(x));
    values.put("min_int_" + name + "_img", Arrays.stream(x).min().orElseThrow());
    values.put("max_int_" + name + "_img", Arrays.stream(x).max().orElseThrow());
  }
}
