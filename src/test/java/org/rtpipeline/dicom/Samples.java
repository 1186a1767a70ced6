package org.rtpipeline.dicom;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.rtpipeline.model.FileRef;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.ScannedFile;

/** Small DICOM objects made by code, and what tests do with them again and again. */
final class Samples {
  static final String CT_UID = "1.2.840.10008.5.1.4.1.1.2";
  static final String PLAN_REFERENCE = "1.2.826.77.1";
  static final String FRAME = "1.2.826.99";

  private Samples() {}

  /** The attributes every object has. */
  static DicomObject.Builder identity(SopClass sopClass, String uid) {
    return DicomObject.builder()
        .text(Tags.SOP_CLASS_UID, sopClass.uid())
        .text(Tags.SOP_INSTANCE_UID, uid)
        .text(Tags.MODALITY, sopClass.modality())
        .text(Tags.PATIENT_ID, "P-1")
        .text(Tags.STUDY_INSTANCE_UID, "1.2.826.1")
        .text(Tags.SERIES_INSTANCE_UID, "1.2.826.2")
        .text(Tags.FRAME_OF_REFERENCE_UID, FRAME);
  }

  /** A reference to one SOP instance. */
  static DicomObject reference(SopClass sopClass, String uid) {
    return DicomObject.builder()
        .text(Tags.REFERENCED_SOP_CLASS_UID, sopClass.uid())
        .text(Tags.REFERENCED_SOP_INSTANCE_UID, uid)
        .build();
  }

  /** A CT slice of 3 columns and 2 rows, sample values 0 to 5, at a height. */
  static DicomObject.Builder ctSlice(String uid, double zMm) {
    return identity(SopClass.CT, uid)
        .text(Tags.IMAGE_TYPE, "ORIGINAL", "PRIMARY", "AXIAL")
        .numbers(Tags.IMAGE_POSITION_PATIENT, -10, -20, zMm)
        .numbers(Tags.IMAGE_ORIENTATION_PATIENT, 1, 0, 0, 0, 1, 0)
        .numbers(Tags.PIXEL_SPACING, 2, 1.5)
        .text(Tags.PHOTOMETRIC_INTERPRETATION, "MONOCHROME2")
        .integers(Tags.SAMPLES_PER_PIXEL, 1)
        .integers(Tags.ROWS, 2)
        .integers(Tags.COLUMNS, 3)
        .integers(Tags.BITS_ALLOCATED, 16)
        .integers(Tags.BITS_STORED, 16)
        .integers(Tags.HIGH_BIT, 15)
        .integers(Tags.PIXEL_REPRESENTATION, 1)
        .numbers(Tags.RESCALE_SLOPE, 1)
        .numbers(Tags.RESCALE_INTERCEPT, -1000)
        .bytes(Tags.PIXEL_DATA, Vr.OW, shorts(0, 1, 2, 3, 4, 5));
  }

  /** A dose of 3 columns, 2 rows and 3 planes 2 mm apart; stored values 0 to 17, 0.5 Gy each. */
  static DicomObject.Builder dose() {
    int[] values = new int[18];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    return identity(SopClass.RT_DOSE, "1.2.826.3")
        .numbers(Tags.IMAGE_POSITION_PATIENT, 1, 2, 3)
        .numbers(Tags.IMAGE_ORIENTATION_PATIENT, 1, 0, 0, 0, 1, 0)
        .numbers(Tags.PIXEL_SPACING, 2.5, 3)
        .text(Tags.PHOTOMETRIC_INTERPRETATION, "MONOCHROME2")
        .integers(Tags.SAMPLES_PER_PIXEL, 1)
        .integers(Tags.NUMBER_OF_FRAMES, 3)
        .integers(Tags.ROWS, 2)
        .integers(Tags.COLUMNS, 3)
        .integers(Tags.BITS_ALLOCATED, 16)
        .integers(Tags.BITS_STORED, 16)
        .integers(Tags.HIGH_BIT, 15)
        .integers(Tags.PIXEL_REPRESENTATION, 0)
        .text(Tags.DOSE_UNITS, "GY")
        .text(Tags.DOSE_TYPE, "PHYSICAL")
        .text(Tags.DOSE_SUMMATION_TYPE, "PLAN")
        .numbers(Tags.GRID_FRAME_OFFSET_VECTOR, 0, 2, 4)
        .numbers(Tags.DOSE_GRID_SCALING, 0.5)
        .items(Tags.REFERENCED_RT_PLAN_SEQUENCE, reference(SopClass.RT_PLAN, PLAN_REFERENCE))
        .bytes(Tags.PIXEL_DATA, Vr.OW, shorts(values));
  }

  /** A structure set with the given items of the three ROI sequences. */
  static DicomObject.Builder structureSet(
      List<DicomObject> rois, List<DicomObject> contours, List<DicomObject> observations) {
    return identity(SopClass.RT_STRUCTURE_SET, "1.2.826.4")
        .text(Tags.STRUCTURE_SET_LABEL, "Planning")
        .text(Tags.STRUCTURE_SET_DATE, "20240301")
        .text(Tags.APPROVAL_STATUS, "APPROVED")
        .items(Tags.STRUCTURE_SET_ROI_SEQUENCE, rois)
        .items(Tags.ROI_CONTOUR_SEQUENCE, contours)
        .items(Tags.RT_ROI_OBSERVATIONS_SEQUENCE, observations);
  }

  static DicomObject roi(int number, String name) {
    return DicomObject.builder()
        .integers(Tags.ROI_NUMBER, number)
        .text(Tags.REFERENCED_FRAME_OF_REFERENCE_UID, FRAME)
        .text(Tags.ROI_NAME, name)
        .text(Tags.ROI_GENERATION_ALGORITHM, "MANUAL")
        .build();
  }

  static DicomObject roiContours(int number, DicomObject... contours) {
    return DicomObject.builder()
        .items(Tags.CONTOUR_SEQUENCE, contours)
        .integers(Tags.REFERENCED_ROI_NUMBER, number)
        .build();
  }

  static DicomObject contour(String type, String data) {
    return DicomObject.builder()
        .text(Tags.CONTOUR_GEOMETRIC_TYPE, type)
        .text(Tags.CONTOUR_DATA, data)
        .build();
  }

  static byte[] file(DicomObject object) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      DicomWriter.write(object, out);
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
    return out.toByteArray();
  }

  static InputStream stream(DicomObject object) {
    return new ByteArrayInputStream(file(object));
  }

  static InputStream stream(DicomObject.Builder builder) {
    return stream(builder.build());
  }

  static DicomFile read(byte[] file, ReadScope scope) throws DicomException {
    return DicomFile.read("made.dcm", new ByteArrayInputStream(file), file.length, scope);
  }

  static ScannedFile scan(byte[] file) {
    return HeaderReader.read(
        new FileRef("file:/data/made.dcm", file.length, 0), new ByteArrayInputStream(file));
  }

  static ScannedFile scan(DicomObject.Builder builder) {
    return scan(file(builder.build()));
  }

  /** The volume of slices that lie in memory. */
  static ReadVolume volume(DicomObject.Builder... slices) throws DicomException {
    Map<String, byte[]> files = new TreeMap<>();
    for (DicomObject.Builder slice : slices) {
      files.put("slice-" + files.size(), file(slice.build()));
    }
    return ImageSeriesReader.read(
        new ArrayList<>(files.keySet()), path -> new ByteArrayInputStream(files.get(path)));
  }

  static List<Finding.Code> codes(List<Finding> findings) {
    return findings.stream().map(Finding::code).toList();
  }

  static byte[] shorts(int... values) {
    ByteBuffer buffer = ByteBuffer.allocate(2 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int value : values) {
      buffer.putShort((short) value);
    }
    return buffer.array();
  }

  static byte[] ints(int... values) {
    ByteBuffer buffer = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int value : values) {
      buffer.putInt(value);
    }
    return buffer.array();
  }

  /** Run length encoding of one frame, literal and replicate runs alike (PS3.5 G). */
  static byte[] runLengths(byte[] samples, int sampleBytes) {
    ByteArrayOutputStream segments = new ByteArrayOutputStream();
    ByteBuffer header = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    header.putInt(sampleBytes);
    for (int plane = sampleBytes - 1; plane >= 0; plane--) {
      header.putInt(64 + segments.size());
      int at = plane;
      while (at < samples.length) {
        int run = 1;
        while (run < 128
            && at + run * sampleBytes < samples.length
            && samples[at + run * sampleBytes] == samples[at]) {
          run++;
        }
        segments.write(run > 1 ? 1 - run : 0);
        segments.write(samples[at]);
        at += run * sampleBytes;
      }
      segments.write(0x80);
      if (segments.size() % 2 != 0) {
        segments.write(0x80);
      }
    }
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.writeBytes(header.array());
    frame.writeBytes(segments.toByteArray());
    return frame.toByteArray();
  }
}
