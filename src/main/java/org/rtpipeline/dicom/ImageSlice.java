package org.rtpipeline.dicom;

import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.Finding;

/**
 * One image of a series, its pixels not yet decoded.
 *
 * @param path the file
 * @param sopInstanceUid (0008,0018)
 * @param seriesUid (0020,000E), empty when absent
 * @param patientId (0010,0020), empty when absent
 * @param frameOfReferenceUid (0020,0052); null when absent
 * @param isLocalizer image type value 3 is LOCALIZER
 * @param plane where it lies
 * @param frames its pixels
 * @param slope rescale slope (0028,1053), 1 when absent
 * @param intercept rescale intercept (0028,1052), 0 when absent
 * @param findings what was odd about the file
 */
record ImageSlice(
    String path,
    String sopInstanceUid,
    String seriesUid,
    String patientId,
    @Nullable String frameOfReferenceUid,
    boolean isLocalizer,
    ImagePlane plane,
    PixelFrames frames,
    double slope,
    double intercept,
    List<Finding> findings) {
  ImageSlice {
    findings = List.copyOf(findings);
  }

  /** The image of a file of a CT, MR or PET series. */
  static ImageSlice of(String path, DicomFile file) throws DicomException {
    String uid = ObjectIdentity.require(path, file, SopClass.Kind.IMAGE);
    DicomObject object = file.object();
    int frames = object.integer(Tags.NUMBER_OF_FRAMES).orElse(1);
    if (frames != 1) {
      throw fault(
          Finding.Code.UNSUPPORTED_PIXEL_FORMAT, path, frames + " frames in one image, expected 1");
    }
    List<String> type = object.texts(Tags.IMAGE_TYPE);
    return new ImageSlice(
        path,
        uid,
        object.text(Tags.SERIES_INSTANCE_UID).orElse(""),
        object.text(Tags.PATIENT_ID).orElse(""),
        object.text(Tags.FRAME_OF_REFERENCE_UID).orElse(null),
        type.size() > 2 && type.get(2).equals("LOCALIZER"),
        ImagePlane.of(path, object),
        PixelFrames.of(path, object),
        rescale(path, object, Tags.RESCALE_SLOPE, 1),
        rescale(path, object, Tags.RESCALE_INTERCEPT, 0),
        file.findings());
  }

  private static double rescale(String path, DicomObject object, int tag, double absent)
      throws DicomException {
    if (object.text(tag).isEmpty()) {
      return absent;
    }
    OptionalDouble number = object.number(tag);
    if (number.isEmpty()
        || !Double.isFinite(number.getAsDouble())
        || (tag == Tags.RESCALE_SLOPE && number.getAsDouble() == 0)) {
      throw fault(
          Finding.Code.INVALID_RESCALE,
          path,
          "rescale slope or intercept is no usable number (0028,1052), (0028,1053)");
    }
    return number.getAsDouble();
  }

  private static DicomException fault(Finding.Code code, String path, String message) {
    return new DicomException(code, path, DicomException.NO_OFFSET, message);
  }
}
