package org.rtpipeline.model;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an image was made, as far as reports on image features ask for it (IBSI 1, reporting
 * guidelines 6 to 14). Every value is null, and every list empty, when the object does not say.
 *
 * @param scanner what made it
 * @param exposure how it was exposed
 * @param reconstruction how it was reconstructed
 * @param contrast contrast agent
 * @param patient what the object says of the patient
 */
public record ImageDetail(
    Scanner scanner,
    Exposure exposure,
    Reconstruction reconstruction,
    Contrast contrast,
    PatientDetail patient)
    implements Serializable {

  /**
   * What made an image.
   *
   * @param manufacturer (0008,0070)
   * @param model manufacturer's model name (0008,1090)
   * @param institution institution name (0008,0080)
   * @param software software versions (0018,1020)
   */
  public record Scanner(
      @Nullable String manufacturer,
      @Nullable String model,
      @Nullable String institution,
      List<String> software)
      implements Serializable {

    /** Copies the list. */
    public Scanner {
      software = List.copyOf(software);
    }
  }

  /**
   * How an image was exposed.
   *
   * @param tubeVoltageKv KVP (0018,0060)
   * @param tubeCurrentMa X-ray tube current (0018,1151), mA
   * @param exposureTimeMs exposure time (0018,1150), ms
   * @param exposureMas exposure (0018,1152), mAs
   * @param pitchFactor spiral pitch factor (0018,9311)
   * @param rotationTimeS revolution time (0018,9305), s
   * @param patientPosition (0018,5100)
   */
  public record Exposure(
      @Nullable Double tubeVoltageKv,
      @Nullable Double tubeCurrentMa,
      @Nullable Double exposureTimeMs,
      @Nullable Double exposureMas,
      @Nullable Double pitchFactor,
      @Nullable Double rotationTimeS,
      @Nullable String patientPosition)
      implements Serializable {}

  /**
   * How an image was reconstructed.
   *
   * @param kernels convolution kernel (0018,1210)
   * @param algorithm reconstruction algorithm (0018,9315)
   * @param sliceThicknessMm (0018,0050)
   * @param diameterMm reconstruction diameter (0018,1100)
   * @param pixelSpacingMm (0028,0030): between rows, then between columns
   */
  public record Reconstruction(
      List<String> kernels,
      @Nullable String algorithm,
      @Nullable Double sliceThicknessMm,
      @Nullable Double diameterMm,
      List<Double> pixelSpacingMm)
      implements Serializable {

    /** Copies the lists. */
    public Reconstruction {
      kernels = List.copyOf(kernels);
      pixelSpacingMm = List.copyOf(pixelSpacingMm);
    }
  }

  /**
   * Contrast agent.
   *
   * @param agent contrast/bolus agent (0018,0010)
   * @param route contrast/bolus route (0018,1040)
   * @param flowRateMlPerS contrast flow rate (0018,1046), ml/s
   * @param totalVolumeMl contrast/bolus volume (0018,1041), ml
   */
  public record Contrast(
      @Nullable String agent,
      @Nullable String route,
      @Nullable Double flowRateMlPerS,
      @Nullable Double totalVolumeMl)
      implements Serializable {}
}
