package org.rtpipeline.metadata.pet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rtpipeline.metadata.pet.PetFacts.usual;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rtpipeline.model.CodedConcept;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.Tracer;

final class TracerNameTest {

  @ParameterizedTest
  @CsvSource({
    "fdg, ^18^Fluorine, FDG",
    "fluorodeoxyglucose, F-18, FDG",
    "ga-68 psma-11, 68Ga, PSMA_11",
    "psma, ^68^Gallium, PSMA_11",
    "[18f]psma-1007, 18F, PSMA_1007",
    "18f-dcfpyl, F18, DCFPYL",
    "pylarify, F18, DCFPYL",
    "18f psma, F18, PSMA_F18",
    "rhpsma-7.3, F18, RHPSMA_7",
    "fluorocholine, F18, FLUOROCHOLINE",
    "choline, F18, FLUOROCHOLINE",
    "choline, C11, CHOLINE",
    "acetate, ^11^Carbon, ACETATE",
    "dotatate, Cu64, DOTATATE",
    "dotatoc, Ga68, DOTATOC",
    "fet, F18, FET"
  })
  void wordsAndIsotopeNameTheTracer(String label, String nuclide, Tracer tracer) {
    assertThat(usual().given(label, "", nuclide).verdict().known().tracer()).isEqualTo(tracer);
  }

  @ParameterizedTest
  @CsvSource({"fdg, Ga68", "solution, F18", "fdg and fluciclovine, F18", "psma, C11", "'', F18"})
  void namesThatSayNothingOrTooMuchAreAmbiguous(String label, String nuclide) {
    PetVerdict verdict = usual().given(label, "", nuclide).verdict();
    assertThat(Objects.requireNonNull(verdict.reason()).exclusion())
        .isEqualTo(PetExclusion.AMBIGUOUS_TRACER_COMPOUND);
  }

  @Test
  void aDescriptionIsTheLastResortAndSaysSo() {
    PetVerdict verdict = usual().given("solution", "pet wb fdg", "F18").verdict();
    assertThat(verdict.known().tracer()).isEqualTo(Tracer.FDG);
    assertThat(verdict.findings()).extracting(Finding::code).contains(Finding.Code.PET_TRACER);
  }

  @Test
  void anIsotopeIsKnownByItsCodeOrItsHalfLife() {
    assertThat(Isotope.ofCode(new CodedConcept("C-131A3", "SRT", ""))).contains(Isotope.GA68);
    assertThat(Isotope.ofCode(new CodedConcept("X", "99", "other"))).isEmpty();
    assertThat(Isotope.ofHalfLife(4080)).contains(Isotope.GA68);
    assertThat(Isotope.ofHalfLife(1224)).contains(Isotope.C11);
    assertThat(Isotope.ofHalfLife(3000)).isEmpty();
  }

  @Test
  void aCodeOfAnotherIsotopeNamesNoTracer() {
    CodedConcept psma1007 = new CodedConcept("126758", "DCM", "PSMA-1007 F^18^");
    assertThat(TracerName.ofCode(psma1007, Isotope.F18)).contains(Tracer.PSMA_1007);
    assertThat(TracerName.ofCode(psma1007, Isotope.GA68)).isEmpty();
    assertThat(TracerName.ofCode(new CodedConcept("", "", ""), Isotope.F18)).isEmpty();
  }
}
