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
import org.rtpipeline.model.LabelMap;
import org.rtpipeline.model.LabelledStructure;

/**
 * Reads segmentation objects (PS3.3 A.51) of any maker: BINARY, or FRACTIONAL with half of the
 * largest value as threshold; segments may overlap, and planes without a segment may be missing.
 */
public final class SegReader {

  private static final long MOST_VOXELS = 1L << 30;

  private SegReader() {}

  /**
   * The segments of a file.
   *
   * @param in at the first byte; the caller closes it
   * @throws DicomException when the file as a whole cannot be used
   */
  public static ReadSegments read(String path, InputStream in) throws DicomException {
    DicomFile file = DicomFile.read(path, in, DicomFile.UNKNOWN_SIZE, ReadScope.WHOLE);
    DicomObject object = file.object();
    String sopClass = file.sopClassUid().orElse("");
    if (!sopClass.equals(StorageClass.SEGMENTATION)) {
      throw fault(
          Finding.Code.MODALITY_MISMATCH,
          path,
          "SOP class is " + sopClass + ", expected a segmentation");
    }
    int frames = object.integer(Tags.NUMBER_OF_FRAMES).orElse(0);
    if (frames < 1) {
      throw fault(Finding.Code.NO_PIXEL_DATA, path, "the segmentation has no frame");
    }
    List<Finding> findings = new ArrayList<>(file.findings());
    Map<Integer, LabelledStructure> segments = segments(path, object, findings);
    SegPlanes planes = SegPlanes.of(path, object, frames);
    return new ReadSegments(
        file.sopInstanceUid().orElse(""),
        object.text(Tags.FRAME_OF_REFERENCE_UID).orElse(""),
        object.items(Tags.REFERENCED_SERIES_SEQUENCE).stream()
            .flatMap(item -> item.text(Tags.SERIES_INSTANCE_UID).stream())
            .toList(),
        labels(path, object, segments, planes, findings));
  }

  private static Map<Integer, LabelledStructure> segments(
      String path, DicomObject object, List<Finding> findings) throws DicomException {
    Map<Integer, LabelledStructure> segments = new TreeMap<>();
    Set<String> names = new HashSet<>();
    for (DicomObject item : object.items(Tags.SEGMENT_SEQUENCE)) {
      int number = item.integer(Tags.SEGMENT_NUMBER).orElse(0);
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
      List<Finding> findings)
      throws DicomException {
    VoxelGrid grid = planes.grid();
    if (grid.voxels() > MOST_VOXELS) {
      throw fault(Finding.Code.UNSUPPORTED_PIXEL_FORMAT, path, grid.voxels() + " voxels");
    }
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
    SegPixels pixels = SegPixels.of(path, object);
    Layers layers = new Layers((int) grid.voxels());
    byte[] mask = new byte[(int) grid.voxels()];
    for (LabelledStructure segment : segments.values()) {
      for (int f : framesOf.getOrDefault(segment.number(), List.of())) {
        pixels.mark(f, mask, planes.planeOf(f) * grid.columns() * grid.rows());
      }
      layers.add(segment, mask);
      Arrays.fill(mask, (byte) 0);
    }
    return new LabelMap(grid, layers.done(), findings);
  }

  /** Puts each segment into the first layer where its voxels are free. */
  private static final class Layers {
    private final int voxels;
    private final List<short[]> labels = new ArrayList<>();
    private final List<List<LabelledStructure>> structures = new ArrayList<>();

    Layers(int voxels) {
      this.voxels = voxels;
    }

    void add(LabelledStructure segment, byte[] mask) {
      int layer = 0;
      while (layer < labels.size() && overlaps(labels.get(layer), mask)) {
        layer++;
      }
      if (layer == labels.size()) {
        labels.add(new short[voxels]);
        structures.add(new ArrayList<>());
      }
      short[] into = labels.get(layer);
      for (int at = 0; at < voxels; at++) {
        if (mask[at] != 0) {
          into[at] = (short) segment.number();
        }
      }
      structures.get(layer).add(segment);
    }

    private static boolean overlaps(short[] taken, byte[] mask) {
      for (int at = 0; at < taken.length; at++) {
        if (mask[at] != 0 && taken[at] != 0) {
          return true;
        }
      }
      return false;
    }

    List<LabelMap.Layer> done() {
      List<LabelMap.Layer> layers = new ArrayList<>();
      for (int l = 0; l < labels.size(); l++) {
        layers.add(new LabelMap.Layer(labels.get(l), structures.get(l)));
      }
      return layers;
    }
  }

  private static DicomException fault(Finding.Code code, String path, String message) {
    return new DicomException(code, path, DicomException.NO_OFFSET, message);
  }
}
