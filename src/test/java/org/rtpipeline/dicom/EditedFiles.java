package org.rtpipeline.dicom;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Changes attributes of DICOM files that lie on disk. */
public final class EditedFiles {

  /** Leaf pairs of phantom plans, 10 mm wide. */
  private static final int LEAF_PAIRS = 40;

  private EditedFiles() {}

  /** Gives an object a patient, staff and a reviewer, each under a name of its own. */
  public static void namePeople(Path file) throws IOException {
    rewrite(
        file,
        read(file)
            .text(Tags.PATIENT_NAME, "Kowalska^Maria")
            .text(Tags.PATIENT_BIRTH_DATE, "19510203")
            .text(Tags.REFERRING_PHYSICIAN_NAME, "Referent^Rita")
            .text(Tags.PHYSICIANS_OF_RECORD, "Recordman^Rob")
            .text(Tags.PERFORMING_PHYSICIAN_NAME, "Performer^Paul")
            .text(Tags.OPERATORS_NAME, "Operator^Olga")
            .text(Tags.REVIEWER_NAME, "Reviewer^Remi"));
  }

  /** Puts an object under another SOP instance UID into another file. */
  public static void copyUnder(String sopInstanceUid, Path from, Path to) throws IOException {
    rewrite(to, read(from).text(Tags.SOP_INSTANCE_UID, sopInstanceUid));
  }

  /** Puts an object with another series description, but under its UID, into another file. */
  public static void copyWithDescription(String description, Path from, Path to)
      throws IOException {
    rewrite(to, read(from).text(Tags.SERIES_DESCRIPTION, description));
  }

  /** Takes the references to structure sets out of a plan. */
  public static void forgetStructureSet(Path plan) throws IOException {
    rewrite(plan, read(plan).items(Tags.REFERENCED_STRUCTURE_SET_SEQUENCE));
  }

  /** Puts a structure set into a frame of reference of its own, as rt-utils does. */
  public static void putIntoFrame(String frameUid, Path structureSet) throws IOException {
    DicomObject.Builder object = read(structureSet);
    DicomObject whole = object.build();
    rewrite(
        structureSet,
        object
            .without(Tags.FRAME_OF_REFERENCE_UID)
            .items(
                Tags.REFERENCED_FRAME_OF_REFERENCE_SEQUENCE,
                inFrame(
                    whole,
                    Tags.REFERENCED_FRAME_OF_REFERENCE_SEQUENCE,
                    Tags.FRAME_OF_REFERENCE_UID,
                    frameUid))
            .items(
                Tags.STRUCTURE_SET_ROI_SEQUENCE,
                inFrame(
                    whole,
                    Tags.STRUCTURE_SET_ROI_SEQUENCE,
                    Tags.REFERENCED_FRAME_OF_REFERENCE_UID,
                    frameUid)));
  }

  private static List<DicomObject> inFrame(
      DicomObject whole, int sequence, int attribute, String frameUid) {
    return whole.items(sequence).stream()
        .map(item -> DicomObject.builder().all(item).text(attribute, frameUid).build())
        .toList();
  }

  /**
   * Turns the open fields of a phantom plan into arcs from 181 degrees clockwise to 179 whose ten
   * leaf pairs between the jaws stand 100 mm apart at every other control point, and 80 mm between.
   * The meterset grows with the square of the way. Only what changes is repeated.
   */
  public static void turnIntoArcs(Path plan, int controlPoints) throws IOException {
    DicomObject.Builder object = read(plan);
    List<DicomObject> arcs =
        object.build().items(Tags.BEAM_SEQUENCE).stream()
            .map(beam -> arc(beam, controlPoints))
            .toList();
    rewrite(plan, object.items(Tags.BEAM_SEQUENCE, arcs));
  }

  private static DicomObject arc(DicomObject beam, int controlPoints) {
    DicomObject open = beam.items(Tags.CONTROL_POINT_SEQUENCE).get(0);
    List<DicomObject> points = new ArrayList<>();
    for (int i = 0; i < controlPoints; i++) {
      double part = (double) i / (controlPoints - 1);
      DicomObject.Builder point = DicomObject.builder();
      points.add(
          (i == 0 ? point.all(open) : point)
              .integers(Tags.CONTROL_POINT_INDEX, i)
              .numbers(Tags.GANTRY_ANGLE, (181 + 358 * part) % 360)
              .text(Tags.GANTRY_ROTATION_DIRECTION, i + 1 < controlPoints ? "CW" : "NONE")
              .items(Tags.BEAM_LIMITING_DEVICE_POSITION_SEQUENCE, positions(i))
              .numbers(Tags.CUMULATIVE_METERSET_WEIGHT, part * part)
              .build());
    }
    return DicomObject.builder()
        .all(beam)
        .text(Tags.BEAM_TYPE, "DYNAMIC")
        .integers(Tags.NUMBER_OF_CONTROL_POINTS, controlPoints)
        .items(Tags.CONTROL_POINT_SEQUENCE, points)
        .build();
  }

  private static List<DicomObject> positions(int point) {
    double halfMm = point % 2 == 0 ? 50 : 40;
    double[] leavesMm = new double[2 * LEAF_PAIRS];
    for (int pair = LEAF_PAIRS / 2 - 5; pair < LEAF_PAIRS / 2 + 5; pair++) {
      leavesMm[pair] = -halfMm;
      leavesMm[LEAF_PAIRS + pair] = halfMm;
    }
    DicomObject leaves = positions("MLCX", leavesMm);
    return point == 0
        ? List.of(positions("ASYMX", -60, 60), positions("ASYMY", -50, 50), leaves)
        : List.of(leaves);
  }

  private static DicomObject positions(String device, double... mm) {
    return DicomObject.builder()
        .text(Tags.RT_BEAM_LIMITING_DEVICE_TYPE, device)
        .numbers(Tags.LEAF_JAW_POSITIONS, mm)
        .build();
  }

  private static DicomObject.Builder read(Path file) throws IOException {
    try {
      byte[] bytes = Files.readAllBytes(file);
      return DicomObject.builder().all(Samples.read(bytes, ReadScope.WHOLE).object());
    } catch (DicomException e) {
      throw new IOException(file.toString(), e);
    }
  }

  private static void rewrite(Path file, DicomObject.Builder object) throws IOException {
    Files.write(file, Samples.file(object.build()));
  }
}
