package org.rtpipeline.structures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.Roi;
import org.rtpipeline.model.StandardName;
import org.rtpipeline.model.StructureSet;

final class NameMapsTest {

  private static final String SITE =
      """
      # names of the site
      standard_name,roi_name
      Bladder,urinary bladder
      Rectum,rectum
      PTV_$100,/ptv[ _]?(\\d\\d)/
      "Bowel","bowel, small"
      """;

  private static NameMaps site() {
    return NameMaps.of(List.of(new NameMaps.Source(NameLayer.SITE, "site.csv", SITE)));
  }

  private static StandardName of(NameMaps maps, String roiName) {
    return maps.of("P1", roiName).orElseThrow();
  }

  @Test
  void anExactNameComesBeforeANormalisedOneAndThatBeforeAnExpression() {
    assertThat(of(site(), "urinary bladder"))
        .isEqualTo(new StandardName("Bladder", "site site.csv:3 exact"));
    assertThat(of(site(), "URINARY_Bladder"))
        .isEqualTo(new StandardName("Bladder", "site site.csv:3 normalised"));
    assertThat(of(site(), "PTV 70"))
        .isEqualTo(new StandardName("PTV_7000", "site site.csv:5 regular expression"));
    assertThat(of(site(), "bowel, small").name()).isEqualTo("Bowel");
  }

  @Test
  void aStandardNameStandsForItself() {
    assertThat(of(site(), "Bladder"))
        .isEqualTo(new StandardName("Bladder", "site site.csv:3 exact"));
    assertThat(of(site(), "BLADDER").rule()).endsWith("normalised");
  }

  @Test
  void signsThatMeanSomethingInTg263AreNoSeparators() {
    assertThat(site().of("P1", "~Bladder")).isEmpty();
    assertThat(site().of("P1", "Bladder^2")).isEmpty();
  }

  @Test
  void anExpressionMatchesWholeNamesOnly() {
    assertThat(site().of("P1", "PTV 70 opt")).isEmpty();
  }

  @Test
  void theMapOfThePatientWinsOverThatOfTheCohortAndThatOverTheSites() {
    NameMaps maps =
        NameMaps.of(
            List.of(
                new NameMaps.Source(
                    NameLayer.SITE, "s.csv", "standard_name,roi_name\nA,x\nB,y\nC,z\n"),
                new NameMaps.Source(NameLayer.COHORT, "c.yaml", "names:\n  D: [y]\n  E: z\n"),
                new NameMaps.Source(
                    NameLayer.PATIENT, "p.yaml", "patients:\n  P1:\n    F: [/z+/]\n"),
                new NameMaps.Source(
                    NameLayer.PATIENT, "p.csv", "patient_id,standard_name,roi_name\nP2,G,x\n")));

    assertThat(of(maps, "x")).isEqualTo(new StandardName("A", "site s.csv:2 exact"));
    assertThat(of(maps, "y")).isEqualTo(new StandardName("D", "cohort c.yaml:2 exact"));
    assertThat(of(maps, "z"))
        .isEqualTo(new StandardName("F", "patient p.yaml:3 regular expression"));
    assertThat(maps.of("P2", "z").orElseThrow().name()).isEqualTo("E");
    assertThat(maps.of("P2", "x").orElseThrow().rule()).isEqualTo("patient p.csv:2 exact");
  }

  @Test
  void everyLineThatCannotBeUsedIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                NameMaps.of(
                    List.of(
                        new NameMaps.Source(
                            NameLayer.SITE,
                            "bad.csv",
                            "standard_name,roi_name\nA B,x\nA\nB,/(/\nC_$2,/(a)/\nD,\n"))))
        .withMessageStartingWith("bad.csv: line 2: \"A B\" is no standard name")
        .withMessageContaining("line 3 has 1 cells")
        .withMessageContaining("line 4: /(/ is no regular expression")
        .withMessageContaining("line 5: C_$2 asks for group 2 of 1")
        .withMessageContaining("line 6: no ROI name for D");
  }

  @Test
  void linesThatContradictOneAnotherAreRefusedWithBothNumbers() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                NameMaps.of(
                    List.of(
                        new NameMaps.Source(
                            NameLayer.SITE,
                            "s.csv",
                            "standard_name,roi_name\nA,the x\nB,The_X\n"))))
        .withMessageContaining("lines 2 and 3 give The_X two names, A and B");
  }

  @Test
  void filesOfAnotherShapeAreRefused() {
    for (NameMaps.Source source :
        List.of(
            new NameMaps.Source(NameLayer.SITE, "s.csv", "name,roi\nA,x\n"),
            new NameMaps.Source(NameLayer.PATIENT, "p.csv", "standard_name,roi_name\nA,x\n"),
            new NameMaps.Source(
                NameLayer.PATIENT, "p.csv", "patient_id,standard_name,roi_name\n,A,x\n"),
            new NameMaps.Source(NameLayer.SITE, "s.yml", "patients:\n  P: {A: [x]}\n"),
            new NameMaps.Source(NameLayer.SITE, "s.yml", "names: 3\n"),
            new NameMaps.Source(NameLayer.SITE, "s.yml", "names:\n  A: {b: c}\n"),
            new NameMaps.Source(NameLayer.PATIENT, "p.yml", "patients:\n  P: 3\n"))) {
      assertThatIllegalArgumentException()
          .as(source.toString())
          .isThrownBy(() -> NameMaps.of(List.of(source)))
          .withMessageStartingWith(source.name() + ": ");
    }
  }

  @Test
  void twoRegionsOfASetUnderOneStandardNameAreFoundAndStayApart() {
    StructureSet named =
        site()
            .named(
                "P1",
                new StructureSet(
                    "1.2",
                    "",
                    null,
                    null,
                    Stream.of("bladder", "Urinary Bladder", "rectum", "something")
                        .map(name -> new Roi(name.length(), name, null, null, null, List.of()))
                        .toList(),
                    List.of()));

    assertThat(named.rois()).extracting(Roi::name).contains("bladder", "Urinary Bladder");
    assertThat(named.rois())
        .extracting(Roi::comparedName)
        .containsExactly("Bladder", "Bladder", "Rectum", "something");
    assertThat(named.findings())
        .containsExactly(
            new Finding(
                Finding.Level.WARN,
                Finding.Code.DUPLICATE_STANDARD_NAME,
                "1.2",
                "regions [7, 15] have the standard name Bladder, expected one"));
  }

  @Test
  void namesNoMapKnowsAreCountedByCoursesAndHaveTheNearestKnownName() {
    List<UnmappedName.Seen> regions =
        Stream.of(
                "c1 Blader", "c2 Blader", "c2 dose 50%", "c2 dose 50%", "c1 rectum", "c3 xrectumx")
            .map(text -> text.split(" ", 2))
            .map(parts -> new UnmappedName.Seen(parts[0], "P1", parts[1]))
            .toList();

    assertThat(UnmappedName.of(regions, site()))
        .containsExactly(
            new UnmappedName("Blader", 2, 2, "Bladder"),
            new UnmappedName("dose 50%", 1, 2, null),
            new UnmappedName("xrectumx", 1, 1, "Rectum"));
  }

  @Test
  void theShippedMapHoldsNamesAsTg263WritesThemAndKnowsCommonOnes() throws Exception {
    String text = Files.readString(Path.of("conf", "structures", "names", "common.csv"));
    NameMaps common = NameMaps.of(List.of(new NameMaps.Source(NameLayer.SITE, "common.csv", text)));

    List<String> standard =
        NameFile.read(NameLayer.SITE, "common.csv", text).stream()
            .filter(entry -> !entry.isExpression())
            .map(NameEntry::standardName)
            .distinct()
            .toList();
    assertThat(standard).hasSizeGreaterThan(100);
    assertThat(standard).allMatch(name -> name.matches("[A-Za-z][A-Za-z0-9_]{1,15}"));
    assertThat(standard.stream().map(name -> name.toLowerCase(Locale.ROOT)).distinct())
        .hasSameSizeAs(standard);
    assertThat(of(common, "Lt Parotid").name()).isEqualTo("Parotid_L");
    assertThat(of(common, "femoral head (R)").name()).isEqualTo("Femur_Head_R");
    assertThat(of(common, "PTV_70").name()).isEqualTo("PTV_7000");
    assertThat(of(common, "ptv 5040 cGy").name()).isEqualTo("PTV_5040");
    assertThat(of(common, "Spinal_Cord").name()).isEqualTo("SpinalCord");
    assertThat(common.of("P1", "PTV1")).isEmpty();
  }
}
