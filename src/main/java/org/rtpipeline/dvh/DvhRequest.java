package org.rtpipeline.dvh;

import java.io.Serializable;

/**
 * What a job wants of doses and volumes.
 *
 * @param options how they are computed
 * @param metrics what is read beyond the fixed columns
 * @param curveObjects DICOM objects with the curves
 */
public record DvhRequest(DvhOptions options, MetricRequest metrics, CurveObjects curveObjects)
    implements Serializable {

  /** The defaults, and nothing beyond the fixed columns. */
  public static final DvhRequest STANDARD =
      new DvhRequest(DvhOptions.DEFAULT, MetricRequest.NONE, CurveObjects.NONE);

  /** DICOM objects that hold curves. */
  public enum CurveObjects {
    /** None: the curves are in the tables. */
    NONE,
    /** One RT Dose with a DVH sequence for each structure set. */
    RT_DOSE
  }

  /** This request with other objects. */
  public DvhRequest withCurveObjects(CurveObjects other) {
    return new DvhRequest(options, metrics, other);
  }
}
