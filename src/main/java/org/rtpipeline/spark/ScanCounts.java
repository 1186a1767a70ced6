package org.rtpipeline.spark;

import java.io.Serializable;
import org.rtpipeline.model.ScannedFile;

/**
 * How many files the scan saw.
 *
 * @param used with a usable object
 * @param ignored of no use here
 * @param rejected that cannot be used
 * @param seen that were listed
 * @param known that were not opened, since the catalogue knew them
 * @param lasting that the next scan need not open
 * @param broken that were opened because the catalogue could not be read
 */
record ScanCounts(
    long used, long ignored, long rejected, long seen, long known, long lasting, long broken)
    implements Serializable {

  static final ScanCounts NONE = new ScanCounts(0, 0, 0, 0, 0, 0, 0);

  static ScanCounts of(SeenFile file) {
    return new ScanCounts(
        one(file.use() == ScannedFile.Use.USED),
        one(file.use() == ScannedFile.Use.IGNORED),
        one(file.use() == ScannedFile.Use.REJECTED),
        1,
        one(file.origin() == SeenFile.Origin.KNOWN),
        one(file.isLasting()),
        one(file.origin() == SeenFile.Origin.READ_FOR_BROKEN_CATALOGUE));
  }

  private static long one(boolean isSo) {
    return isSo ? 1 : 0;
  }

  ScanCounts plus(ScanCounts other) {
    return new ScanCounts(
        used + other.used,
        ignored + other.ignored,
        rejected + other.rejected,
        seen + other.seen,
        known + other.known,
        lasting + other.lasting,
        broken + other.broken);
  }
}
