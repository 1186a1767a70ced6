package org.rtpipeline.dicom;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/** Numbers of a data set as fields that may be missing hold them. */
final class Optionals {

  private Optionals() {}

  /** First whole number; null when there is none. */
  static @Nullable Integer integer(DicomObject object, int tag) {
    OptionalInt number = object.integer(tag);
    return number.isPresent() ? number.getAsInt() : null;
  }

  /** First number; null when there is none or it is infinite. */
  static @Nullable Double number(DicomObject object, int tag) {
    OptionalDouble number = object.number(tag);
    return number.isPresent() && Double.isFinite(number.getAsDouble())
        ? number.getAsDouble()
        : null;
  }

  /** All numbers; an empty list when one of them is none. */
  static List<Double> numbers(DicomObject object, int tag) {
    double[] numbers = object.numbers(tag);
    return DoubleStream.of(numbers).allMatch(Double::isFinite)
        ? DoubleStream.of(numbers).boxed().toList()
        : List.of();
  }
}
