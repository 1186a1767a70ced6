package org.rtpipeline.dicom;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.model.LabelMap;

/** Segmentation objects as other programs write them, for tests of other packages. */
public final class Segmentations {

  private static final SegmentAlgorithm ALGORITHM =
      new SegmentAlgorithm("OtherNet", "7", SegmentAlgorithm.MORPHOLOGICAL_OPERATIONS);

  private Segmentations() {}

  /**
   * One bit a voxel, a frame for each plane that a segment has a voxel in.
   *
   * @param images the images that it says it was made from; others may be given than are there
   */
  public static byte[] binary(StudyContext study, String uid, LabelMap labels, ContourImages images)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SegWriter.write(
        study,
        new SeriesContext(
            uid + ".1",
            7,
            "Segments",
            new SeriesContext.Equipment("Other", "Other", "1"),
            LocalDateTime.of(2024, 2, 3, 4, 5)),
        new SegWriter.Identity(uid, "Made up"),
        labels,
        images,
        ALGORITHM,
        out);
    return out.toByteArray();
  }

  /** The same object with one share of 255 in all voxels inside, and another one elsewhere. */
  public static byte[] fractional(byte[] binary, int inside, int outside) throws DicomException {
    DicomObject object = whole(binary);
    byte[] packed = object.bytes(Tags.PIXEL_DATA);
    int samples =
        object.integer(Tags.ROWS).orElse(0)
            * object.integer(Tags.COLUMNS).orElse(0)
            * object.integer(Tags.NUMBER_OF_FRAMES).orElse(0);
    byte[] shares = new byte[samples + samples % 2];
    for (int at = 0; at < samples; at++) {
      shares[at] = (byte) ((packed[at >> 3] >> (at & 7) & 1) != 0 ? inside : outside);
    }
    return Samples.file(
        DicomObject.builder()
            .all(object)
            .text(Tags.SEGMENTATION_TYPE, "FRACTIONAL")
            .integers(Tags.MAXIMUM_FRACTIONAL_VALUE, 255)
            .integers(Tags.BITS_ALLOCATED, 8)
            .integers(Tags.BITS_STORED, 8)
            .integers(Tags.HIGH_BIT, 7)
            .bytes(Tags.PIXEL_DATA, Vr.OB, shares)
            .build());
  }

  /** The same object without a frame of reference. */
  public static byte[] homeless(byte[] file) throws DicomException {
    return Samples.file(
        DicomObject.builder().all(whole(file)).without(Tags.FRAME_OF_REFERENCE_UID).build());
  }

  /** The same object with too few pixels. */
  public static byte[] broken(byte[] file) throws DicomException {
    return Samples.file(
        DicomObject.builder().all(whole(file)).bytes(Tags.PIXEL_DATA, Vr.OB, new byte[2]).build());
  }

  /** One image UID for each plane of a grid. */
  public static ContourImages images(String studyUid, String seriesUid, VoxelGrid grid) {
    List<String> uids = new ArrayList<>();
    for (int k = 0; k < grid.planes(); k++) {
      uids.add(seriesUid + "." + (k + 1));
    }
    return new ContourImages(studyUid, seriesUid, uids);
  }

  private static DicomObject whole(byte[] file) throws DicomException {
    return Samples.read(file, ReadScope.WHOLE).object();
  }
}
