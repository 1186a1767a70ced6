package org.rtpipeline.metadata.pet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rtpipeline.metadata.pet.PetFacts.HALF_LIFE_S;
import static org.rtpipeline.metadata.pet.PetFacts.SCAN;
import static org.rtpipeline.metadata.pet.PetFacts.making;
import static org.rtpipeline.metadata.pet.PetFacts.usual;

import java.time.LocalTime;
import java.util.List;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rtpipeline.metadata.pet.PetVerdict.Standing;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.PetImage;
import org.rtpipeline.model.PetSeries;
import org.rtpipeline.model.PetSeries.Quantity;
import org.rtpipeline.model.Tracer;

/** Factors worked out by hand: 70 kg and 350 MBq give 2e-4 g/Bq, an hour of fluorine-18 1.4606. */
final class PetSuvTest {

  private static final Offset<Double> EXACT = Offset.offset(1e-15);
  private static final double UNDECAYED = 70_000 / 350e6;
  private static final double HOUR = Math.pow(2, 3600 / HALF_LIFE_S);

  @Test
  void theDoseDecaysFromInjectionToTheStartOfTheScan() {
    PetVerdict verdict = usual().verdict();

    assertThat(factor(verdict)).isCloseTo(UNDECAYED * HOUR, EXACT);
    assertThat(factor(verdict)).isCloseTo(2.92128e-4, Offset.offset(1e-9));
    assertThat(verdict.standing()).isEqualTo(Standing.PRIMARY);
    assertThat(verdict.findings()).isEmpty();
    assertThat(verdict.known().tracer()).isEqualTo(Tracer.FDG);
    assertThat(verdict.obstacle(SuvVariant.LEAN_JAMES)).isEmpty();
  }

  @Test
  void valuesCorrectedToTheInjectionNeedNoTimes() {
    PetVerdict verdict =
        usual().with(new Quantity("BQML", "", "ADMIN")).given(null, (LocalTime) null).verdict();

    assertThat(factor(verdict)).isCloseTo(UNDECAYED, EXACT);
  }

  @Test
  void valuesThatAreNotCorrectedAreCorrectedImageByImage() {
    PetVerdict verdict =
        usual()
            .with(
                new PetSeries.Making(
                    PetSeries.Frames.ONE,
                    List.of("ORIGINAL", "PRIMARY"),
                    List.of(),
                    List.of("ATTN", "SCAT"),
                    "osem",
                    ""))
            .with(new Quantity("BQML", "", "NONE"))
            .verdict();

    double decays = Math.log(2) * 120 / HALF_LIFE_S;
    double overFrame = decays / (1 - Math.exp(-decays));
    SuvScale scale = Objects.requireNonNull(verdict.scale());
    assertThat(scale.byImage().get("1.1"))
        .isCloseTo(UNDECAYED * HOUR * overFrame, Offset.offset(1e-12));
    assertThat(scale.byImage().get("1.2"))
        .isCloseTo(UNDECAYED * Math.pow(2, 3720 / HALF_LIFE_S) * overFrame, Offset.offset(1e-12));
    assertThat(codes(verdict)).containsExactly(Finding.Code.PET_DECAY_CORRECTION);
  }

  @Test
  void countsOfPhilipsBecomeUptakeByTheirOwnFactor() {
    PetVerdict verdict =
        usual()
            .with(new Quantity("CNTS", "", "START"))
            .scaled(null, 0.00042, 7.5)
            .given(null, HALF_LIFE_S)
            .verdict();

    assertThat(factor(verdict)).isEqualTo(0.00042);
  }

  @Test
  void countsOfPhilipsBecomeActivityWhereNoUptakeFactorIsThere() {
    PetVerdict verdict =
        usual().with(new Quantity("CNTS", "", "START")).scaled(null, null, 7.5).verdict();

    assertThat(factor(verdict)).isCloseTo(7.5 * UNDECAYED * HOUR, EXACT);
  }

  @Test
  void gramPerMillilitreIsUptakeByBodyWeightUnlessItSaysOtherwise() {
    assertThat(factor(usual().with(new Quantity("GML", "", "START")).verdict())).isEqualTo(1);
    assertThat(factor(usual().with(new Quantity("GML", "BW", "START")).verdict())).isEqualTo(1);
    PetVerdict lean = usual().with(new Quantity("GML", "LBMJANMA", "START")).verdict();
    assertThat(factor(lean) * ratio(lean, SuvVariant.LEAN_JANMAHASATIAN)).isCloseTo(1, EXACT);
    PetVerdict james = usual().with(new Quantity("GML", "LBMJAMES128", "START")).verdict();
    assertThat(factor(james) * ratio(james, SuvVariant.LEAN_JAMES)).isCloseTo(1, EXACT);
    PetVerdict surface = usual().with(new Quantity("CM2ML", "BSA", "START")).verdict();
    assertThat(factor(surface) * ratio(surface, SuvVariant.BODY_SURFACE)).isCloseTo(1, EXACT);
  }

  @Test
  void leanMassAndSurfaceAreThoseOfTheirFormulas() {
    // BMI 22.857: 648900 / 11617.14 = 55.857 kg; 77 - 128 * 0.16 = 56.52 kg; 1.8481 m²
    PetVerdict man = usual().verdict();
    assertThat(ratio(man, SuvVariant.BODY_WEIGHT)).isEqualTo(1);
    assertThat(ratio(man, SuvVariant.LEAN_JANMAHASATIAN))
        .isCloseTo(55.85713 / 70, Offset.offset(1e-6));
    assertThat(ratio(man, SuvVariant.LEAN_JAMES)).isCloseTo(56.52 / 70, Offset.offset(1e-12));
    assertThat(ratio(man, SuvVariant.BODY_SURFACE))
        .isCloseTo(18_480.8 / 70_000, Offset.offset(1e-5));
    // 648900 / 14357.14 = 45.197 kg; 74.9 - 148 * 0.16 = 51.22 kg
    PetVerdict woman = usual().with(new PetSeries.Body(70.0, 175.0, "F")).verdict();
    assertThat(ratio(woman, SuvVariant.LEAN_JANMAHASATIAN))
        .isCloseTo(45.19702 / 70, Offset.offset(1e-6));
    assertThat(ratio(woman, SuvVariant.LEAN_JAMES)).isCloseTo(51.22 / 70, Offset.offset(1e-12));
    assertThat(codes(woman)).containsExactly(Finding.Code.PET_BODY_SIZE);
  }

  @Test
  void withoutHeightOrSexOnlyBodyWeightIsKnown() {
    PetVerdict verdict = usual().with(new PetSeries.Body(70.0, 9.0, "M")).verdict();
    PetVerdict other = usual().with(new PetSeries.Body(70.0, 1.75, "O")).verdict();

    assertThat(verdict.obstacle(SuvVariant.BODY_WEIGHT)).isEmpty();
    assertThat(verdict.obstacle(SuvVariant.LEAN_JAMES)).isPresent();
    assertThat(codes(verdict)).containsExactly(Finding.Code.PET_BODY_SIZE);
    assertThat(other.obstacle(SuvVariant.LEAN_JANMAHASATIAN)).isPresent();
    assertThat(other.obstacle(SuvVariant.BODY_SURFACE)).isEmpty();
  }

  @Test
  void aLeanMassThatIsNoneIsNotUsed() {
    PetVerdict heavy = usual().with(new PetSeries.Body(200.0, 1.5, "M")).verdict();

    assertThat(heavy.obstacle(SuvVariant.LEAN_JAMES)).isPresent();
    assertThat(heavy.obstacle(SuvVariant.LEAN_JANMAHASATIAN)).isEmpty();
  }

  @ParameterizedTest(name = "seed {0}")
  @org.junit.jupiter.params.provider.MethodSource("seeds")
  void scalingActivityAndDoseTogetherChangesNothing(long seed) {
    java.util.Random random = new java.util.Random(seed);
    double doseBq = 1e8 + random.nextDouble() * 4e8;
    double scale = 0.1 + random.nextDouble() * 10;
    float activity = 100 + random.nextInt(50_000);
    double one =
        suv(usual().given(doseBq, HALF_LIFE_S).verdict(), new float[] {activity, activity});
    double other =
        suv(
            usual().given(doseBq * scale, HALF_LIFE_S).verdict(),
            new float[] {(float) (activity * scale), (float) (activity * scale)});
    assertThat(other).isCloseTo(one, org.assertj.core.data.Percentage.withPercentage(1e-4));
  }

  static java.util.stream.LongStream seeds() {
    return java.util.stream.LongStream.range(0, 200);
  }

  private static double suv(PetVerdict verdict, float[] values) {
    return Objects.requireNonNull(verdict.scale())
        .suv(values, List.of("1.1", "1.2"), SuvVariant.BODY_WEIGHT)[1];
  }

  @Test
  void volumesThatDoNotFitTheirImagesAreRefused() {
    SuvScale scale = Objects.requireNonNull(usual().verdict().scale());
    assertRefused(() -> scale.suv(new float[3], List.of("1.1", "1.2"), SuvVariant.BODY_WEIGHT));
    assertRefused(() -> scale.suv(new float[2], List.of("1.1", "9"), SuvVariant.BODY_WEIGHT));
  }

  private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    org.assertj.core.api.Assertions.assertThatIllegalArgumentException().isThrownBy(call);
  }

  @ParameterizedTest
  @CsvSource({
    "DYNAMIC, ORIGINAL, PRIMARY, siemens, unsupported_series_type",
    "GATED, ORIGINAL, PRIMARY, siemens, unsupported_series_type",
    "STATIC, ORIGINAL, PRIMARY, mim software inc, derived_rt_software_pet_export",
    "STATIC, ORIGINAL, PRIMARY, velocity ai, derived_rt_software_pet_export",
    "STATIC, DERIVED, PRIMARY, ge, invalid_image_type",
    "STATIC, ORIGINAL, SECONDARY, ge, invalid_image_type"
  })
  void imagesThatAreNoOriginalStaticOnesAreExcluded(
      String series, String type, String second, String software, String reason) {
    PetVerdict verdict =
        usual().with(making(List.of(type, second), List.of(series), "osem", software)).verdict();

    assertThat(reason(verdict)).isEqualTo(reason);
    assertThat(verdict.obstacle(SuvVariant.BODY_WEIGHT).orElseThrow().code())
        .isEqualTo(Finding.Code.NO_SUV);
  }

  @ParameterizedTest
  @CsvSource({
    "PROPCPS, '', START, non_bqml_units",
    "CNTS, '', START, non_bqml_units",
    "GML, LBM, START, unsupported_suv_type",
    "CM2ML, '', START, unsupported_suv_type",
    "BQML, '', '', unsupported_decay_correction",
    "BQML, '', NONE, unsupported_decay_correction"
  })
  void quantitiesThatCannotBeReadAreExcluded(
      String units, String type, String decay, String reason) {
    assertThat(reason(usual().with(new Quantity(units, type, decay)).verdict())).isEqualTo(reason);
  }

  @Test
  void everyOtherExclusionHasItsReason() {
    assertThat(reason(usual().given((Double) null, HALF_LIFE_S).verdict()))
        .isEqualTo("missing_invalid_dose");
    assertThat(reason(usual().given(350.0, HALF_LIFE_S).verdict()))
        .isEqualTo("missing_invalid_dose");
    assertThat(reason(usual().given(350e6, 109.8).verdict()))
        .isEqualTo("missing_invalid_half_life");
    assertThat(reason(usual().with(new PetSeries.Body(null, 1.75, "M")).verdict()))
        .isEqualTo("missing_invalid_weight");
    assertThat(reason(usual().with(new PetSeries.Body(70_000.0, 1.75, "M")).verdict()))
        .isEqualTo("missing_invalid_weight");
    assertThat(reason(usual().framed(600_000.0, 1.5).verdict()))
        .isEqualTo("failed_decay_factor_guard");
    assertThat(
            reason(
                usual()
                    .with(new Quantity("GML", "LBMJANMA", "START"))
                    .with(new PetSeries.Body(70.0, null, "M"))
                    .verdict()))
        .isEqualTo("missing_invalid_weight");
    PetSeries plain = usual().series();
    assertThat(reason(PetSuv.judge(changed(plain, List.of(), List.of()), PetFacts.OPTIONS)))
        .isEqualTo("ambiguous_tracer_compound");
    assertThat(
            reason(
                PetSuv.judge(
                    changed(plain, plain.injections(), List.of("radiopharmaceutical")),
                    PetFacts.OPTIONS)))
        .isEqualTo("inconsistent_dicom_headers");
    assertThat(
            reason(
                PetVerdict.unreadable(
                    "1",
                    new Finding(Finding.Level.FAILED, Finding.Code.UNREADABLE, "1", "broken"))))
        .isEqualTo("missing_dicom_headers");
  }

  @Test
  void severalFramesInOneObjectAreExcluded() {
    PetSeries.Making one = usual().making();
    PetSeries.Making several =
        new PetSeries.Making(
            PetSeries.Frames.SEVERAL,
            one.imageType(),
            one.seriesType(),
            one.corrections(),
            one.reconstruction(),
            one.software());
    assertThat(reason(usual().with(several).verdict())).isEqualTo("unsupported_multiframe_pet");
  }

  @Test
  void missingCorrectionsAreNamed() {
    PetSeries.Making bare =
        new PetSeries.Making(
            PetSeries.Frames.ONE,
            List.of("ORIGINAL", "PRIMARY"),
            List.of(),
            List.of("DECY"),
            "",
            "");
    PetVerdict verdict = usual().with(bare).verdict();
    assertThat(Objects.requireNonNull(verdict.reason()).details())
        .isEqualTo("corrected image (0028,0051) lacks ATTN, SCAT");
  }

  @Test
  void aDecayFactorThatFitsItsFrameTimePasses() {
    double factor = Math.pow(2, 600 / HALF_LIFE_S);
    assertThat(usual().framed(600_000.0, factor * 1.01).verdict().scale()).isNotNull();
    assertThat(codes(usual().framed(null, null).verdict()))
        .containsExactly(Finding.Code.PET_DECAY_GUARD);
  }

  @Test
  void aHalfLifeThatIsMissingIsThatOfTheIsotope() {
    PetVerdict verdict = usual().given(350e6, null).verdict();
    assertThat(factor(verdict)).isCloseTo(UNDECAYED * HOUR, EXACT);
    assertThat(codes(verdict)).containsExactly(Finding.Code.PET_HALF_LIFE);
  }

  @Test
  void anEarlyScanOfFdgIsFlagged() {
    PetVerdict verdict = usual().given(null, LocalTime.of(9, 45)).verdict();
    assertThat(codes(verdict)).containsExactly(Finding.Code.PET_UPTAKE_SHORT);
  }

  @Test
  void decayThatIsNotCorrectedNeedsTheTimesOfEveryFrame() {
    PetSeries.Making without =
        new PetSeries.Making(
            PetSeries.Frames.ONE,
            List.of("ORIGINAL", "PRIMARY"),
            List.of(),
            List.of("ATTN", "SCAT"),
            "",
            "");
    PetImage untimed = new PetImage("1.1", 0.0, SCAN, SCAN, 0.0, null, 1.0, PetFacts.NO_SCALE);
    PetVerdict verdict =
        usual()
            .with(without)
            .with(new Quantity("BQML", "", "NONE"))
            .with(List.of(untimed))
            .verdict();
    assertThat(reason(verdict)).isEqualTo("unrecoverable_timing_anomaly");
  }

  private static PetSeries changed(
      PetSeries s, List<PetSeries.Injection> injections, List<String> differing) {
    return new PetSeries(
        s.seriesUid(),
        s.studyUid(),
        s.seriesNumber(),
        s.making(),
        s.quantity(),
        injections,
        s.body(),
        s.images(),
        differing);
  }

  private static String reason(PetVerdict verdict) {
    assertThat(verdict.scale()).isNull();
    assertThat(verdict.standing()).isEqualTo(Standing.NONE);
    return Objects.requireNonNull(verdict.reason()).exclusion().word();
  }

  private static List<Finding.Code> codes(PetVerdict verdict) {
    return verdict.findings().stream().map(Finding::code).toList();
  }

  private static double factor(PetVerdict verdict) {
    assertThat(verdict.reason()).isNull();
    SuvScale scale = Objects.requireNonNull(verdict.scale());
    assertThat(scale.least()).isEqualTo(scale.largest());
    return scale.least();
  }

  private static double ratio(PetVerdict verdict, SuvVariant variant) {
    return Objects.requireNonNull(verdict.scale()).ratio(variant).orElseThrow();
  }
}
