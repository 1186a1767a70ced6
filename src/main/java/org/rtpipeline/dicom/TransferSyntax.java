package org.rtpipeline.dicom;

/** Transfer syntax UIDs (PS3.5 A, PS3.6 A). */
final class TransferSyntax {
  static final String IMPLICIT_VR_LITTLE_ENDIAN = "1.2.840.10008.1.2";
  static final String EXPLICIT_VR_LITTLE_ENDIAN = "1.2.840.10008.1.2.1";
  static final String DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN = "1.2.840.10008.1.2.1.99";
  static final String EXPLICIT_VR_BIG_ENDIAN = "1.2.840.10008.1.2.2";
  static final String JPEG_BASELINE_8_BIT = "1.2.840.10008.1.2.4.50";
  static final String JPEG_LOSSLESS = "1.2.840.10008.1.2.4.57";
  static final String JPEG_LOSSLESS_SV1 = "1.2.840.10008.1.2.4.70";
  static final String JPEG_2000_LOSSLESS = "1.2.840.10008.1.2.4.90";
  static final String JPEG_2000 = "1.2.840.10008.1.2.4.91";
  static final String RLE_LOSSLESS = "1.2.840.10008.1.2.5";

  private TransferSyntax() {}

  /** True for data sets whose pixel data lie as plain samples. */
  static boolean isNative(String uid) {
    return uid.equals(IMPLICIT_VR_LITTLE_ENDIAN)
        || uid.equals(EXPLICIT_VR_LITTLE_ENDIAN)
        || uid.equals(DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN)
        || uid.equals(EXPLICIT_VR_BIG_ENDIAN);
  }
}
