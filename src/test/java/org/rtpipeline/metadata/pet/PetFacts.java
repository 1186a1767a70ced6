package org.rtpipeline.metadata.pet;

import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.CodedConcept;
import org.rtpipeline.model.PetImage;
import org.rtpipeline.model.PetSeries;

/**
 * Facts of a made PET series: 350 MBq of FDG, given to a man of 70 kg and 1.75 m at 9:00, scanned
 * from 10:00, unless a test says otherwise.
 */
record PetFacts(
    PetSeries.Making making,
    PetSeries.Quantity quantity,
    PetSeries.Injection injection,
    PetSeries.Body body,
    List<PetImage> images) {

  static final double HALF_LIFE_S = 6586.2;
  static final LocalDateTime SCAN = LocalDateTime.of(2024, 3, 4, 10, 0);
  static final PetOptions OPTIONS =
      new PetOptions(List.of("ATTN", "SCAT", "DECY"), 0.02, 24, 0.9, SuvVariant.BODY_WEIGHT);

  static PetFacts usual() {
    return new PetFacts(
        making(List.of("ORIGINAL", "PRIMARY"), List.of("WHOLE BODY", "IMAGE"), "osem", "maker"),
        new PetSeries.Quantity("BQML", "", "START"),
        new PetSeries.Injection(
            CodedConcept.snomed("77004003", "^18^Fluorine"),
            CodedConcept.snomed("35321007", "Fluorodeoxyglucose F^18^"),
            "",
            "",
            350e6,
            HALF_LIFE_S,
            null,
            LocalTime.of(9, 0)),
        new PetSeries.Body(70.0, 1.75, "M"),
        List.of(image("1.1", 0, SCAN, SCAN), image("1.2", 300, SCAN, SCAN.plusMinutes(2))));
  }

  static PetSeries.Making making(
      List<String> imageType, List<String> seriesType, String reconstruction, String software) {
    return new PetSeries.Making(
        PetSeries.Frames.ONE,
        imageType,
        seriesType,
        List.of("DECY", "ATTN", "SCAT"),
        reconstruction,
        software);
  }

  static PetImage image(
      String uid,
      double positionMm,
      @Nullable LocalDateTime series,
      @Nullable LocalDateTime acquired) {
    return new PetImage(uid, positionMm, series, acquired, 0.0, 120_000.0, 1.0, NO_SCALE);
  }

  static final PetImage.PrivateScale NO_SCALE = new PetImage.PrivateScale(null, null, null);

  PetFacts with(PetSeries.Making other) {
    return new PetFacts(other, quantity, injection, body, images);
  }

  PetFacts with(PetSeries.Quantity other) {
    return new PetFacts(making, other, injection, body, images);
  }

  PetFacts with(PetSeries.Body other) {
    return new PetFacts(making, quantity, injection, other, images);
  }

  PetFacts with(List<PetImage> other) {
    return new PetFacts(making, quantity, injection, body, other);
  }

  PetFacts given(PetSeries.Injection other) {
    return new PetFacts(making, quantity, other, body, images);
  }

  PetFacts given(@Nullable Double doseBq, @Nullable Double halfLifeS) {
    return given(
        new PetSeries.Injection(
            injection.radionuclide(),
            injection.agent(),
            injection.label(),
            injection.description(),
            doseBq,
            halfLifeS,
            injection.dateTime(),
            injection.time()));
  }

  PetFacts given(@Nullable LocalDateTime dateTime, @Nullable LocalTime time) {
    return given(
        new PetSeries.Injection(
            injection.radionuclide(),
            injection.agent(),
            injection.label(),
            injection.description(),
            injection.doseBq(),
            injection.halfLifeS(),
            dateTime,
            time));
  }

  PetFacts given(String label, String description, String nuclide) {
    return given(
        new PetSeries.Injection(
            new CodedConcept("", "", nuclide),
            null,
            label,
            description,
            injection.doseBq(),
            null,
            null,
            injection.time()));
  }

  PetFacts eachImage(UnaryOperator<PetImage> change) {
    return with(images.stream().map(change).toList());
  }

  PetFacts scaled(@Nullable LocalDateTime scanTime, @Nullable Double suv, @Nullable Double bq) {
    return eachImage(
        i ->
            new PetImage(
                i.sopInstanceUid(),
                i.positionMm(),
                i.seriesTime(),
                i.acquisitionTime(),
                i.referenceMs(),
                i.durationMs(),
                i.decayFactor(),
                new PetImage.PrivateScale(scanTime, suv, bq)));
  }

  PetFacts timed(@Nullable LocalDateTime series) {
    return eachImage(
        i ->
            new PetImage(
                i.sopInstanceUid(),
                i.positionMm(),
                series,
                i.acquisitionTime(),
                i.referenceMs(),
                i.durationMs(),
                i.decayFactor(),
                i.scale()));
  }

  PetFacts framed(@Nullable Double referenceMs, @Nullable Double decayFactor) {
    return eachImage(
        i ->
            new PetImage(
                i.sopInstanceUid(),
                i.positionMm(),
                i.seriesTime(),
                i.acquisitionTime(),
                referenceMs,
                i.durationMs(),
                decayFactor,
                i.scale()));
  }

  PetSeries series() {
    return series("1.2.3", 1);
  }

  PetSeries series(String uid, @Nullable Integer number) {
    return new PetSeries(
        uid, "1.2", number, making, quantity, List.of(injection), body, images, List.of());
  }

  PetVerdict verdict() {
    return PetSuv.judge(series(), OPTIONS);
  }
}
