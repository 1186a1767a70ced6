package org.rtpipeline.dicom;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.model.DoseGrid;
import org.rtpipeline.model.Finding;

/**
 * Reads the dose grid of an RTDOSE in Gy (PS3.3 A.18, C.8.8.3); scaling is applied exactly once.
 */
public final class RtDoseReader {
  /** Largest distance, mm, between the first absolute plane offset and the image position. */
  static final double ABSOLUTE_OFFSET_TOLERANCE_MM = 0.01;

  /** Doses above this, Gy, are flagged. */
  static final double PLAUSIBLE_DOSE_GY = 1000;

  private static final double GY_PER_CGY = 0.01;
  private static final double PERCENT = 100;

  /** Relative doses up to this are parts of the reference, above it they are per cent of it. */
  private static final double LARGEST_PART = 2;

  private RtDoseReader() {}

  /**
   * The dose of a file; one in RELATIVE units cannot be used.
   *
   * @param in at the first byte; the caller closes it
   * @throws DicomException when units, scaling, grid or pixels cannot be used
   */
  public static ReadDose read(String path, InputStream in) throws DicomException {
    return read(path, in, null);
  }

  /**
   * The dose of a file.
   *
   * @param in at the first byte; the caller closes it
   * @param referenceGy what 100 % of a dose in RELATIVE units is, Gy; null when such doses cannot
   *     be used
   * @throws DicomException when units, scaling, grid or pixels cannot be used
   */
  public static ReadDose read(String path, InputStream in, @Nullable Double referenceGy)
      throws DicomException {
    DicomFile file = DicomFile.read(path, in, DicomFile.UNKNOWN_SIZE, ReadScope.THROUGH_PIXEL_DATA);
    String uid = ObjectIdentity.require(path, file, SopClass.Kind.DOSE);
    DicomObject object = file.object();
    List<Finding> findings = new ArrayList<>(file.findings());
    double scaleGy = scaleGy(path, uid, object, referenceGy, findings);
    ImagePlane plane = ImagePlane.of(path, object);
    PixelFrames frames = PixelFrames.of(path, object);
    PixelFormat format = frames.format();
    double[] offsetsMm = offsetsMm(path, uid, object, plane, format.frames(), findings);
    boolean descending = offsetsMm.length > 1 && offsetsMm[1] < offsetsMm[0];
    if (descending) {
      reverse(offsetsMm);
    }
    Point originMm = plane.positionMm().plus(plane.normal().times(offsetsMm[0]));
    VoxelGrid grid =
        new VoxelGrid(
            format.columns(),
            format.rows(),
            originMm,
            plane.rowDirection(),
            plane.columnDirection(),
            plane.columnSpacingMm(),
            plane.rowSpacingMm(),
            fromFirst(offsetsMm));
    float[] valuesGy = new float[format.samples() * format.frames()];
    for (int frame = 0; frame < format.frames(); frame++) {
      int k = descending ? format.frames() - 1 - frame : frame;
      frames.rescale(frame, scaleGy, 0, valuesGy, k * format.samples());
    }
    if (referenceGy != null && isRelative(object)) {
      toGy(uid, valuesGy, referenceGy, findings);
    }
    checkPlausible(uid, valuesGy, findings);
    return new ReadDose(
        uid,
        object.text(Tags.FRAME_OF_REFERENCE_UID).orElse(null),
        new DoseGrid(grid, valuesGy),
        findings);
  }

  private static double scaleGy(
      String path,
      String uid,
      DicomObject object,
      @Nullable Double referenceGy,
      List<Finding> findings)
      throws DicomException {
    String type = object.text(Tags.DOSE_TYPE).orElse("");
    if (!type.isEmpty() && !type.equals("PHYSICAL") && !type.equals("EFFECTIVE")) {
      throw fault(
          Finding.Code.DOSE_TYPE_UNSUPPORTED,
          path,
          "dose type (3004,0004) is neither PHYSICAL nor EFFECTIVE");
    }
    String units =
        object
            .text(Tags.DOSE_UNITS)
            .map(text -> text.toUpperCase(Locale.ROOT))
            .orElseThrow(
                () ->
                    fault(
                        Finding.Code.MISSING_ATTRIBUTE,
                        path,
                        "dose units (3004,0002) are missing, expected GY"));
    double unitGy =
        switch (units) {
          case "GY" -> 1;
          case "CGY" -> GY_PER_CGY;
          default -> {
            if (referenceGy != null && isRelative(object)) {
              yield 1;
            }
            throw fault(
                Finding.Code.DOSE_UNITS_RELATIVE,
                path,
                "dose units (3004,0002) are "
                    + (units.equals("RELATIVE") ? units : "unknown")
                    + ", expected GY");
          }
        };
    if (unitGy != 1) {
      findings.add(
          warning(Finding.Code.DOSE_UNITS_CGY, uid, "dose units are CGY, converted to Gy once"));
    }
    OptionalDouble scaling = object.number(Tags.DOSE_GRID_SCALING);
    if (scaling.isEmpty()
        || !Double.isFinite(scaling.getAsDouble())
        || scaling.getAsDouble() <= 0) {
      throw fault(
          Finding.Code.DOSE_SCALING_INVALID,
          path,
          "dose grid scaling (3004,000E) is "
              + (scaling.isEmpty() ? "missing or no number" : scaling.getAsDouble())
              + ", expected over 0");
    }
    return scaling.getAsDouble() * unitGy;
  }

  private static boolean isRelative(DicomObject object) {
    return object.text(Tags.DOSE_UNITS).orElse("").equals("RELATIVE");
  }

  /**
   * Relative values are parts of 1 where the largest is no more than that allows, else per cent.
   */
  private static void toGy(String uid, float[] values, double referenceGy, List<Finding> findings) {
    float largest = 0;
    for (float value : values) {
      largest = Math.max(largest, value);
    }
    boolean parts = largest <= LARGEST_PART;
    double factor = parts ? referenceGy : referenceGy / PERCENT;
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (values[i] * factor);
    }
    findings.add(
        warning(
            Finding.Code.DOSE_UNITS_RELATIVE,
            uid,
            "dose units are RELATIVE, taken as "
                + (parts ? "parts" : "per cent")
                + " of the prescribed "
                + referenceGy
                + " Gy"));
  }

  /** Distance of every frame from the image position along the normal (PS3.3 C.8.8.3.2). */
  private static double[] offsetsMm(
      String path,
      String uid,
      DicomObject object,
      ImagePlane plane,
      int frames,
      List<Finding> findings)
      throws DicomException {
    double[] offsetsMm = object.numbers(Tags.GRID_FRAME_OFFSET_VECTOR);
    if (frames == 1) {
      if (offsetsMm.length > 1) {
        findings.add(
            warning(
                Finding.Code.DOSE_GRID_INVALID,
                uid,
                "one frame, but " + offsetsMm.length + " frame offsets (3004,000C): not used"));
      }
      findings.add(warning(Finding.Code.DOSE_TOO_FEW_PLANES, uid, "the dose has one plane"));
      return new double[1];
    }
    if (offsetsMm.length != frames || !DoubleStream.of(offsetsMm).allMatch(Double::isFinite)) {
      throw fault(
          Finding.Code.DOSE_GRID_INVALID,
          path,
          String.format(
              Locale.ROOT,
              "%d frame offsets (3004,000C), expected %d numbers",
              offsetsMm.length,
              frames));
    }
    if (!isMonotonic(offsetsMm)) {
      throw fault(
          Finding.Code.DOSE_GRID_INVALID,
          path,
          "frame offsets (3004,000C) neither rise nor fall all along");
    }
    if (offsetsMm[0] == 0) {
      return offsetsMm;
    }
    double normalZ = plane.normal().zMm();
    boolean axial = Math.abs(normalZ) >= 1 - VoxelGrid.DIRECTION_TOLERANCE;
    double firstMm = offsetsMm[0];
    if (!axial || Math.abs(firstMm - plane.positionMm().zMm()) > ABSOLUTE_OFFSET_TOLERANCE_MM) {
      throw fault(
          Finding.Code.DOSE_GRID_INVALID,
          path,
          "the first frame offset (3004,000C) is "
              + firstMm
              + " mm, expected 0"
              + (axial
                  ? " or the z of the image position, " + plane.positionMm().zMm() + " mm"
                  : ": the planes are not axial"));
    }
    for (int k = 0; k < frames; k++) {
      offsetsMm[k] = (offsetsMm[k] - firstMm) * Math.signum(normalZ);
    }
    return offsetsMm;
  }

  private static boolean isMonotonic(double[] offsetsMm) {
    double sign = Math.signum(offsetsMm[1] - offsetsMm[0]);
    for (int k = 1; k < offsetsMm.length; k++) {
      if (sign == 0 || Math.signum(offsetsMm[k] - offsetsMm[k - 1]) != sign) {
        return false;
      }
    }
    return true;
  }

  private static void reverse(double[] values) {
    for (int i = 0, j = values.length - 1; i < j; i++, j--) {
      double kept = values[i];
      values[i] = values[j];
      values[j] = kept;
    }
  }

  private static double[] fromFirst(double[] offsetsMm) {
    double[] shifted = new double[offsetsMm.length];
    for (int k = 0; k < shifted.length; k++) {
      shifted[k] = offsetsMm[k] - offsetsMm[0];
    }
    return shifted;
  }

  private static void checkPlausible(String uid, float[] valuesGy, List<Finding> findings) {
    float largestGy = Float.NEGATIVE_INFINITY;
    for (float valueGy : valuesGy) {
      largestGy = Math.max(largestGy, valueGy);
    }
    if (!(largestGy > 0) || largestGy > PLAUSIBLE_DOSE_GY) {
      findings.add(
          warning(Finding.Code.DOSE_IMPLAUSIBLE, uid, "the largest dose is " + largestGy + " Gy"));
    }
  }

  private static Finding warning(Finding.Code code, String subject, String message) {
    return new Finding(Finding.Level.WARN, code, subject, message);
  }

  private static DicomException fault(Finding.Code code, String path, String message) {
    return new DicomException(code, path, DicomException.NO_OFFSET, message);
  }
}
