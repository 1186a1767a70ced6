package org.rtpipeline.dicom;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.model.CodedConcept;
import org.rtpipeline.model.LabelMap;
import org.rtpipeline.model.LabelledStructure;

/**
 * Writes label maps as segmentation objects (PS3.3 A.51), one bit a voxel, with a frame for each
 * plane that a structure has a voxel in. Structures without voxels are left out, and segments are
 * numbered from 1 without gaps, in the order of the structures.
 */
public final class SegWriter {

  private static final CodedConcept SEGMENTATION =
      new CodedConcept("113076", "DCM", "Segmentation");
  private static final CodedConcept SOURCE_IMAGE =
      new CodedConcept("121322", "DCM", "Source image for image processing operation");

  private SegWriter() {}

  /**
   * What the object is called.
   *
   * @param sopInstanceUid (0008,0018)
   * @param description content description (0070,0081)
   */
  public record Identity(String sopInstanceUid, String description) {}

  /** One plane of one segment. */
  private record Frame(int segment, int plane, int label, LabelMap.Layer layer) {}

  /**
   * Writes one segmentation as a DICOM file.
   *
   * @param images the series it was made from, with one image for each plane of the grid, in the
   *     order of the planes
   * @throws IllegalArgumentException when no structure has a voxel: the object needs a frame
   */
  public static void write(
      StudyContext study,
      SeriesContext series,
      Identity identity,
      LabelMap labels,
      ContourImages images,
      SegmentAlgorithm algorithm,
      OutputStream out)
      throws IOException {
    VoxelGrid grid = labels.grid();
    if (images.sopInstanceUids().size() != grid.planes()) {
      throw new IllegalArgumentException(
          "grid has " + grid.planes() + " planes, images " + images.sopInstanceUids().size());
    }
    List<DicomObject> segments = new ArrayList<>();
    List<Frame> frames = new ArrayList<>();
    Map<Integer, BitSet> planes = planes(labels);
    for (LabelledStructure structure : labels.structures()) {
      List<Frame> own = frames(labels, structure, segments.size() + 1, planes);
      if (!own.isEmpty()) {
        int number = segments.size() + 1;
        // a further arc under the object's own UID, which has at most 44 characters
        String tracking = identity.sopInstanceUid() + "." + structure.number();
        segments.add(SegmentItems.segment(structure, number, algorithm, tracking));
        frames.addAll(own);
      }
    }
    if (frames.isEmpty()) {
      throw new IllegalArgumentException("no structure has a voxel to write");
    }
    DicomObject.Builder object =
        ObjectHead.begin(study, series, StorageClass.SEGMENTATION, identity.sopInstanceUid())
            .text(Tags.MODALITY, "SEG")
            .text(Tags.IMAGE_TYPE, "DERIVED", "PRIMARY")
            .text(Tags.CONTENT_DATE, ObjectHead.date(series.made().toLocalDate()))
            .text(Tags.CONTENT_TIME, ObjectHead.time(series.made().toLocalTime()))
            .text(Tags.DEVICE_SERIAL_NUMBER, "none")
            .integers(Tags.INSTANCE_NUMBER, 1)
            .text(Tags.CONTENT_LABEL, "SEGMENTATION")
            .text(Tags.CONTENT_DESCRIPTION, ObjectHead.longText(identity.description()))
            .empty(Tags.CONTENT_CREATOR_NAME)
            .text(Tags.SEGMENTATION_TYPE, "BINARY")
            .text(Tags.SEGMENTS_OVERLAP, labels.layers().size() > 1 ? "YES" : "NO")
            .items(Tags.SEGMENT_SEQUENCE, segments)
            .items(Tags.REFERENCED_SERIES_SEQUENCE, references(images));
    ObjectHead.frameOfReference(object, study);
    dimensions(object, identity.sopInstanceUid());
    object
        .items(Tags.SHARED_FUNCTIONAL_GROUPS_SEQUENCE, shared(grid))
        .items(
            Tags.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE,
            frames.stream().map(frame -> perFrame(frame, grid, images)).toList());
    DicomWriter.write(pixels(object, grid, frames).build(), out);
  }

  private static List<Frame> frames(
      LabelMap labels, LabelledStructure structure, int segment, Map<Integer, BitSet> planes) {
    LabelMap.Layer layer = labels.layer(structure);
    return planes.getOrDefault(structure.number(), new BitSet()).stream()
        .mapToObj(plane -> new Frame(segment, plane, structure.number(), layer))
        .toList();
  }

  /** The planes that each structure has a voxel in, by number. */
  private static Map<Integer, BitSet> planes(LabelMap labels) {
    VoxelGrid grid = labels.grid();
    int size = grid.columns() * grid.rows();
    Map<Integer, BitSet> planes = new HashMap<>();
    for (LabelMap.Layer layer : labels.layers()) {
      short last = 0;
      for (int at = 0; at < layer.labels().length; at++) {
        short label = layer.labels()[at];
        if (label != 0 && (label != last || at % size == 0)) {
          planes.computeIfAbsent((int) label, key -> new BitSet()).set(at / size);
        }
        last = label;
      }
    }
    return planes;
  }

  private static DicomObject references(ContourImages images) {
    return DicomObject.builder()
        .text(Tags.SERIES_INSTANCE_UID, images.seriesUid())
        .items(
            Tags.REFERENCED_INSTANCE_SEQUENCE,
            images.sopInstanceUids().stream()
                .map(uid -> ObjectHead.reference(images.sopClassUid(), uid).build())
                .toList())
        .build();
  }

  /** Frames are counted by segment first, then by position (PS3.3 C.7.6.17). */
  private static void dimensions(DicomObject.Builder object, String sopInstanceUid) {
    String organization = sopInstanceUid + ".0";
    object
        .items(
            Tags.DIMENSION_ORGANIZATION_SEQUENCE,
            DicomObject.builder().text(Tags.DIMENSION_ORGANIZATION_UID, organization).build())
        .items(
            Tags.DIMENSION_INDEX_SEQUENCE,
            dimension(
                organization,
                Tags.REFERENCED_SEGMENT_NUMBER,
                Tags.SEGMENT_IDENTIFICATION_SEQUENCE,
                "Segment Number"),
            dimension(
                organization,
                Tags.IMAGE_POSITION_PATIENT,
                Tags.PLANE_POSITION_SEQUENCE,
                "Image Position Patient"));
  }

  private static DicomObject dimension(String organization, int pointer, int group, String label) {
    return DicomObject.builder()
        .text(Tags.DIMENSION_ORGANIZATION_UID, organization)
        .integers(Tags.DIMENSION_INDEX_POINTER, turned(pointer))
        .integers(Tags.FUNCTIONAL_GROUP_POINTER, turned(group))
        .text(Tags.DIMENSION_DESCRIPTION_LABEL, label)
        .build();
  }

  /** A tag as the one number that its little-endian bytes, group first, stand for. */
  private static int turned(int tag) {
    return tag << 16 | tag >>> 16;
  }

  private static DicomObject shared(VoxelGrid grid) {
    Point row = grid.rowDirection();
    Point column = grid.columnDirection();
    double planeMm = grid.planes() > 1 ? grid.meanPlaneSpacingMm() : 1;
    return DicomObject.builder()
        .items(
            Tags.PIXEL_MEASURES_SEQUENCE,
            DicomObject.builder()
                .numbers(Tags.SLICE_THICKNESS, planeMm)
                .numbers(Tags.SPACING_BETWEEN_SLICES, planeMm)
                .numbers(Tags.PIXEL_SPACING, grid.rowSpacingMm(), grid.columnSpacingMm())
                .build())
        .items(
            Tags.PLANE_ORIENTATION_SEQUENCE,
            DicomObject.builder()
                .numbers(
                    Tags.IMAGE_ORIENTATION_PATIENT,
                    row.xMm(),
                    row.yMm(),
                    row.zMm(),
                    column.xMm(),
                    column.yMm(),
                    column.zMm())
                .build())
        .build();
  }

  private static DicomObject perFrame(Frame frame, VoxelGrid grid, ContourImages images) {
    Point at = grid.toPatientMm(0, 0, grid.planeOffsetMm(frame.plane()));
    DicomObject source =
        ObjectHead.reference(images.sopClassUid(), images.sopInstanceUids().get(frame.plane()))
            .text(Tags.SPATIAL_LOCATIONS_PRESERVED, "YES")
            .items(Tags.PURPOSE_OF_REFERENCE_CODE_SEQUENCE, ObjectHead.code(SOURCE_IMAGE).build())
            .build();
    return DicomObject.builder()
        .items(
            Tags.DERIVATION_IMAGE_SEQUENCE,
            DicomObject.builder()
                .items(Tags.SOURCE_IMAGE_SEQUENCE, source)
                .items(Tags.DERIVATION_CODE_SEQUENCE, ObjectHead.code(SEGMENTATION).build())
                .build())
        .items(
            Tags.FRAME_CONTENT_SEQUENCE,
            DicomObject.builder()
                .integers(Tags.DIMENSION_INDEX_VALUES, frame.segment(), frame.plane() + 1)
                .build())
        .items(
            Tags.PLANE_POSITION_SEQUENCE,
            DicomObject.builder()
                .numbers(Tags.IMAGE_POSITION_PATIENT, at.xMm(), at.yMm(), at.zMm())
                .build())
        .items(
            Tags.SEGMENT_IDENTIFICATION_SEQUENCE,
            DicomObject.builder().integers(Tags.REFERENCED_SEGMENT_NUMBER, frame.segment()).build())
        .build();
  }

  private static DicomObject.Builder pixels(
      DicomObject.Builder object, VoxelGrid grid, List<Frame> frames) {
    return object
        .integers(Tags.SAMPLES_PER_PIXEL, 1)
        .text(Tags.PHOTOMETRIC_INTERPRETATION, "MONOCHROME2")
        .integers(Tags.NUMBER_OF_FRAMES, frames.size())
        .integers(Tags.ROWS, grid.rows())
        .integers(Tags.COLUMNS, grid.columns())
        .integers(Tags.BITS_ALLOCATED, 1)
        .integers(Tags.BITS_STORED, 1)
        .integers(Tags.HIGH_BIT, 0)
        .integers(Tags.PIXEL_REPRESENTATION, 0)
        .text(Tags.LOSSY_IMAGE_COMPRESSION, "00")
        .bytes(Tags.PIXEL_DATA, Vr.OB, packed(grid, frames));
  }

  /** Bits of all frames in turn, lowest bit first, nothing between frames (PS3.5 8.1.1). */
  private static byte[] packed(VoxelGrid grid, List<Frame> frames) {
    int size = grid.columns() * grid.rows();
    long bits = (long) size * frames.size();
    byte[] packed = new byte[Math.toIntExact((bits + 15) / 16 * 2)];
    long bit = 0;
    for (Frame frame : frames) {
      short[] labels = frame.layer().labels();
      for (int at = frame.plane() * size; at < (frame.plane() + 1) * size; at++, bit++) {
        if (labels[at] == frame.label()) {
          packed[(int) (bit >> 3)] |= (byte) (1 << (bit & 7));
        }
      }
    }
    return packed;
  }
}
