package org.rtpipeline.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.images.ImageFileReader;
import org.rtpipeline.images.StoredImage;
import org.rtpipeline.radiomics.GridSize;
import org.rtpipeline.radiomics.MaskGeometry;
import org.rtpipeline.radiomics.PyRadiomicsParameters.Matching;
import org.rtpipeline.radiomics.PyRadiomicsParameters.OffGrid;
import org.rtpipeline.radiomics.Raster;

/** An image file and a file of labels, in the order of the axes of the files. */
final class ImageAndMask {

  /** Share of a voxel by which corners of image and mask may lie apart. */
  private static final double CORNER_TOLERANCE = 0.01;

  private static final String CORRECT =
      ": resample the mask onto the grid of the image first, or set correctMask in the parameters";

  private static final int LABELS_NAMED = 20;

  /** Tolerance of grids of masks that are corrected, as in ITK. */
  private static final double STRICT = 1e-6;

  private final Raster image;
  private final Raster labels;
  private final byte[] mask;

  private ImageAndMask(Raster image, Raster labels, byte[] mask) {
    this.image = image;
    this.labels = labels;
    this.mask = mask;
  }

  /**
   * Reads both files, on the same grid.
   *
   * @throws CommandException when a file cannot be used, the grids differ, or no voxel has the
   *     label
   */
  static ImageAndMask read(Path imageFile, Path maskFile, Matching matching)
      throws CommandException {
    ImageAndMask files = readApart(imageFile, maskFile, matching);
    if (files.isSameGrid(matching.tolerance(), matching.offGrid())) {
      return files;
    }
    if (matching.offGrid() == OffGrid.REFUSED) {
      throw files.gridsDiffer(matching.tolerance());
    }
    files.requireInside();
    byte[] corrected = MaskGeometry.onto(files.image, files.labels, files.mask);
    if (!holds(corrected)) {
      throw unusable("no voxel of the image has its nearest voxel of the mask in the region");
    }
    return new ImageAndMask(files.image, files.image, corrected);
  }

  /**
   * Reads both files, each on its own grid, the region within the image.
   *
   * @throws CommandException when a file cannot be used, no voxel has the label, or the region
   *     reaches beyond the image
   */
  static ImageAndMask readApart(Path imageFile, Path maskFile, Matching matching)
      throws CommandException {
    StoredImage image = stored("image", imageFile, OptionalInt.empty());
    StoredImage stored = stored("mask", maskFile, OptionalInt.of(matching.channel()));
    Raster raster = raster("image", imageFile, image);
    Raster labels = raster("mask", maskFile, stored);
    byte[] mask = stored.mask(matching.label());
    if (!holds(mask)) {
      throw unusable(
          "mask " + maskFile + " has no voxel of label " + matching.label() + present(stored));
    }
    return new ImageAndMask(raster, labels, mask);
  }

  /** Refuses a region that reaches beyond the image. */
  void requireInside() throws CommandException {
    if (!MaskGeometry.isInside(image, labels, mask)) {
      throw unusable("the region reaches beyond the image");
    }
  }

  Raster image() {
    return image;
  }

  /** Where the mask lies. */
  Raster labels() {
    return labels;
  }

  /** 1 inside the region, else 0; the array itself. */
  byte[] mask() {
    return mask;
  }

  private static StoredImage stored(String role, Path file, OptionalInt channel)
      throws CommandException {
    if (!Files.isRegularFile(file)) {
      throw unusable(role + " " + file + " is not there");
    }
    try (InputStream in = Files.newInputStream(file)) {
      return channel.isPresent()
          ? ImageFileReader.read(in, channel.getAsInt())
          : ImageFileReader.read(in);
    } catch (IOException unreadable) {
      throw unusable(
          role + " " + file + " cannot be read as NIfTI or NRRD: " + unreadable.getMessage());
    }
  }

  private static Raster raster(String role, Path file, StoredImage stored) throws CommandException {
    try {
      GridSize size =
          new GridSize(
              stored.count(0),
              stored.count(1),
              stored.count(2),
              stored.spacingMm(0),
              stored.spacingMm(1),
              stored.spacingMm(2));
      boolean isWhole = stored.numbers() == StoredImage.Numbers.WHOLE;
      Raster raster =
          stored
              .exactValues()
              .map(x -> Raster.of(size, isWhole ? Raster.Numbers.WHOLE : Raster.Numbers.DOUBLE, x))
              .orElseGet(
                  () ->
                      Raster.of(
                          size,
                          isWhole ? Raster.Numbers.WHOLE : Raster.Numbers.SINGLE,
                          stored.values()));
      return raster
          .storedBetween(stored.least(), stored.greatest())
          .placedAt(
              stored.positionMm(0, 0, 0),
              List.of(stored.direction(0), stored.direction(1), stored.direction(2)));
    } catch (IllegalArgumentException impossible) {
      throw unusable(role + " " + file + ": " + impossible.getMessage());
    }
  }

  /** By the rule of ITK where a tolerance is named or masks are corrected, else by the corners. */
  private boolean isSameGrid(@Nullable Double tolerance, OffGrid offGrid) {
    if (tolerance == null && offGrid == OffGrid.REFUSED) {
      return counts(image.size()).equals(counts(labels.size()))
          && cornersApartMm() <= CORNER_TOLERANCE * smallestMm();
    }
    return MaskGeometry.isSame(image, labels, tolerance == null ? STRICT : tolerance);
  }

  private CommandException gridsDiffer(@Nullable Double tolerance) {
    if (!counts(image.size()).equals(counts(labels.size()))) {
      return unusable(
          "the image has "
              + counts(image.size())
              + " voxels, the mask "
              + counts(labels.size())
              + CORRECT);
    }
    return unusable(
        String.format(
                Locale.ROOT,
                "corners of image and mask lie up to %.4f mm apart, expected ",
                cornersApartMm())
            + (tolerance == null
                ? String.format(Locale.ROOT, "at most %.4f mm", CORNER_TOLERANCE * smallestMm())
                : "the same grid within geometryTolerance " + tolerance)
            + CORRECT);
  }

  private double smallestMm() {
    GridSize size = image.size();
    return Math.min(size.dxMm(), Math.min(size.dyMm(), size.dzMm()));
  }

  private double cornersApartMm() {
    double apartMm = 0;
    for (int corner = 0; corner < 8; corner++) {
      apartMm = Math.max(apartMm, corner(image, corner).minus(corner(labels, corner)).length());
    }
    return apartMm;
  }

  private static Point corner(Raster image, int corner) {
    GridSize size = image.size();
    return image.positionMm(
        (corner & 1) * (size.nx() - 1),
        (corner >> 1 & 1) * (size.ny() - 1),
        (corner >> 2) * (size.nz() - 1));
  }

  private static String counts(GridSize size) {
    return size.nx() + " x " + size.ny() + " x " + size.nz();
  }

  private static boolean holds(byte[] mask) {
    for (byte inside : mask) {
      if (inside != 0) {
        return true;
      }
    }
    return false;
  }

  private static String present(StoredImage labels) {
    Set<Long> present = new TreeSet<>();
    for (float value : labels.values()) {
      if (value != 0 && present.size() < LABELS_NAMED) {
        present.add((long) value);
      }
    }
    return present.isEmpty() ? "; all its voxels are 0" : "; labels there: " + present;
  }

  private static CommandException unusable(String message) {
    return new CommandException(ExitCode.USAGE, message);
  }
}
