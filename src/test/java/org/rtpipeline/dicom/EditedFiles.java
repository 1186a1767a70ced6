package org.rtpipeline.dicom;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Changes attributes of DICOM files that lie on disk. */
public final class EditedFiles {

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
