package org.rtpipeline.dicom;

import java.time.LocalDateTime;

/**
 * The series that an object is written into.
 *
 * @param seriesUid (0020,000E)
 * @param number (0020,0011)
 * @param description (0008,103E), cut after 64 characters
 * @param equipment manufacturer and model of what made the object
 * @param made when the object was made: its content, structure set or plan date
 */
public record SeriesContext(
    String seriesUid, int number, String description, Equipment equipment, LocalDateTime made) {

  /**
   * What made an object.
   *
   * @param manufacturer (0008,0070)
   * @param model (0008,1090)
   * @param softwareVersion (0018,1020)
   */
  public record Equipment(String manufacturer, String model, String softwareVersion) {}
}
