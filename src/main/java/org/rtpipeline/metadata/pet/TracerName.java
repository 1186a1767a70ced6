package org.rtpipeline.metadata.pet;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.rtpipeline.model.CodedConcept;
import org.rtpipeline.model.Tracer;

/** How objects name a tracer: codes of PS3.16 CID 4021, words, and the isotopes it comes with. */
enum TracerName {
  FDG(Tracer.FDG, "fdg|deoxy-?glucose", "35321007 C-B1031", Isotope.F18),
  PSMA_11(Tracer.PSMA_11, "psma[^a-z0-9]*(hbed|11\\b)|gozetotide", "C118961", Isotope.GA68),
  PSMA_617(Tracer.PSMA_617, "psma[^a-z0-9]*617", "126759", Isotope.GA68),
  PSMA_1007(Tracer.PSMA_1007, "psma[^a-z0-9]*1007", "126758", Isotope.F18),
  DCFPYL(Tracer.DCFPYL, "dcfpyl|piflufolastat|pylarify", "C116352", Isotope.F18),
  RHPSMA_7(Tracer.RHPSMA_7, "rhpsma|flotufolastat|posluma", "", Isotope.F18),
  PSMA_WITH_GALLIUM(Tracer.PSMA_11, "psma", "", Isotope.GA68),
  PSMA_WITH_FLUORINE(Tracer.PSMA_F18, "psma", "", Isotope.F18),
  FLUOROCHOLINE(
      Tracer.FLUOROCHOLINE, "fluoro(methyl)?choline|\\bfch\\b", "456992002 C-E0273", Isotope.F18),
  CHOLINE_WITH_FLUORINE(Tracer.FLUOROCHOLINE, "choline", "", Isotope.F18),
  CHOLINE(Tracer.CHOLINE, "choline", "126703", Isotope.C11),
  ACETATE(Tracer.ACETATE, "acetate", "129513004 C-B1043", Isotope.C11),
  DOTATATE(Tracer.DOTATATE, "dotatate|netspot|detectnet", "724025002", Isotope.GA68, Isotope.CU64),
  DOTATOC(Tracer.DOTATOC, "dotatoc|edotreotide", "C2713594", Isotope.GA68),
  DOTANOC(Tracer.DOTANOC, "dotanoc", "", Isotope.GA68),
  FAPI(Tracer.FAPI, "fapi", "", Isotope.GA68, Isotope.F18),
  FLUCICLOVINE(Tracer.FLUCICLOVINE, "fluciclovine|axumin|facbc", "457000009 C-E026A", Isotope.F18),
  FET(Tracer.FET, "\\bfet\\b|fluoro-?ethyl-?tyrosine?", "424708001 C-B07E0", Isotope.F18),
  DOPA(Tracer.DOPA, "dopa", "5811000122108 C-E0241", Isotope.F18),
  METHIONINE(Tracer.METHIONINE, "methionine", "129510001 C-B103E", Isotope.C11),
  FLT(Tracer.FLT, "\\bflt\\b|thymidine", "129502002 C-B1036", Isotope.F18),
  FMISO(Tracer.FMISO, "fmiso|misonidazole", "422598008 C-B07E1", Isotope.F18),
  FES(Tracer.FES, "\\bfes\\b|fluoroestradiol", "926372005", Isotope.F18),
  SODIUM_FLUORIDE(
      Tracer.SODIUM_FLUORIDE, "\\bnaf\\b|sodium fluoride", "129501009 C-B1032", Isotope.F18);

  /** Names that count only where no more exact one is there. */
  private static final Set<TracerName> UNNUMBERED =
      EnumSet.of(PSMA_WITH_GALLIUM, PSMA_WITH_FLUORINE, CHOLINE_WITH_FLUORINE, CHOLINE);

  private final Tracer tracer;
  private final Pattern words;
  private final String codes;
  private final Isotope isotope;
  private final Isotope otherIsotope;

  TracerName(Tracer tracer, String words, String codes, Isotope isotope) {
    this(tracer, words, codes, isotope, isotope);
  }

  TracerName(Tracer tracer, String words, String codes, Isotope isotope, Isotope otherIsotope) {
    this.tracer = tracer;
    this.words = Pattern.compile(words);
    this.codes = codes;
    this.isotope = isotope;
    this.otherIsotope = otherIsotope;
  }

  private boolean comesWith(Isotope one) {
    return one == isotope || one == otherIsotope;
  }

  private boolean hasCode(String code) {
    return List.of(codes.split(" ", -1)).contains(code);
  }

  /** The tracer of a code with an isotope; empty for other codes. */
  static Optional<Tracer> ofCode(CodedConcept code, Isotope isotope) {
    return Arrays.stream(values())
        .filter(name -> !code.value().isEmpty() && name.hasCode(code.value()))
        .filter(name -> name.comesWith(isotope))
        .map(name -> name.tracer)
        .findFirst();
  }

  /**
   * The tracer that a text in lower case names; empty when it names none, or several.
   *
   * @param isotope which tells apart what words do not
   */
  static Optional<Tracer> ofText(String text, Isotope isotope) {
    List<TracerName> named =
        Arrays.stream(values())
            .filter(name -> name.comesWith(isotope) && name.words.matcher(text).find())
            .toList();
    List<Tracer> exact =
        named.stream().filter(n -> !UNNUMBERED.contains(n)).map(n -> n.tracer).distinct().toList();
    List<Tracer> tracers =
        exact.isEmpty() ? named.stream().map(n -> n.tracer).distinct().toList() : exact;
    return tracers.size() == 1 ? Optional.of(tracers.get(0)) : Optional.empty();
  }
}
