package org.rtpipeline.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rtpipeline.metadata.Records.MONDAY;
import static org.rtpipeline.metadata.Records.beam;
import static org.rtpipeline.metadata.Records.plan;
import static org.rtpipeline.metadata.Records.record;
import static org.rtpipeline.metadata.Records.whole;

import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.rtpipeline.metadata.Fraction.Basis;
import org.rtpipeline.metadata.Fraction.Status;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.TreatmentRecord;
import org.rtpipeline.model.TreatmentRecord.DeliveredBeam;

final class FractionsTest {

  @Test
  void recordsOfOneNumberAreOneFraction() {
    List<Fraction> fractions =
        fractions(
            record("p", MONDAY, 9, 1, whole(1)),
            record("p", MONDAY, 10, 1, whole(2)),
            record("p", MONDAY.plusDays(1), 9, 2, whole(1), whole(2)));

    assertThat(fractions).extracting(Fraction::recordedNumber).containsExactly(1, 2);
    assertThat(fractions).extracting(Fraction::status).containsOnly(Status.COMPLETE);
    assertThat(fractions.get(0).records()).hasSize(2);
    assertThat(fractions.get(0).deliveredMu()).isEqualTo(200);
    assertThat(fractions.get(0).startTime()).isEqualTo(LocalTime.of(9, 0));
    assertThat(fractions.get(0).endTime()).isEqualTo(LocalTime.of(10, 0));
  }

  @Test
  void recordsWithoutDateDoNotMoveTheOthers() {
    List<Fraction> fractions =
        fractions(
            record("p", null, 9, 3, whole(1), whole(2)),
            record("p", MONDAY.plusDays(1), 9, null, whole(1), whole(2)),
            record("p", MONDAY, 9, 1, whole(1), whole(2)));

    assertThat(fractions).extracting(Fraction::recordedNumber).containsExactly(1, null, 3);
    assertThat(fractions).extracting(Fraction::index).containsExactly(1, 2, 3);
  }

  @Test
  void twoNumbersOfOneDayAreTwoFractions() {
    List<Fraction> fractions =
        fractions(
            record("p", MONDAY, 8, 1, whole(1), whole(2)),
            record("p", MONDAY, 15, 2, whole(1), whole(2)));

    assertThat(fractions).hasSize(2);
    assertThat(fractions).extracting(Fraction::dayIndex).containsExactly(1, 2);
  }

  @Test
  void aBeamThatIsDeliveredOnceMoreBeginsAnotherFractionWithoutNumbers() {
    List<Fraction> fractions =
        fractions(
            record("p", MONDAY, 8, null, whole(1), whole(2)),
            record("p", MONDAY, 15, null, whole(1), whole(2)));

    assertThat(fractions)
        .extracting(Fraction::basis)
        .containsExactly(Basis.DAY, Basis.BEAM_REPEATED);
  }

  @Test
  void anInterruptedBeamAndItsContinuationAreOneFraction() {
    DeliveredBeam rest = new DeliveredBeam(1, 100.0, 60.0, "NORMAL", "CONTINUATION");
    List<Fraction> fractions =
        fractions(
            record("p", MONDAY, 9, 1, beam(1, 100, 40, "MACHINE"), whole(2)),
            record("p", MONDAY, 10, 1, rest));

    assertThat(fractions).hasSize(1);
    assertThat(fractions.get(0).status()).isEqualTo(Status.COMPLETE);
    assertThat(fractions.get(0).terminationStatuses()).containsExactly("MACHINE", "NORMAL");
  }

  @Test
  void aMissingBeamMakesAFractionPartial() {
    Fraction fraction = fractions(record("p", MONDAY, 9, 1, whole(1))).get(0);

    assertThat(fraction.status()).isEqualTo(Status.PARTIAL);
    assertThat(fraction.missingBeams()).containsExactly(2);
  }

  @Test
  void aRecordThatNamesNoBeamSaysNothingOfCompleteness() {
    Fraction fraction = fractions(record("p", MONDAY, 9, 1)).get(0);

    assertThat(fraction.status()).isEqualTo(Status.UNKNOWN);
    assertThat(fraction.missingBeams()).isEmpty();
    assertThat(fraction.deliveredMu()).isNull();
  }

  @Test
  void beamsWithoutMetersetCountByHowTheyEnded() {
    DeliveredBeam normal = new DeliveredBeam(1, null, null, "NORMAL", null);
    DeliveredBeam stopped = new DeliveredBeam(1, null, null, "OPERATOR", null);

    assertThat(status(normal)).isEqualTo(Status.COMPLETE);
    assertThat(status(stopped)).isEqualTo(Status.PARTIAL);
  }

  @Test
  void beamsThatSayNeitherMetersetNorEndAreNotCutShort() {
    assertThat(status(new DeliveredBeam(1, null, null, null, "TREATMENT")))
        .isEqualTo(Status.UNKNOWN);
    assertThat(status(new DeliveredBeam(1, null, 80.0, "UNKNOWN", "TREATMENT")))
        .isEqualTo(Status.UNKNOWN);
    assertThat(status(new DeliveredBeam(1, 100.0, 80.0, null, "TREATMENT")))
        .isEqualTo(Status.PARTIAL);
  }

  @Test
  void imagingAloneIsNoFraction() {
    assertThat(
            fractions(record("p", MONDAY, 9, 1, new DeliveredBeam(9, 1.0, 1.0, "NORMAL", "SETUP"))))
        .isEmpty();
  }

  @Test
  void recordsWithoutPlanAreKeptApartFromThoseOfPlans() {
    TreatmentRecord lost =
        new TreatmentRecord("lost", null, null, null, null, null, List.of(), List.of());
    List<Fraction> fractions = fractions(lost, record("p", MONDAY, 9, 1, whole(1), whole(2)));

    assertThat(fractions).extracting(Fraction::planUid).containsExactly("", "p");
    assertThat(fractions.get(0).date()).isNull();
    assertThat(fractions.get(0).startTime()).isNull();
    assertThat(fractions.get(0).machines()).isEmpty();
  }

  @Test
  void brachytherapyHasTimesInPlaceOfMetersets() {
    DeliveredBeam setup =
        new DeliveredBeam(
            1, null, null, "NORMAL", "TREATMENT", "VERIFIED", 1, 300.0, 299.0, List.of());
    Fraction fraction = fractions(record("b", MONDAY, 9, 1, setup)).get(0);

    assertThat(fraction.specifiedTimeS()).isEqualTo(300);
    assertThat(fraction.deliveredTimeS()).isEqualTo(299);
    assertThat(fraction.verificationStatuses()).containsExactly("VERIFIED");
  }

  @Test
  void noOrderOfRecordsChangesTheFractions() {
    List<TreatmentRecord> records = new ArrayList<>();
    for (int day = 0; day < 5; day++) {
      records.add(record("p", MONDAY.plusDays(day), 8, null, whole(1), whole(2)));
      records.add(record("p", MONDAY.plusDays(day), 15, null, whole(1), whole(2)));
    }
    List<Fraction> expected = Fractions.of(records, List.of(plan("p", 10, 2)));
    assertThat(expected).hasSize(10);
    for (int seed = 1; seed <= 20; seed++) {
      Collections.shuffle(records, new Random(seed));
      assertThat(Fractions.of(records, List.of(plan("p", 10, 2)))).isEqualTo(expected);
    }
  }

  @Test
  void aDeliverySaysHowLongTheTreatmentTookAndWhatWasMissed() {
    List<Fraction> fractions =
        fractions(
            record("p", MONDAY, 9, 1, whole(1), whole(2)),
            record("p", MONDAY.plusDays(1), 9, 2, whole(1), whole(2)),
            record("p", MONDAY.plusDays(7), 9, 3, whole(1), whole(2)),
            record("p", MONDAY.plusDays(7), 16, 4, whole(1)));
    List<Delivery> deliveries = Delivery.of(List.of(plan("p", 5, 2)), fractions);
    Delivery delivery = deliveries.get(1);

    assertThat(deliveries.get(0).isCourse()).isTrue();
    assertThat(deliveries.get(0).planned()).isEqualTo(5);
    assertThat(delivery.start()).isEqualTo(MONDAY);
    assertThat(delivery.end()).isEqualTo(MONDAY.plusDays(7));
    assertThat(delivery.overallDays()).isEqualTo(8);
    assertThat(delivery.longestGapDays()).isEqualTo(6);
    assertThat(delivery.missedWeekdays()).isEqualTo(3);
    assertThat(delivery.daysWithSeveral()).isEqualTo(1);
    assertThat(delivery.complete()).isEqualTo(3);
    assertThat(delivery.partial()).isEqualTo(1);
    assertThat(delivery.plannedMuPerFraction()).isEqualTo(200);
    assertThat(delivery.deliveredMu()).isEqualTo(700);
    assertThat(delivery.deliveredPct()).isEqualTo(87.5);
    assertThat(codes(deliveries))
        .containsExactly(Finding.Code.FRACTIONS_MISSING, Finding.Code.FRACTION_INCOMPLETE);
  }

  @Test
  void aPlanWithoutRecordsHasADeliveryOfNothing() {
    List<Delivery> deliveries = Delivery.of(List.of(plan("p", 5, 0)), List.of());
    Delivery delivery = deliveries.get(1);

    assertThat(delivery.start()).isNull();
    assertThat(delivery.end()).isNull();
    assertThat(delivery.overallDays()).isNull();
    assertThat(delivery.longestGapDays()).isNull();
    assertThat(delivery.missedWeekdays()).isNull();
    assertThat(delivery.plannedMuPerFraction()).isNull();
    assertThat(delivery.deliveredMu()).isNull();
    assertThat(delivery.deliveredPct()).isNull();
    assertThat(codes(deliveries)).containsExactly(Finding.Code.NO_TREATMENT_RECORDS);
  }

  @Test
  void nothingPlannedAndNothingDeliveredIsNoDelivery() {
    assertThat(Delivery.of(List.of(), List.of())).isEmpty();
  }

  @Test
  void fractionsOfAPlanThatIsNotThereHaveADeliveryToo() {
    List<Delivery> deliveries =
        Delivery.of(List.of(), fractions(record("gone", MONDAY, 9, 1, whole(1))));

    assertThat(deliveries).extracting(Delivery::planUid).containsExactly("", "gone");
    assertThat(deliveries.get(1).planned()).isNull();
    assertThat(deliveries.get(1).plannedMuPerFraction()).isNull();
  }

  @Test
  void oddDeliveriesAreNamed() {
    DeliveredBeam overridden =
        new DeliveredBeam(
            1,
            100.0,
            100.0,
            "NORMAL",
            "TREATMENT",
            "VERIFIED_OVR",
            1,
            null,
            null,
            List.of("(300A,0128)"));
    List<Fraction> fractions =
        fractions(
            record("p", MONDAY, 9, 1, overridden, whole(2)),
            record("p", MONDAY.plusDays(1), 9, 1, whole(1), whole(2)),
            record("p", MONDAY.plusDays(2), 9, null, whole(1), whole(2)));

    assertThat(codes(Delivery.of(List.of(plan("p", 2, 2)), fractions)))
        .containsExactly(
            Finding.Code.FRACTIONS_BEYOND_PLAN,
            Finding.Code.FRACTION_NUMBER_MISSING,
            Finding.Code.FRACTION_NUMBER_REPEATED,
            Finding.Code.DELIVERY_OVERRIDDEN);
  }

  private static Status status(DeliveredBeam beam) {
    return Fractions.of(List.of(record("p", MONDAY, 9, 1, beam)), List.of()).get(0).status();
  }

  private static List<Finding.Code> codes(List<Delivery> deliveries) {
    return DeliveryFindings.of(deliveries).stream().map(Finding::code).toList();
  }

  private static List<Fraction> fractions(TreatmentRecord... records) {
    return Fractions.of(List.of(records), List.of(plan("p", 4, 2)));
  }
}
