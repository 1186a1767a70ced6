package org.rtpipeline.metadata.pet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rtpipeline.metadata.pet.PetFacts.SCAN;
import static org.rtpipeline.metadata.pet.PetFacts.image;
import static org.rtpipeline.metadata.pet.PetFacts.usual;

import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.rtpipeline.metadata.pet.Uptake.InjectionBasis;
import org.rtpipeline.metadata.pet.Uptake.ReferenceBasis;
import org.rtpipeline.model.Finding;

/** The vendor-neutral rules of time, each by a case worked out by hand. */
final class UptakeTest {

  private static final LocalTime NO_TIME = null;

  @Test
  void theSeriesTimeCountsWhereItIsNotLaterThanTheScan() {
    Uptake uptake = uptake(usual());
    assertThat(uptake.referenceBasis()).isEqualTo(ReferenceBasis.SERIES_TIME);
    assertThat(uptake.injectionBasis()).isEqualTo(InjectionBasis.START_TIME);
    assertThat(uptake.seconds()).isEqualTo(3600);
    assertThat(uptake.oddities()).isEmpty();
  }

  @Test
  void aSeriesMadeAfterTheScanTakesTheEarliestAcquisition() {
    Uptake uptake =
        uptake(
            usual()
                .with(
                    List.of(
                        image("1.1", 0, SCAN.plusHours(3), SCAN.plusMinutes(6)),
                        image("1.2", 3, SCAN.plusHours(3), SCAN.plusMinutes(3)))));
    assertThat(uptake.referenceBasis()).isEqualTo(ReferenceBasis.EARLIEST_ACQUISITION);
    assertThat(uptake.seconds()).isEqualTo(3600 + 180);
    assertThat(uptake.oddities()).hasSize(1);
  }

  @Test
  void aSeriesOfGeMadeAfterTheScanTakesItsPrivateScanTime() {
    PetFacts late = usual().timed(SCAN.plusHours(3));
    Uptake uptake = uptake(late.scaled(SCAN.minusSeconds(30), null, null));
    assertThat(uptake.referenceBasis()).isEqualTo(ReferenceBasis.GE_SCAN_TIME);
    assertThat(uptake.seconds()).isEqualTo(3570);
    assertThat(uptake(late.scaled(SCAN.plusHours(1), null, null)).referenceBasis())
        .isEqualTo(ReferenceBasis.EARLIEST_ACQUISITION);
  }

  @Test
  void frameReferenceTimesLeadBackToTheTimeOfDecayCorrection() {
    // 120 s frames have their mean count rate 59.87 s after their start
    double halfLifeS = PetFacts.HALF_LIFE_S;
    double decays = Math.log(2) * 120 / halfLifeS;
    double meanS = Math.log(decays / (1 - Math.exp(-decays))) * halfLifeS / Math.log(2);
    assertThat(meanS).isBetween(59.8, 59.95);
    double offsetS = 600 + meanS;
    Uptake uptake =
        uptake(
            usual()
                .timed(SCAN.plusHours(3))
                .framed(offsetS * 1000, Math.pow(2, offsetS / halfLifeS)));
    assertThat(uptake.referenceBasis()).isEqualTo(ReferenceBasis.FRAME_REFERENCE_TIME);
    assertThat(uptake.seconds()).isEqualTo(3000);
  }

  @Test
  void aSeriesTimeThatFrameTimesContradictIsFlagged() {
    Uptake uptake = uptake(usual().framed(600_000.0, Math.pow(2, 600 / PetFacts.HALF_LIFE_S)));
    assertThat(uptake.referenceBasis()).isEqualTo(ReferenceBasis.SERIES_TIME);
    assertThat(uptake.oddities())
        .containsExactly("series time and frame reference time (0054,1300) differ");
  }

  @Test
  void anInjectionBeforeMidnightLiesOnTheDayBefore() {
    LocalDateTime night = LocalDateTime.of(2024, 3, 5, 0, 20);
    Uptake uptake =
        uptake(
            usual().with(List.of(image("1.1", 0, night, night))).given(null, LocalTime.of(23, 30)));
    assertThat(uptake.injectionBasis()).isEqualTo(InjectionBasis.START_TIME_DAY_BEFORE);
    assertThat(uptake.injected()).isEqualTo(LocalDateTime.of(2024, 3, 4, 23, 30));
    assertThat(uptake.seconds()).isEqualTo(3000);
  }

  @Test
  void aScanBeforeItsInjectionIsNotTakenForOneOfTheNextDay() {
    assertThat(reason(usual().given(null, LocalTime.of(10, 10))))
        .isEqualTo(PetExclusion.NEGATIVE_UNRESOLVED_DELTA_T);
  }

  @Test
  void aDatedInjectionCountsBeforeATime() {
    Uptake uptake = uptake(usual().given(SCAN.minusMinutes(90), LocalTime.of(9, 0)));
    assertThat(uptake.injectionBasis()).isEqualTo(InjectionBasis.START_DATE_TIME);
    assertThat(uptake.seconds()).isEqualTo(5400);
    assertThat(uptake.oddities()).hasSize(1);
    assertThat(uptake(usual().given(SCAN.minusHours(1), NO_TIME)).oddities()).isEmpty();
  }

  @Test
  void aDateThatWasShiftedGivesWayToTheTime() {
    Uptake uptake = uptake(usual().given(SCAN.minusDays(400), LocalTime.of(9, 0)));
    assertThat(uptake.injectionBasis()).isEqualTo(InjectionBasis.START_TIME);
    assertThat(uptake.seconds()).isEqualTo(3600);
    assertThat(reason(usual().given(SCAN.minusDays(400), NO_TIME)))
        .isEqualTo(PetExclusion.UNRECOVERABLE_TIMING_ANOMALY);
    assertThat(reason(usual().given(SCAN.plusDays(2), NO_TIME)))
        .isEqualTo(PetExclusion.NEGATIVE_UNRESOLVED_DELTA_T);
  }

  @Test
  void timesThatAreNotThereExclude() {
    assertThat(reason(usual().given(null, NO_TIME)))
        .isEqualTo(PetExclusion.UNRECOVERABLE_TIMING_ANOMALY);
    assertThat(reason(usual().with(List.of(image("1.1", 0, null, null)))))
        .isEqualTo(PetExclusion.UNRECOVERABLE_TIMING_ANOMALY);
    PetVerdict unconfirmed = usual().with(List.of(image("1.1", 0, SCAN, null))).verdict();
    assertThat(unconfirmed.findings())
        .extracting(Finding::code)
        .containsExactly(Finding.Code.PET_TIMES);
  }

  @Test
  void anUptakeLongerThanTheLimitIsNotBelieved() {
    PetOptions strict = new PetOptions(List.of(), 0.02, 0.5, 0.9, SuvVariant.BODY_WEIGHT);
    PetVerdict verdict = PetSuv.judge(usual().series(), strict);
    assertThat(Objects.requireNonNull(verdict.reason()).exclusion())
        .isEqualTo(PetExclusion.UNRECOVERABLE_TIMING_ANOMALY);
  }

  private static Uptake uptake(PetFacts facts) {
    PetVerdict verdict = facts.verdict();
    assertThat(verdict.reason()).isNull();
    return Objects.requireNonNull(verdict.known().uptake());
  }

  private static PetExclusion reason(PetFacts facts) {
    return Objects.requireNonNull(facts.verdict().reason()).exclusion();
  }
}
