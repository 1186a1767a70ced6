package org.rtpipeline.dicom;

/** How much of a data set is wanted. */
enum ReadScope {
  /** Everything. */
  WHOLE,
  /** Everything up to and with the pixel data; what trails behind is not looked at. */
  THROUGH_PIXEL_DATA,
  /** Stops before pixel data; contour points and values over 64 KiB are passed over. */
  HEADER;

  private static final int FIRST_PIXEL_DATA_TAG = 0x7FE00000;
  private static final int LARGEST_HEADER_VALUE_BYTES = 64 * 1024;

  /** True when reading ends before this root element. */
  boolean stopsBefore(int tag) {
    return this == HEADER && Integer.compareUnsigned(tag, FIRST_PIXEL_DATA_TAG) >= 0;
  }

  /** True when reading ends behind this root element. */
  boolean stopsAfter(int tag) {
    return this == THROUGH_PIXEL_DATA && tag == Tags.PIXEL_DATA;
  }

  /** True when a value of known length is passed over. */
  boolean passesOver(int tag, long valueBytes) {
    return this == HEADER && (tag == Tags.CONTOUR_DATA || valueBytes > LARGEST_HEADER_VALUE_BYTES);
  }
}
