package org.rtpipeline.dvh;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What a metric came to.
 *
 * @param value the number; null when it has no meaning here
 * @param unit unit of the number, empty for none
 * @param reason one sentence when there is no number; null otherwise
 */
public record MetricValue(@Nullable Double value, String unit, @Nullable String reason)
    implements Serializable {

  /** Refuses a missing number without a reason. */
  public MetricValue {
    if ((value == null) == (reason == null)) {
      throw new IllegalArgumentException("a metric has a value or a reason, got " + value);
    }
  }
}
