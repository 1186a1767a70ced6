package org.rtpipeline.metadata.pet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rtpipeline.metadata.pet.PetFacts.SCAN;
import static org.rtpipeline.metadata.pet.PetFacts.image;
import static org.rtpipeline.metadata.pet.PetFacts.making;
import static org.rtpipeline.metadata.pet.PetFacts.usual;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rtpipeline.model.CourseId;
import org.rtpipeline.model.Outcome;
import org.rtpipeline.model.PetSeries;
import org.rtpipeline.model.RowHead;

final class PrimaryReconstructionTest {

  @ParameterizedTest
  @CsvSource({
    "3d-op-osem i3s21, OSEM",
    "vpfx, OSEM",
    "vpfxs, PSF",
    "psf+tof 2i21s, PSF",
    "truex, PSF",
    "qcfx q.clear, BSREM",
    "fbp, FBP",
    "3drp, FBP"
  })
  void methodsAreKnownByTheWordsOfTheirMakers(String text, Reconstruction method) {
    assertThat(Reconstruction.of(text)).contains(method);
  }

  @Test
  void theOnlySeriesIsPrimaryHoweverItWasReconstructed() {
    assertThat(chosen(verdict("a", "strange", 300, 1))).containsExactly("PRIMARY null");
  }

  @Test
  void orderedSubsetsComeBeforeOthers() {
    assertThat(
            chosen(
                verdict("a", "fbp", 300, 1),
                verdict("b", "osem", 290, 4),
                verdict("c", "truex", 300, 3)))
        .containsExactly("SECONDARY null", "PRIMARY null", "SECONDARY null");
  }

  @Test
  void shortSeriesAreLeftOut() {
    assertThat(chosen(verdict("a", "osem", 260, 1), verdict("b", "fbp", 300, 2)))
        .containsExactly("NONE partial_axial_extent_for_primary_selection", "PRIMARY null");
  }

  @Test
  void extentThenNumberDecideAmongEquals() {
    assertThat(chosen(verdict("a", "osem", 280, 1), verdict("b", "osem", 300, 2)))
        .containsExactly("SECONDARY null", "PRIMARY null");
    assertThat(chosen(verdict("a", "osem", 300, 5), verdict("b", "osem", 300, 2)))
        .containsExactly("SECONDARY null", "PRIMARY null");
  }

  @Test
  void tiesAndUnknownMethodsNeedAPerson() {
    assertThat(chosen(verdict("a", "osem", 300, null), verdict("b", "osem", 300, null)))
        .containsOnly("NONE primary_selection_tie_needs_manual_review");
    assertThat(chosen(verdict("a", "osem", 300, 1), verdict("b", "new", 300, 2)))
        .containsOnly("NONE unknown_reconstruction_needing_manual_review");
    PetVerdict tied =
        PrimaryReconstruction.choose(
                List.of(verdict("a", "new", 300, 1), verdict("b", "new", 300, 2)), 0.9)
            .get(0);
    assertThat(cell(tied, "severity")).isEqualTo("manual_review");
    assertThat(cell(tied, "status")).isEqualTo("suv_computed");
  }

  @Test
  void theRowSaysWhatWasFoundAndWhatTurnsValuesIntoUptake() {
    PetVerdict verdict = usual().verdict();
    assertThat(cell(verdict, "tracer")).isEqualTo("FDG");
    assertThat(cell(verdict, "isotope")).isEqualTo("F18");
    assertThat(cell(verdict, "uptake_min")).isEqualTo(60.0);
    assertThat(cell(verdict, "decay_factor")).isEqualTo(Math.pow(2, -3600 / 6586.2));
    assertThat(cell(verdict, "suv_bw_factor")).isEqualTo(cell(verdict, "suv_bw_factor_max"));
    assertThat(cell(verdict, "z_extent_mm")).isEqualTo(300.0);
    assertThat(cell(verdict, "suv_lbm_james_ratio")).isNotNull();
    assertThat(cell(verdict, "exclusion_reason")).isNull();
    assertThat(cell(verdict, "injection_time")).isEqualTo("2024-03-04T09:00");
  }

  @Test
  void theRowOfAnUnreadableSeriesHoldsItsReasonAlone() {
    PetVerdict verdict =
        PetVerdict.unreadable(
            "1.9",
            new org.rtpipeline.model.Finding(
                org.rtpipeline.model.Finding.Level.SKIP_STAGE,
                org.rtpipeline.model.Finding.Code.TRUNCATED_FILE,
                "1.9",
                "ends too early"));
    assertThat(cell(verdict, "exclusion_details")).isEqualTo("ends too early");
    assertThat(cell(verdict, "severity")).isEqualTo("exclude");
    for (String empty :
        List.of(
            "units",
            "tracer",
            "weight_kg",
            "uptake_min",
            "suv_bw_factor",
            "corrections",
            "suv_bsa_ratio",
            "decay_factor",
            "reconstruction")) {
      assertThat(cell(verdict, empty)).isNull();
    }
  }

  private static @Nullable Object cell(PetVerdict verdict, String column) {
    PetRow row =
        new PetRow(
            new RowHead(new CourseId("c"), "P", "2024-03", "k", Outcome.Kind.DONE, List.of()),
            verdict);
    assertThat(row.schema()).isSameAs(PetRow.SCHEMA);
    return PetRow.SCHEMA.columns().stream()
        .filter(c -> c.name().equals(column))
        .findFirst()
        .orElseThrow()
        .value()
        .apply(row);
  }

  private static List<String> chosen(PetVerdict... verdicts) {
    return PrimaryReconstruction.choose(List.of(verdicts), 0.9).stream()
        .map(v -> v.standing() + " " + (v.reason() == null ? null : v.reason().exclusion().word()))
        .toList();
  }

  private static PetVerdict verdict(
      String uid, String method, double extentMm, @Nullable Integer number) {
    PetSeries series =
        usual()
            .with(making(List.of("ORIGINAL", "PRIMARY"), List.of("STATIC"), method, ""))
            .with(
                List.of(image(uid + ".1", 0, SCAN, SCAN), image(uid + ".2", extentMm, SCAN, SCAN)))
            .series(uid, number);
    return PetSuv.judge(series, PetFacts.OPTIONS);
  }
}
