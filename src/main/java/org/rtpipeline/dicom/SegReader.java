package org.rtpipeline.dicom;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.LabelLayers;
import org.rtpipeline.model.LabelMap;
import org.rtpipeline.model.LabelledStructure;

/**
 * Reads segmentation objects (PS3.3 A.51) of any maker: BINARY, FRACTIONAL with a share of the
 * largest value as threshold, or LABELMAP; segments may overlap, and planes without a segment may
 * be missing.
 */
public final class SegReader {

  private static final String LABEL_MAP = "LABELMAP";
  private static final long MOST_VOXELS = 1L << 30;

  private SegReader() {}

  /**
   * The segments of a file.
   *
   * @param in at the first byte; the caller closes it
   * @param fractionThreshold share of the largest value from which a voxel of a FRACTIONAL object
   *     is inside, over 0 to 1
   * @throws DicomException when the file as a whole cannot be used
   */
  public static ReadSegments read(String path, InputStream in, double fractionThreshold)
      throws DicomException {
    DicomFile file = DicomFile.read(path, in, DicomFile.UNKNOWN_SIZE, ReadScope.WHOLE);
    DicomObject object = file.object();
    String uid = ObjectIdentity.require(path, file, SopClass.Kind.SEGMENTATION);
    int frames = object.integer(Tags.NUMBER_OF_FRAMES).orElse(0);
    if (frames < 1) {
      throw fault(Finding.Code.NO_PIXEL_DATA, path, "the segmentation has no frame");
    }
    List<Finding> findings = new ArrayList<>(file.findings());
    Map<Integer, LabelledStructure> segments = segments(path, object, findings);
    SegPlanes planes = SegPlanes.of(path, object, frames);
    return new ReadSegments(
        uid,
        object.text(Tags.CONTENT_LABEL).orElse(""),
        object.text(Tags.FRAME_OF_REFERENCE_UID).orElse(""),
        object.items(Tags.REFERENCED_SERIES_SEQUENCE).stream()
            .flatMap(item -> item.text(Tags.SERIES_INSTANCE_UID).stream())
            .toList(),
        planes.spacingMm(),
        makers(object),
        isLabelMap(object)
            ? labelMap(path, object, segments, planes, findings)
            : labels(path, object, segments, planes, fractionThreshold, findings));
  }

  private static boolean isLabelMap(DicomObject object) {
    return LABEL_MAP.equals(object.text(Tags.SEGMENTATION_TYPE).orElse(""));
  }

  private static List<ReadSegments.Maker> makers(DicomObject object) {
    List<ReadSegments.Maker> makers = new ArrayList<>();
    for (DicomObject item : object.items(Tags.SEGMENT_SEQUENCE)) {
      makers.add(
          new ReadSegments.Maker(
              item.integer(Tags.SEGMENT_NUMBER).orElse(0),
              item.text(Tags.SEGMENT_ALGORITHM_TYPE).orElse(null),
              item.text(Tags.SEGMENT_ALGORITHM_NAME).orElse(null)));
    }
    return makers;
  }

  private static Map<Integer, LabelledStructure> segments(
      String path, DicomObject object, List<Finding> findings) throws DicomException {
    Map<Integer, LabelledStructure> segments = new TreeMap<>();
    Set<String> names = new HashSet<>();
    for (DicomObject item : object.items(Tags.SEGMENT_SEQUENCE)) {
      int number = item.integer(Tags.SEGMENT_NUMBER).orElse(0);
      if (number == 0 && isLabelMap(object)) {
        // the background, which a label map may describe (PS3.3 C.8.20.4)
        continue;
      }
      if (number < 1 || number > Short.MAX_VALUE || segments.containsKey(number)) {
        throw fault(
            Finding.Code.INVALID_NUMBER,
            path,
            "segment number " + number + " is no number from 1 or comes twice");
      }
      String label = item.text(Tags.SEGMENT_LABEL).orElse("segment " + number);
      String name = label;
      for (int n = 2; !names.add(name); n++) {
        name = label + " " + n;
      }
      if (!name.equals(label)) {
        findings.add(
            new Finding(
                Finding.Level.WARN,
                Finding.Code.DUPLICATE_ROI_NAME,
                Integer.toString(number),
                "an earlier segment has this label"));
      }
      segments.put(number, SegmentItems.structure(item, number, name));
    }
    if (segments.isEmpty()) {
      throw fault(Finding.Code.NO_ROI, path, "the segmentation has no segment");
    }
    return segments;
  }

  private static LabelMap labels(
      String path,
      DicomObject object,
      Map<Integer, LabelledStructure> segments,
      SegPlanes planes,
      double fractionThreshold,
      List<Finding> findings)
      throws DicomException {
    VoxelGrid grid = gridOf(path, planes);
    int frames = object.integer(Tags.NUMBER_OF_FRAMES).orElse(0);
    Map<Integer, List<Integer>> framesOf = new LinkedHashMap<>();
    for (int f = 0; f < frames; f++) {
      int number =
          SegPlanes.group(path, object, f, Tags.SEGMENT_IDENTIFICATION_SEQUENCE)
              .integer(Tags.REFERENCED_SEGMENT_NUMBER)
              .orElse(0);
      if (!segments.containsKey(number)) {
        throw fault(
            Finding.Code.INVALID_NUMBER,
            path,
            "frame " + (f + 1) + " refers to segment " + number + ", which is not there");
      }
      framesOf.computeIfAbsent(number, key -> new ArrayList<>()).add(f);
    }
    SegPixels pixels = SegPixels.of(path, object, fractionThreshold);
    LabelLayers layers = new LabelLayers(grid);
    byte[] mask = new byte[(int) grid.voxels()];
    for (LabelledStructure segment : segments.values()) {
      for (int f : framesOf.getOrDefault(segment.number(), List.of())) {
        pixels.mark(f, mask, planes.planeOf(f) * grid.columns() * grid.rows());
      }
      layers.add(segment, mask);
      Arrays.fill(mask, (byte) 0);
    }
    return layers.labels(findings);
  }

  private static VoxelGrid gridOf(String path, SegPlanes planes) throws DicomException {
    VoxelGrid grid = planes.grid();
    if (grid.voxels() > MOST_VOXELS) {
      throw fault(Finding.Code.UNSUPPORTED_PIXEL_FORMAT, path, grid.voxels() + " voxels");
    }
    return grid;
  }

  /** Pixels that are numbers of segments (PS3.3 C.8.20.2); those of none are background. */
  private static LabelMap labelMap(
      String path,
      DicomObject object,
      Map<Integer, LabelledStructure> segments,
      SegPlanes planes,
      List<Finding> findings)
      throws DicomException {
    VoxelGrid grid = gridOf(path, planes);
    int frames = object.integer(Tags.NUMBER_OF_FRAMES).orElse(0);
    PixelFrames pixels = PixelFrames.of(path, object);
    int samples = pixels.format().samples();
    float[] values = new float[samples];
    short[] labels = new short[(int) grid.voxels()];
    for (int f = 0; f < frames; f++) {
      pixels.rescale(f, 1, 0, values, 0);
      int first = planes.planeOf(f) * grid.columns() * grid.rows();
      for (int i = 0; i < samples; i++) {
        if (segments.containsKey((int) values[i])) {
          labels[first + i] = (short) values[i];
        }
      }
    }
    return new LabelMap(
        grid, List.of(new LabelMap.Layer(labels, List.copyOf(segments.values()))), findings);
  }

  private static DicomException fault(Finding.Code code, String path, String message) {
    return new DicomException(code, path, DicomException.NO_OFFSET, message);
  }
}
