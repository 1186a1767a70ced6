package org.rtpipeline.dicom;

import java.io.InputStream;
import org.rtpipeline.model.DoseDetail;

/** Reads what the header of an RTDOSE says of its grid; no dose is read. */
public final class DoseDetailReader {

  private DoseDetailReader() {}

  /**
   * The grid of a dose as its object describes it.
   *
   * @param in at the first byte; the caller closes it
   * @throws DicomException when the file cannot be read or is no dose
   */
  public static DoseDetail read(String path, InputStream in) throws DicomException {
    DicomFile file = DicomFile.read(path, in, DicomFile.UNKNOWN_SIZE, ReadScope.HEADER);
    String uid = ObjectIdentity.require(path, file, SopClass.Kind.DOSE);
    DicomObject object = file.object();
    return new DoseDetail(
        uid,
        object.text(Tags.DOSE_UNITS).orElse(null),
        object.text(Tags.DOSE_TYPE).orElse(null),
        object.text(Tags.DOSE_SUMMATION_TYPE).orElse(null),
        Optionals.integer(object, Tags.ROWS),
        Optionals.integer(object, Tags.COLUMNS),
        Optionals.integer(object, Tags.NUMBER_OF_FRAMES),
        Optionals.numbers(object, Tags.PIXEL_SPACING),
        Optionals.numbers(object, Tags.IMAGE_POSITION_PATIENT),
        Optionals.numbers(object, Tags.GRID_FRAME_OFFSET_VECTOR),
        Optionals.number(object, Tags.DOSE_GRID_SCALING),
        PatientDetailReader.of(object));
  }
}
