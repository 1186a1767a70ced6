package org.rtpipeline.model;

import java.io.Serializable;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the headers of a PET series say (PS3.3 C.8.9), as they say it; nothing is judged yet.
 *
 * @param seriesUid (0020,000E)
 * @param studyUid (0020,000D)
 * @param seriesNumber (0020,0011); null when absent
 * @param making how the images were made
 * @param quantity what their values are
 * @param injections items of the radiopharmaceutical information sequence (0054,0016)
 * @param body the patient on the day
 * @param images in ascending order of SOP instance UID
 * @param differing names of attributes that are not the same in all images, which they must be
 */
public record PetSeries(
    String seriesUid,
    String studyUid,
    @Nullable Integer seriesNumber,
    Making making,
    Quantity quantity,
    List<Injection> injections,
    Body body,
    List<PetImage> images,
    List<String> differing)
    implements Serializable {

  /** Copies the lists. */
  public PetSeries {
    injections = List.copyOf(injections);
    images = List.copyOf(images);
    differing = List.copyOf(differing);
  }

  /** Distance from the first to the last plane, mm; nothing for planes without a place. */
  public double extentMm() {
    DoubleSummaryStatistics places =
        images.stream()
            .map(PetImage::positionMm)
            .flatMap(Stream::ofNullable)
            .mapToDouble(Double::doubleValue)
            .summaryStatistics();
    return places.getCount() == 0 ? 0 : places.getMax() - places.getMin();
  }

  /**
   * How the images were made.
   *
   * @param frames ONE when every object holds one image
   * @param imageType (0008,0008)
   * @param seriesType (0054,1000): STATIC, DYNAMIC, GATED or WHOLE BODY; IMAGE or REPROJECTION
   * @param corrections corrected image (0028,0051): ATTN, SCAT, DECY, …
   * @param reconstruction reconstruction method (0054,1103) and series description (0008,103E)
   * @param software manufacturer, model and software versions
   */
  public record Making(
      Frames frames,
      List<String> imageType,
      List<String> seriesType,
      List<String> corrections,
      String reconstruction,
      String software)
      implements Serializable {

    /** Copies the lists. */
    public Making {
      imageType = List.copyOf(imageType);
      seriesType = List.copyOf(seriesType);
      corrections = List.copyOf(corrections);
    }
  }

  /** Images in one object. */
  public enum Frames {
    ONE,
    SEVERAL
  }

  /**
   * What the values are.
   *
   * @param units (0054,1001): BQML, CNTS, GML, …; empty when absent
   * @param suvType (0054,1006): BW, LBM, …; empty when absent
   * @param decayCorrection (0054,1102): START, ADMIN or NONE; empty when absent
   */
  public record Quantity(String units, String suvType, String decayCorrection)
      implements Serializable {}

  /**
   * What was given; what is absent is null.
   *
   * @param radionuclide radionuclide code sequence (0054,0300)
   * @param agent radiopharmaceutical code sequence (0054,0304)
   * @param label radiopharmaceutical (0018,0031), in lower case; never shown
   * @param description series and study description, in lower case; never shown
   * @param doseBq radionuclide total dose (0018,1074)
   * @param halfLifeS radionuclide half life (0018,1075)
   * @param dateTime radiopharmaceutical start date time (0018,1078)
   * @param time radiopharmaceutical start time (0018,1072)
   */
  public record Injection(
      @Nullable CodedConcept radionuclide,
      @Nullable CodedConcept agent,
      String label,
      String description,
      @Nullable Double doseBq,
      @Nullable Double halfLifeS,
      @Nullable LocalDateTime dateTime,
      @Nullable LocalTime time)
      implements Serializable {}

  /**
   * The patient; what is absent is null.
   *
   * @param weightKg patient's weight (0010,1030)
   * @param size patient's size (0010,1020): m, as written
   * @param sex patient's sex (0010,0040): M, F or O; empty when absent
   */
  public record Body(@Nullable Double weightKg, @Nullable Double size, String sex)
      implements Serializable {}
}
