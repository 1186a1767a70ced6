package org.rtpipeline.radiomics;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.rtpipeline.fixture.SharedData;
import org.rtpipeline.images.ImageFileReader;
import org.rtpipeline.images.StoredImage;

/** Images, masks and reference values that are not part of this repository. */
final class ReferenceCases {

  /** An image and a mask in the order of their files. */
  static final class Case {
    private final Raster image;
    private final byte[] mask;

    Case(Raster image, byte[] mask) {
      this.image = image;
      this.mask = mask;
    }

    Raster image() {
      return image;
    }

    byte[] mask() {
      return mask;
    }
  }

  private ReferenceCases() {}

  static Path folder() {
    return SharedData.require("radiomics");
  }

  static Case read(String name) {
    if (name.startsWith("brain")) {
      return of("pyradiomics/" + name + "_image.nrrd", "pyradiomics/" + name + "_label.nrrd");
    }
    if (name.startsWith("STS")) {
      String stem = "ibsi_validation/" + name.substring(0, 7) + "/" + name.substring(8);
      return of(stem + "_image.nii.gz", stem + "_mask.nii.gz");
    }
    String stem = "ibsi1/" + name.substring(6) + "_phantom/";
    return of(stem + "phantom.nii.gz", stem + "mask.nii.gz");
  }

  private static Case of(String image, String mask) {
    StoredImage stored = stored(image);
    return new Case(raster(stored), stored(mask).mask(1));
  }

  static Raster raster(StoredImage stored) {
    GridSize size =
        new GridSize(
            stored.count(0),
            stored.count(1),
            stored.count(2),
            stored.spacingMm(0),
            stored.spacingMm(1),
            stored.spacingMm(2));
    Raster.Numbers numbers =
        stored.numbers() == StoredImage.Numbers.WHOLE
            ? Raster.Numbers.WHOLE
            : Raster.Numbers.SINGLE;
    return Raster.of(size, numbers, stored.values())
        .storedBetween(stored.least(), stored.greatest())
        .placedAt(
            stored.positionMm(0, 0, 0),
            java.util.List.of(stored.direction(0), stored.direction(1), stored.direction(2)));
  }

  static StoredImage stored(String path) {
    try (InputStream in = Files.newInputStream(folder().resolve(path))) {
      return ImageFileReader.read(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
