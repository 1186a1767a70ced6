package org.rtpipeline.model;

import java.io.Serializable;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/**
 * What one PET image says of the time and the scale of its values (PS3.3 C.8.9.4); what is absent
 * is null.
 *
 * @param sopInstanceUid (0008,0018)
 * @param positionMm place along the normal of the plane
 * @param seriesTime series date and time (0008,0021), (0008,0031)
 * @param acquisitionTime acquisition date and time (0008,0022), (0008,0032): start of the frame
 * @param referenceMs frame reference time (0054,1300)
 * @param durationMs actual frame duration (0018,1242)
 * @param decayFactor (0054,1321)
 * @param scale what the makers of scanners say in attributes of their own
 */
public record PetImage(
    String sopInstanceUid,
    @Nullable Double positionMm,
    @Nullable LocalDateTime seriesTime,
    @Nullable LocalDateTime acquisitionTime,
    @Nullable Double referenceMs,
    @Nullable Double durationMs,
    @Nullable Double decayFactor,
    PrivateScale scale)
    implements Serializable {

  /**
   * Private attributes that SUV depends on.
   *
   * @param scanTime GEMS_PETD_01 (0009,xx0D): the time to which a GE scanner corrects decay
   * @param suvFactor Philips PET Private Group (7053,xx00): rescaled values to SUV, g/ml
   * @param activityFactor Philips PET Private Group (7053,xx09): rescaled values to Bq/ml
   */
  public record PrivateScale(
      @Nullable LocalDateTime scanTime, @Nullable Double suvFactor, @Nullable Double activityFactor)
      implements Serializable {}
}
