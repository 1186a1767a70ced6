package org.rtpipeline.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class PlanTest {

  @Test
  void thePrescriptionIsTheHighestTargetDoseAndNeverTheSumOfTheLevels() {
    assertThat(
            plan(dose("TARGET", 50.4), dose("TARGET", 60.0), dose("TARGET", 54.0)).prescriptionGy())
        .hasValue(60.0);
  }

  @Test
  void aLimitOfAnOrganAtRiskIsNoPrescription() {
    assertThat(plan(dose("ORGAN_AT_RISK", 70.0), dose("TARGET", 60.0)).prescriptionGy())
        .hasValue(60.0);
    assertThat(plan(dose("ORGAN_AT_RISK", 70.0)).prescriptionGy()).isEmpty();
  }

  @Test
  void aDoseReferenceWithoutATypeCountsAsATarget() {
    assertThat(plan(dose(null, 45.0)).prescriptionGy()).hasValue(45.0);
  }

  @Test
  void anAbsentZeroOrNegativeDoseIsNoPrescription() {
    assertThat(
            plan(dose("TARGET", null), dose("TARGET", 0.0), dose("TARGET", -2.0)).prescriptionGy())
        .isEmpty();
  }

  @Test
  void aPlanWithoutDoseReferencesHasNoPrescription() {
    assertThat(plan().prescriptionGy()).isEmpty();
  }

  @Test
  void aBeamWithoutADeliveryTypeTreats() {
    assertThat(beam(null).isTreatment()).isTrue();
    assertThat(beam("TREATMENT").isTreatment()).isTrue();
  }

  @Test
  void aSetupBeamAndAPortalImageDoNotTreat() {
    assertThat(beam("SETUP").isTreatment()).isFalse();
    assertThat(beam("OPEN_PORTFILM").isTreatment()).isFalse();
  }

  private static Plan plan(Prescription... prescriptions) {
    return new Plan("p", "", null, null, null, null, List.of(prescriptions), List.of(), List.of());
  }

  private static Prescription dose(@Nullable String type, @Nullable Double gy) {
    return new Prescription(type, null, null, gy);
  }

  private static Beam beam(@Nullable String deliveryType) {
    return new Beam(1, "", null, deliveryType, null, null, null, 2, null);
  }
}
