package org.rtpipeline.dicom;

/**
 * What a file may ask of us before it is refused.
 *
 * @param nesting deepest level of items
 * @param items items and fragments of one data set
 * @param valueBytes longest value; one that is longer than the file cannot be true
 */
record ReadLimits(int nesting, int items, long valueBytes) {
  /** Deepest level of items. */
  static final int NESTING = 64;

  /** Most items and fragments of one data set. */
  static final int ITEMS = 1_000_000;

  /** Limits for a file of unknown length. */
  static final ReadLimits STANDARD = new ReadLimits(NESTING, ITEMS, Integer.MAX_VALUE);

  /** The same limits for values that cannot be longer than the stream that holds them. */
  ReadLimits within(long streamBytes) {
    return new ReadLimits(nesting, items, Math.min(valueBytes, streamBytes));
  }
}
