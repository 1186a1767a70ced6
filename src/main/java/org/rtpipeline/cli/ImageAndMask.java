package org.rtpipeline.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.images.ImageFileReader;
import org.rtpipeline.images.StoredImage;
import org.rtpipeline.radiomics.GridSize;
import org.rtpipeline.radiomics.Raster;

/** An image file and a file of labels on the same grid, in the order of the axes of the files. */
final class ImageAndMask {

  /** Share of a voxel by which corners of image and mask may lie apart. */
  private static final double CORNER_TOLERANCE = 0.01;

  private static final int LABELS_NAMED = 20;

  private final Raster image;
  private final byte[] mask;

  private ImageAndMask(Raster image, byte[] mask) {
    this.image = image;
    this.mask = mask;
  }

  /**
   * Reads both files.
   *
   * @param label value of the voxels of the region
   * @throws CommandException when a file cannot be used, the grids differ, or no voxel has the
   *     label
   */
  static ImageAndMask read(Path imageFile, Path maskFile, int label) throws CommandException {
    StoredImage image = stored("image", imageFile);
    StoredImage labels = stored("mask", maskFile);
    Raster raster = raster(imageFile, image);
    requireSameGrid(image, labels);
    byte[] mask = labels.mask(label);
    if (!holds(mask)) {
      throw unusable("mask " + maskFile + " has no voxel of label " + label + present(labels));
    }
    return new ImageAndMask(raster, mask);
  }

  Raster image() {
    return image;
  }

  /** 1 inside the region, else 0; the array itself. */
  byte[] mask() {
    return mask;
  }

  private static StoredImage stored(String role, Path file) throws CommandException {
    if (!Files.isRegularFile(file)) {
      throw unusable(role + " " + file + " is not there");
    }
    try (InputStream in = Files.newInputStream(file)) {
      return ImageFileReader.read(in);
    } catch (IOException unreadable) {
      throw unusable(
          role + " " + file + " cannot be read as NIfTI or NRRD: " + unreadable.getMessage());
    }
  }

  private static Raster raster(Path file, StoredImage stored) throws CommandException {
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
      throw unusable("image " + file + ": " + impossible.getMessage());
    }
  }

  private static void requireSameGrid(StoredImage image, StoredImage mask) throws CommandException {
    if (!counts(image).equals(counts(mask))) {
      throw unusable("the image has " + counts(image) + " voxels, the mask " + counts(mask));
    }
    double apartMm = 0;
    for (int corner = 0; corner < 8; corner++) {
      apartMm = Math.max(apartMm, corner(image, corner).minus(corner(mask, corner)).length());
    }
    double voxelMm = Math.min(image.spacingMm(0), Math.min(image.spacingMm(1), image.spacingMm(2)));
    if (!(apartMm <= CORNER_TOLERANCE * voxelMm)) {
      throw unusable(
          String.format(
              Locale.ROOT,
              "corners of image and mask lie up to %.4f mm apart, expected at most %.4f mm:"
                  + " resample the mask onto the grid of the image first",
              apartMm,
              CORNER_TOLERANCE * voxelMm));
    }
  }

  private static Point corner(StoredImage image, int corner) {
    return image.positionMm(
        (corner & 1) * (image.count(0) - 1),
        (corner >> 1 & 1) * (image.count(1) - 1),
        (corner >> 2) * (image.count(2) - 1));
  }

  private static String counts(StoredImage image) {
    return image.count(0) + " x " + image.count(1) + " x " + image.count(2);
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
