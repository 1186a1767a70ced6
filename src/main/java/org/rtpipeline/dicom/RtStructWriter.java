package org.rtpipeline.dicom;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.rtpipeline.model.Contour;
import org.rtpipeline.model.Roi;
import org.rtpipeline.model.StructureSet;

/**
 * Writes structure sets (PS3.3 A.19) that refer to the image series they were drawn on.
 *
 * <p>Coordinates are rounded to {@value #STEPS_PER_MM} steps per mm, so that within 1 m of the
 * origin they have at most 9 characters, and 10 within 10 m. Labels longer than DICOM allows are
 * cut; the whole label stays in the structure set name.
 */
public final class RtStructWriter {

  /** Contour coordinates are multiples of one such part of a mm. */
  public static final int STEPS_PER_MM = 10_000;

  private static final int DECIMALS = 4;
  private static final double FARTHEST_MM = 1e9;

  private static final int[][] COLOURS = {
    {230, 25, 75}, {60, 180, 75}, {255, 225, 25}, {0, 130, 200}, {245, 130, 48}, {145, 30, 180},
    {70, 240, 240}, {240, 50, 230}, {210, 245, 60}, {250, 190, 212}, {0, 128, 128}, {220, 190, 255},
    {170, 110, 40}, {255, 250, 200}, {128, 0, 0}, {170, 255, 195}, {128, 128, 0}, {255, 215, 180}
  };

  private RtStructWriter() {}

  /**
   * Writes one structure set as a DICOM file.
   *
   * @param set what to write; its frame of reference, where it names one, must be that of the study
   * @param images the series it refers to; a contour that names an image names one of these
   */
  public static void write(
      StudyContext study,
      SeriesContext series,
      StructureSet set,
      ContourImages images,
      OutputStream out)
      throws IOException {
    write(study, series, set, images, RoiOrigin.UNKNOWN, out);
  }

  /**
   * Writes one structure set as a DICOM file, with what is known of the way its regions were made.
   *
   * @param set what to write; its frame of reference, where it names one, must be that of the study
   * @param images the series it refers to; a contour that names an image names one of these
   * @param origin what made the regions, and what they are in coded terms
   */
  public static void write(
      StudyContext study,
      SeriesContext series,
      StructureSet set,
      ContourImages images,
      RoiOrigin origin,
      OutputStream out)
      throws IOException {
    String frame = set.frameOfReferenceUid();
    if (frame != null && !frame.equals(study.frameOfReferenceUid())) {
      throw new IllegalArgumentException(
          "structure set is in frame " + frame + ", study in " + study.frameOfReferenceUid());
    }
    DicomObject.Builder object =
        ObjectHead.begin(study, series, StorageClass.RT_STRUCTURE_SET, set.sopInstanceUid())
            .text(Tags.MODALITY, "RTSTRUCT")
            .text(Tags.STRUCTURE_SET_LABEL, ObjectHead.shortText(set.label()))
            .text(Tags.STRUCTURE_SET_NAME, ObjectHead.longText(set.label()))
            .text(Tags.STRUCTURE_SET_DATE, ObjectHead.date(series.made().toLocalDate()))
            .text(Tags.STRUCTURE_SET_TIME, ObjectHead.time(series.made().toLocalTime()))
            .items(Tags.REFERENCED_FRAME_OF_REFERENCE_SEQUENCE, frameReference(study, images))
            .items(
                Tags.STRUCTURE_SET_ROI_SEQUENCE,
                set.rois().stream().map(roi -> regionItem(roi, study, origin)).toList())
            .items(
                Tags.ROI_CONTOUR_SEQUENCE,
                set.rois().stream().map(roi -> contoursItem(roi, images)).toList())
            .items(
                Tags.RT_ROI_OBSERVATIONS_SEQUENCE,
                set.rois().stream().map(roi -> observationItem(roi, origin)).toList());
    Approval.add(object, set.approvalStatus(), series);
    ObjectHead.frameOfReference(object, study);
    DicomWriter.write(object.build(), out);
  }

  private static DicomObject frameReference(StudyContext study, ContourImages images) {
    List<DicomObject> imageItems =
        images.sopInstanceUids().stream()
            .map(uid -> ObjectHead.reference(images.sopClassUid(), uid).build())
            .toList();
    DicomObject seriesItem =
        DicomObject.builder()
            .text(Tags.SERIES_INSTANCE_UID, images.seriesUid())
            .items(Tags.CONTOUR_IMAGE_SEQUENCE, imageItems)
            .build();
    DicomObject studyItem =
        ObjectHead.reference(StorageClass.DETACHED_STUDY_MANAGEMENT, images.studyUid())
            .items(Tags.RT_REFERENCED_SERIES_SEQUENCE, seriesItem)
            .build();
    return DicomObject.builder()
        .text(Tags.FRAME_OF_REFERENCE_UID, study.frameOfReferenceUid())
        .items(Tags.RT_REFERENCED_STUDY_SEQUENCE, studyItem)
        .build();
  }

  private static DicomObject regionItem(Roi roi, StudyContext study, RoiOrigin origin) {
    String frame = roi.frameOfReferenceUid();
    String algorithm = roi.generationAlgorithm();
    DicomObject.Builder item = DicomObject.builder();
    origin
        .of(roi)
        .ifPresent(
            structure ->
                item.text(Tags.ROI_DESCRIPTION, structure.description())
                    .text(Tags.ROI_GENERATION_DESCRIPTION, ObjectHead.longText(origin.method())));
    return item.integers(Tags.ROI_NUMBER, roi.number())
        .text(
            Tags.REFERENCED_FRAME_OF_REFERENCE_UID,
            frame == null ? study.frameOfReferenceUid() : frame)
        .text(Tags.ROI_NAME, ObjectHead.longText(roi.name()))
        .text(
            Tags.ROI_GENERATION_ALGORITHM, algorithm == null ? "" : ObjectHead.shortText(algorithm))
        .build();
  }

  private static DicomObject contoursItem(Roi roi, ContourImages images) {
    DicomObject.Builder item =
        DicomObject.builder()
            .integers(Tags.ROI_DISPLAY_COLOR, COLOURS[Math.floorMod(roi.number(), COLOURS.length)])
            .integers(Tags.REFERENCED_ROI_NUMBER, roi.number());
    if (!roi.contours().isEmpty()) {
      item.items(
          Tags.CONTOUR_SEQUENCE,
          roi.contours().stream().map(contour -> contourItem(contour, images)).toList());
    }
    return item.build();
  }

  private static DicomObject contourItem(Contour contour, ContourImages images) {
    DicomObject.Builder item = DicomObject.builder();
    String image = contour.imageSopInstanceUid();
    if (image != null) {
      item.items(
          Tags.CONTOUR_IMAGE_SEQUENCE, ObjectHead.reference(images.sopClassUid(), image).build());
    }
    return item.text(Tags.CONTOUR_GEOMETRIC_TYPE, contour.type().name())
        .integers(Tags.NUMBER_OF_CONTOUR_POINTS, contour.points())
        .bytes(Tags.CONTOUR_DATA, Vr.DS, coordinates(contour.pointsMm()))
        .build();
  }

  private static DicomObject observationItem(Roi roi, RoiOrigin origin) {
    String type = roi.interpretedType();
    DicomObject.Builder item =
        DicomObject.builder()
            .integers(Tags.OBSERVATION_NUMBER, roi.number())
            .integers(Tags.REFERENCED_ROI_NUMBER, roi.number())
            .text(Tags.RT_ROI_INTERPRETED_TYPE, type == null ? "" : type)
            .empty(Tags.ROI_INTERPRETER);
    origin
        .of(roi)
        .ifPresent(
            structure ->
                item.items(
                    Tags.RT_ROI_IDENTIFICATION_CODE_SEQUENCE,
                    SegmentItems.typeCode(structure.code())));
    return item.build();
  }

  /** The numbers as DS text: at most four decimals, parted by backslashes. */
  static byte[] coordinates(double[] numbersMm) {
    StringBuilder text = new StringBuilder(numbersMm.length * 9);
    for (int i = 0; i < numbersMm.length; i++) {
      if (i > 0) {
        text.append('\\');
      }
      append(text, numbersMm[i]);
    }
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static void append(StringBuilder text, double numberMm) {
    if (!(Math.abs(numberMm) < FARTHEST_MM)) {
      throw new IllegalArgumentException("no place in a patient: " + numberMm + " mm");
    }
    long steps = Math.round(numberMm * STEPS_PER_MM);
    if (steps < 0) {
      text.append('-');
      steps = -steps;
    }
    text.append(steps / STEPS_PER_MM);
    long rest = steps % STEPS_PER_MM;
    if (rest != 0) {
      String digits = Long.toString(rest + STEPS_PER_MM);
      int end = DECIMALS + 1;
      while (digits.charAt(end - 1) == '0') {
        end--;
      }
      text.append('.').append(digits, 1, end);
    }
  }
}
