package org.rtpipeline.dicom;

import org.rtpipeline.model.Finding;

/** Checks that a file holds the kind of object a reader was asked for, and names the object. */
final class ObjectIdentity {
  private ObjectIdentity() {}

  /**
   * The SOP instance UID of an object of the wanted kind.
   *
   * @throws DicomException for an object of another kind, or without a UID
   */
  static String require(String path, DicomFile file, SopClass.Kind kind) throws DicomException {
    String modality = file.object().text(Tags.MODALITY).orElse("");
    SopClass sopClass =
        file.sopClassUid()
            .map(SopClass::withUid)
            .orElseGet(() -> SopClass.ofModality(modality))
            .orElse(null);
    if (sopClass == null || sopClass.kind() != kind) {
      throw new DicomException(
          Finding.Code.MODALITY_MISMATCH,
          path,
          DicomException.NO_OFFSET,
          "SOP class is " + (sopClass == null ? "another" : sopClass) + ", expected " + kind);
    }
    return file.sopInstanceUid()
        .orElseThrow(
            () ->
                new DicomException(
                    Finding.Code.MISSING_UID,
                    path,
                    DicomException.NO_OFFSET,
                    "no SOP instance UID (0008,0018)"));
  }
}
