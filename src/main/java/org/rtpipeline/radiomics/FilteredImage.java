package org.rtpipeline.radiomics;

/** An image made by a filter, over the box of a region only. */
final class FilteredImage {

  private final String name;
  private final Raster.Numbers numbers;
  private final double[] values;

  /** Keeps the array, x fastest, then y, then z. */
  FilteredImage(String name, Raster.Numbers numbers, double[] values) {
    this.name = name;
    this.numbers = numbers;
    this.values = values;
  }

  String name() {
    return name;
  }

  Raster.Numbers numbers() {
    return numbers;
  }

  /** Intensities of the box; the array itself. */
  double[] values() {
    return values;
  }
}
