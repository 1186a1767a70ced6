package org.rtpipeline.dicom;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.ImageVolume;

/**
 * Builds the volume of a CT, MR or PET series from its files. The order of the files never matters:
 * slices are sorted along their normal, and every one is rescaled by its own slope and intercept.
 */
public final class ImageSeriesReader {
  /** Largest difference of a direction cosine between slices of one stack. */
  static final double ORIENTATION_TOLERANCE = 1e-3;

  /** Largest relative difference of pixel spacings between slices of one stack. */
  static final double SPACING_TOLERANCE = 1e-3;

  /** Two slices closer than this, mm, lie at the same place. */
  static final double SAME_POSITION_MM = 0.01;

  /** Largest sideways shift of a slice, mm, before the stack counts as sheared. */
  static final double SHEAR_TOLERANCE_MM = 0.1;

  /** Largest sideways shift for each mm along the normal before the stack counts as sheared. */
  static final double SHEAR_TOLERANCE = 2e-3;

  /** Largest relative difference of slice distances that counts as even. */
  static final double UNEVEN_TOLERANCE = 0.01;

  private ImageSeriesReader() {}

  /**
   * The volume of a series.
   *
   * @param paths files of the series, in any order
   * @throws DicomException when a file cannot be used, or the slices make no stack
   */
  public static ReadVolume read(List<String> paths, StreamOpener opener) throws DicomException {
    List<ImageSlice> slices = new ArrayList<>();
    for (String path : paths) {
      try (InputStream in = opener.open(path)) {
        slices.add(
            ImageSlice.of(
                path,
                DicomFile.read(path, in, DicomFile.UNKNOWN_SIZE, ReadScope.THROUGH_PIXEL_DATA)));
      } catch (IOException failure) {
        throw new DicomException(
            Finding.Code.UNREADABLE,
            path,
            DicomException.NO_OFFSET,
            "the file cannot be opened or closed: " + failure.getClass().getSimpleName());
      }
    }
    return volume(slices);
  }

  private static ReadVolume volume(List<ImageSlice> read) throws DicomException {
    List<Finding> findings = new ArrayList<>();
    List<ImageSlice> slices = withoutLocalizers(withoutTwins(read, findings), findings);
    if (slices.size() < 2) {
      throw fault(
          Finding.Code.TOO_FEW_SLICES,
          slices.isEmpty() ? "" : slices.get(0).seriesUid(),
          slices.size() + " slices make no volume, expected 2 or more");
    }
    requireOneStack(slices);
    ImageSlice reference = slices.get(0);
    Point normal = reference.plane().normal();
    slices.sort(
        Comparator.<ImageSlice>comparingDouble(slice -> slice.plane().positionMm().dot(normal))
            .thenComparing(ImageSlice::sopInstanceUid));
    slices.forEach(slice -> findings.addAll(slice.findings()));
    ImageSlice first = slices.get(0);
    double[] offsetsMm = offsetsMm(slices, normal);
    checkSpacing(first.seriesUid(), offsetsMm, findings);
    PixelFormat format = first.frames().format();
    ImagePlane plane = first.plane();
    VoxelGrid grid =
        new VoxelGrid(
            format.columns(),
            format.rows(),
            plane.positionMm(),
            plane.rowDirection(),
            plane.columnDirection(),
            plane.columnSpacingMm(),
            plane.rowSpacingMm(),
            offsetsMm);
    if (grid.voxels() > Integer.MAX_VALUE - 8) {
      throw fault(
          Finding.Code.UNSUPPORTED_PIXEL_FORMAT, first.seriesUid(), grid.voxels() + " voxels");
    }
    float[] values = new float[(int) grid.voxels()];
    for (int k = 0; k < slices.size(); k++) {
      ImageSlice slice = slices.get(k);
      slice.frames().rescale(0, slice.slope(), slice.intercept(), values, k * format.samples());
    }
    return new ReadVolume(
        new ImageVolume(grid, values),
        slices.stream().map(ImageSlice::sopInstanceUid).toList(),
        findings);
  }

  private static List<ImageSlice> withoutTwins(List<ImageSlice> slices, List<Finding> findings)
      throws DicomException {
    List<ImageSlice> sorted = new ArrayList<>(slices);
    sorted.sort(Comparator.comparing(ImageSlice::sopInstanceUid).thenComparing(ImageSlice::path));
    Map<String, ImageSlice> byUid = new LinkedHashMap<>();
    for (ImageSlice slice : sorted) {
      ImageSlice twin = byUid.putIfAbsent(slice.sopInstanceUid(), slice);
      if (twin != null) {
        if (!twin.plane().equals(slice.plane()) || !twin.frames().isSameAs(slice.frames())) {
          throw fault(
              Finding.Code.CONFLICTING_DUPLICATE,
              slice.seriesUid(),
              "two files with SOP instance UID " + slice.sopInstanceUid() + " differ");
        }
        findings.add(
            warning(
                Finding.Code.DUPLICATE_INSTANCE,
                slice.sopInstanceUid(),
                "the image is there twice, one is used"));
      }
    }
    return new ArrayList<>(byUid.values());
  }

  private static List<ImageSlice> withoutLocalizers(
      List<ImageSlice> slices, List<Finding> findings) {
    List<ImageSlice> kept = new ArrayList<>();
    for (ImageSlice slice : slices) {
      if (slice.isLocalizer()) {
        findings.add(
            warning(
                Finding.Code.MIXED_ORIENTATION,
                slice.sopInstanceUid(),
                "a localizer inside the series, left out"));
      } else {
        kept.add(slice);
      }
    }
    return kept;
  }

  private static void requireOneStack(List<ImageSlice> slices) throws DicomException {
    ImageSlice first = slices.get(0);
    PixelFormat format = first.frames().format();
    for (ImageSlice slice : slices) {
      if (!slice.patientId().equals(first.patientId())) {
        throw apart(
            Finding.Code.PATIENT_MISMATCH, "images of two patients in one series", first, slice);
      }
      if (!Objects.equals(slice.frameOfReferenceUid(), first.frameOfReferenceUid())) {
        throw apart(
            Finding.Code.MIXED_FRAME_OF_REFERENCE,
            "images of two frames of reference",
            first,
            slice);
      }
      if (!isParallel(slice.plane(), first.plane())) {
        throw apart(
            Finding.Code.MIXED_ORIENTATION, "images of different orientation", first, slice);
      }
      PixelFormat other = slice.frames().format();
      if (other.rows() != format.rows()
          || other.columns() != format.columns()
          || !isClose(slice.plane().rowSpacingMm(), first.plane().rowSpacingMm())
          || !isClose(slice.plane().columnSpacingMm(), first.plane().columnSpacingMm())) {
        throw apart(
            Finding.Code.INVALID_GEOMETRY,
            "images of different size or pixel spacing, " + size(first) + " and " + size(slice),
            first,
            slice);
      }
    }
  }

  private static String size(ImageSlice slice) {
    return String.format(
        Locale.ROOT,
        "%d x %d of %s x %s mm",
        slice.frames().format().columns(),
        slice.frames().format().rows(),
        slice.plane().columnSpacingMm(),
        slice.plane().rowSpacingMm());
  }

  /** A fault that lies between two images of a series. */
  private static DicomException apart(
      Finding.Code code, String message, ImageSlice one, ImageSlice other) {
    return fault(
        code,
        one.seriesUid(),
        message + ": " + one.sopInstanceUid() + " and " + other.sopInstanceUid());
  }

  private static boolean isParallel(ImagePlane one, ImagePlane other) {
    return one.rowDirection().minus(other.rowDirection()).length() <= ORIENTATION_TOLERANCE
        && one.columnDirection().minus(other.columnDirection()).length() <= ORIENTATION_TOLERANCE;
  }

  private static boolean isClose(double one, double other) {
    return Math.abs(one - other) <= SPACING_TOLERANCE * Math.max(one, other);
  }

  /** Distances from the first slice along the normal; refuses doubles and sheared stacks. */
  private static double[] offsetsMm(List<ImageSlice> slices, Point normal) throws DicomException {
    Point firstMm = slices.get(0).plane().positionMm();
    String series = slices.get(0).seriesUid();
    double[] offsetsMm = new double[slices.size()];
    for (int k = 1; k < offsetsMm.length; k++) {
      Point shiftMm = slices.get(k).plane().positionMm().minus(firstMm);
      offsetsMm[k] = shiftMm.dot(normal);
      double sidewaysMm = shiftMm.minus(normal.times(offsetsMm[k])).length();
      if (sidewaysMm > SHEAR_TOLERANCE_MM && sidewaysMm > SHEAR_TOLERANCE * offsetsMm[k]) {
        throw fault(
            Finding.Code.GANTRY_TILT,
            series,
            String.format(
                Locale.ROOT,
                "slices are stacked aslant: %.3f mm sideways over %.3f mm",
                sidewaysMm,
                offsetsMm[k]));
      }
      if (offsetsMm[k] - offsetsMm[k - 1] < SAME_POSITION_MM) {
        throw apart(
            Finding.Code.DUPLICATE_POSITION,
            String.format(Locale.ROOT, "two slices at %.3f mm along the normal", offsetsMm[k]),
            slices.get(k - 1),
            slices.get(k));
      }
    }
    return offsetsMm;
  }

  private static void checkSpacing(String series, double[] offsetsMm, List<Finding> findings) {
    if (offsetsMm.length == 2) {
      findings.add(warning(Finding.Code.TOO_FEW_SLICES, series, "the series has two slices"));
      return;
    }
    double[] stepsMm = new double[offsetsMm.length - 1];
    for (int k = 0; k < stepsMm.length; k++) {
      stepsMm[k] = offsetsMm[k + 1] - offsetsMm[k];
    }
    double[] sortedMm = stepsMm.clone();
    Arrays.sort(sortedMm);
    double usualMm = sortedMm[(sortedMm.length - 1) / 2];
    int missing = 0;
    boolean uneven = false;
    for (double stepMm : stepsMm) {
      double steps = stepMm / usualMm;
      double whole = Math.rint(steps);
      if (Math.abs(steps - Math.max(1, whole)) > UNEVEN_TOLERANCE) {
        uneven = true;
      } else {
        missing += (int) whole - 1;
      }
    }
    if (uneven) {
      findings.add(
          warning(
              Finding.Code.NON_UNIFORM_SPACING,
              series,
              String.format(
                  Locale.ROOT,
                  "slice distances run from %.3f to %.3f mm; the true ones are used",
                  sortedMm[0],
                  sortedMm[sortedMm.length - 1])));
    }
    if (missing > 0) {
      findings.add(
          warning(
              Finding.Code.MISSING_SLICE,
              series,
              missing + " slices are missing; the true distances are used"));
    }
  }

  private static Finding warning(Finding.Code code, String subject, String message) {
    return new Finding(Finding.Level.WARN, code, subject, message);
  }

  private static DicomException fault(Finding.Code code, String path, String message) {
    return new DicomException(code, path, DicomException.NO_OFFSET, message);
  }
}
