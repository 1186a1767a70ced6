package org.rtpipeline.dicom;

import org.rtpipeline.model.Finding;

/** A DICOM file or series cannot be used: which kind of fault, in which file, at which byte. */
public final class DicomException extends Exception {
  /** Offset of a fault that belongs to no single byte. */
  public static final long NO_OFFSET = -1;

  private static final long serialVersionUID = 1L;

  private final Finding.Code code;
  private final String path;
  private final long offset;
  private final String reason;

  /**
   * A fault.
   *
   * @param code kind of fault
   * @param path file, or series UID when the fault belongs to no single file
   * @param offset byte in the (inflated) stream, {@link #NO_OFFSET} when none is to blame
   * @param message attribute, value seen and what was expected; no patient data
   */
  public DicomException(Finding.Code code, String path, long offset, String message) {
    super(code + " " + path + (offset == NO_OFFSET ? "" : " at byte " + offset) + ": " + message);
    this.code = code;
    this.path = path;
    this.offset = offset;
    this.reason = message;
  }

  /** Kind of fault. */
  public Finding.Code code() {
    return code;
  }

  /** The file, or the series UID when the fault belongs to no single file. */
  public String path() {
    return path;
  }

  /** Byte in the (inflated) stream; {@link #NO_OFFSET} when none is to blame. */
  public long offset() {
    return offset;
  }

  /**
   * The fault as a finding.
   *
   * @param level what follows from it
   * @param subject SOP instance UID, file name or course key
   */
  public Finding finding(Finding.Level level, String subject) {
    return new Finding(
        level, code, subject, offset == NO_OFFSET ? reason : reason + " (byte " + offset + ")");
  }
}
