package org.rtpipeline.dicom;

import java.io.InputStream;
import org.rtpipeline.model.ImageDetail;

/** Reads how an image was made from its header (PS3.3 C.7.5, C.7.6, C.8.2). */
public final class ImageDetailReader {

  private ImageDetailReader() {}

  /**
   * What the header of an image says.
   *
   * @param in at the first byte; the caller closes it
   * @throws DicomException when the file cannot be read or is no image
   */
  public static ImageDetail read(String path, InputStream in) throws DicomException {
    DicomFile file = DicomFile.read(path, in, DicomFile.UNKNOWN_SIZE, ReadScope.HEADER);
    ObjectIdentity.require(path, file, SopClass.Kind.IMAGE);
    DicomObject object = file.object();
    return new ImageDetail(
        new ImageDetail.Scanner(
            object.text(Tags.MANUFACTURER).orElse(null),
            object.text(Tags.MANUFACTURER_MODEL_NAME).orElse(null),
            object.text(Tags.INSTITUTION_NAME).orElse(null),
            object.texts(Tags.SOFTWARE_VERSIONS)),
        new ImageDetail.Exposure(
            Optionals.number(object, Tags.KVP),
            Optionals.number(object, Tags.X_RAY_TUBE_CURRENT),
            Optionals.number(object, Tags.EXPOSURE_TIME),
            Optionals.number(object, Tags.EXPOSURE),
            Optionals.number(object, Tags.SPIRAL_PITCH_FACTOR),
            Optionals.number(object, Tags.REVOLUTION_TIME),
            object.text(Tags.PATIENT_POSITION).orElse(null)),
        new ImageDetail.Reconstruction(
            object.texts(Tags.CONVOLUTION_KERNEL),
            object.text(Tags.RECONSTRUCTION_ALGORITHM).orElse(null),
            Optionals.number(object, Tags.SLICE_THICKNESS),
            Optionals.number(object, Tags.RECONSTRUCTION_DIAMETER),
            Optionals.numbers(object, Tags.PIXEL_SPACING)),
        new ImageDetail.Contrast(
            object.text(Tags.CONTRAST_BOLUS_AGENT).orElse(null),
            object.text(Tags.CONTRAST_BOLUS_ROUTE).orElse(null),
            Optionals.number(object, Tags.CONTRAST_FLOW_RATE),
            Optionals.number(object, Tags.CONTRAST_BOLUS_VOLUME)),
        PatientDetailReader.of(object));
  }
}
