package org.rtpipeline.dicom;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.Registration;

/** Reads rigid and affine spatial registrations (PS3.3 A.39.1, C.20.2). */
public final class RegistrationReader {
  private static final int MATRIX_NUMBERS = 16;

  private RegistrationReader() {}

  /**
   * The registration of a file. Several matrices of one source are multiplied in their order.
   *
   * @param in at the first byte; the caller closes it
   * @throws DicomException when the file cannot be used or names no frame of reference
   */
  public static Registration read(String path, InputStream in) throws DicomException {
    DicomFile file = DicomFile.read(path, in, DicomFile.UNKNOWN_SIZE, ReadScope.WHOLE);
    String uid = ObjectIdentity.require(path, file, SopClass.Kind.REGISTRATION);
    DicomObject object = file.object();
    List<Finding> findings = new ArrayList<>(file.findings());
    List<Registration.Transform> transforms = new ArrayList<>();
    for (DicomObject item : object.items(Tags.REGISTRATION_SEQUENCE)) {
      transform(item)
          .ifPresentOrElse(
              transforms::add,
              () ->
                  findings.add(
                      new Finding(
                          Finding.Level.WARN,
                          Finding.Code.INVALID_NUMBER,
                          uid,
                          "a registration has no source frame or no matrix of 16 numbers")));
    }
    String frame =
        object
            .text(Tags.FRAME_OF_REFERENCE_UID)
            .orElseThrow(
                () ->
                    new DicomException(
                        Finding.Code.MISSING_ATTRIBUTE,
                        path,
                        DicomException.NO_OFFSET,
                        "no frame of reference UID (0020,0052)"));
    return new Registration(uid, frame, transforms, findings);
  }

  private static Optional<Registration.Transform> transform(DicomObject item) {
    double[] product = new double[0];
    String type = "";
    for (DicomObject registration : item.items(Tags.MATRIX_REGISTRATION_SEQUENCE)) {
      for (DicomObject matrix : registration.items(Tags.MATRIX_SEQUENCE)) {
        double[] numbers = matrix.numbers(Tags.FRAME_OF_REFERENCE_TRANSFORMATION_MATRIX);
        if (numbers.length != MATRIX_NUMBERS
            || !DoubleStream.of(numbers).allMatch(Double::isFinite)) {
          return Optional.empty();
        }
        product = product.length == 0 ? numbers : product(numbers, product);
        type =
            wider(type, matrix.text(Tags.FRAME_OF_REFERENCE_TRANSFORMATION_MATRIX_TYPE).orElse(""));
      }
    }
    Optional<String> source = item.text(Tags.FRAME_OF_REFERENCE_UID);
    if (product.length == 0 || source.isEmpty()) {
      return Optional.empty();
    }
    List<String> images = new ArrayList<>();
    for (DicomObject image : item.items(Tags.REFERENCED_IMAGE_SEQUENCE)) {
      image.text(Tags.REFERENCED_SOP_INSTANCE_UID).ifPresent(images::add);
    }
    return Optional.of(
        new Registration.Transform(
            source.get(), type, Arrays.stream(product).boxed().toList(), images));
  }

  /** The less rigid of two matrix types; their names sort that way but for AFFINE. */
  private static String wider(String first, String second) {
    if (first.equals("AFFINE") || second.equals("AFFINE")) {
      return "AFFINE";
    }
    return first.compareTo(second) >= 0 ? first : second;
  }

  private static double[] product(double[] left, double[] right) {
    double[] product = new double[MATRIX_NUMBERS];
    for (int row = 0; row < 4; row++) {
      for (int column = 0; column < 4; column++) {
        for (int k = 0; k < 4; k++) {
          product[4 * row + column] += left[4 * row + k] * right[4 * k + column];
        }
      }
    }
    return product;
  }
}
