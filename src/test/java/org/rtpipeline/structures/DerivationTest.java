package org.rtpipeline.structures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.geometry.VoxelMask;
import org.rtpipeline.structures.Derivation.Completeness;
import org.rtpipeline.structures.Derivation.Derived;

final class DerivationTest {

  private static final VoxelGrid GRID = VoxelGrid.axial(60, 60, 60, new Point(0, 0, 0), 1, 1, 1);

  private static NamedMask box(String name, int from, int size) {
    return new NamedMask(name, List.of(), MaskShapes.box(from, from, from, size, size, size));
  }

  private static Derived one(String entry, NamedMask... sources) {
    return Derivation.of(
            GRID,
            List.of(sources),
            DerivedStructures.read("custom_structures:\n  - name: X\n" + entry))
        .get(0);
  }

  private static int voxels(Derived derived) {
    VoxelMask mask = derived.mask();
    return mask == null ? 0 : mask.voxels();
  }

  @Test
  void theFourRulesCountVoxelsAsSetsDo() {
    NamedMask a = box("A", 10, 10);
    NamedMask b = box("B", 15, 10);
    String sources = "    source_structures: [A, B]\n    operation: ";

    assertThat(voxels(one(sources + "union", a, b))).isEqualTo(1000 + 1000 - 125);
    assertThat(voxels(one(sources + "intersection", a, b))).isEqualTo(125);
    assertThat(voxels(one(sources + "subtract", a, b))).isEqualTo(1000 - 125);
    assertThat(voxels(one(sources + "xor", a, b))).isEqualTo(2000 - 250);
  }

  @Test
  void aRingIsWhatLiesBetweenTwoExpansions() {
    NamedMask ptv = box("PTV", 25, 10);

    Derived ring = one("    source_structures: [PTV]\n    ring: {inner_mm: 2, outer_mm: 5}\n", ptv);
    Derived wall =
        one("    source_structures: [PTV]\n    ring: {inner_mm: -3, outer_mm: 0}\n", ptv);

    Derived five = one("    source_structures: [PTV]\n    margin: 5\n", ptv);
    Derived two = one("    source_structures: [PTV]\n    margin: 2\n", ptv);
    assertThat(voxels(ring)).isEqualTo(voxels(five) - voxels(two));
    assertThat(voxels(wall)).isEqualTo(1000 - 64);
    assertThat(ring.completeness()).isEqualTo(Completeness.COMPLETE);
  }

  @Test
  void aStandardNameIsFoundWhereNoOwnNameMatches() {
    VoxelMask drawn = MaskShapes.box(10, 10, 10, 5, 5, 5);
    VoxelMask other = MaskShapes.box(10, 10, 10, 6, 6, 6);
    NamedMask renamed = new NamedMask("harnblase", List.of("Bladder"), drawn);
    NamedMask own = new NamedMask("Bladder", List.of("Bladder"), other);
    String entry = "    source_structures: [Bladder]\n";

    assertThat(voxels(one(entry, renamed))).isEqualTo(125);
    assertThat(voxels(one(entry, renamed, own))).isEqualTo(216);
  }

  @Test
  void aUnionWithoutSomeOfItsSourcesIsPartialAndSoIsWhatIsMadeOfIt() {
    List<Derived> derived =
        Derivation.of(
            GRID,
            List.of(box("iliac_artery_left", 10, 5)),
            DerivedStructures.read(
                """
                custom_structures:
                  - name: iliac_area
                    source_structures: [iliac_vess]
                    margin: 2
                  - name: iliac_vess
                    source_structures: [iliac_artery_left, iliac_artery_right]
                """));

    assertThat(derived)
        .extracting(d -> d.structure().name())
        .containsExactly("iliac_vess", "iliac_area");
    assertThat(derived).extracting(Derived::completeness).containsOnly(Completeness.PARTIAL);
    assertThat(derived.get(0).missing()).containsExactly("iliac_artery_right");
    assertThat(derived.get(1).reason()).isEqualTo("a source is partial");
  }

  @Test
  void otherRulesNeedAllTheirSources() {
    for (String rule : List.of("intersection", "subtract", "xor")) {
      Derived derived =
          one("    operation: " + rule + "\n    source_structures: [A, B]\n", box("A", 10, 5));

      assertThat(derived.mask()).isNull();
      assertThat(derived.reason()).isEqualTo("not made: B not there");
    }
  }

  @Test
  void whatTheImageCutsIsPartial() {
    Derived derived = one("    source_structures: [A]\n    margin: 6\n", box("A", 5, 10));

    assertThat(derived.completeness()).isEqualTo(Completeness.PARTIAL);
    assertThat(derived.reason()).isEqualTo("touches the border of the image");
  }

  @Test
  void namesAreFoundInTheSpellingsOfTheTools() {
    Derived derived =
        one(
            "    source_structures: [Iliac Artery (left), heart, lung_left]\n",
            box("total--iliac_artery_left", 10, 5),
            box("heart__partial", 20, 5),
            box("Lung-Left", 30, 5));

    assertThat(derived.missing()).isEmpty();
    assertThat(voxels(derived)).isEqualTo(375);
  }

  @Test
  void emptyResultsSayThatNoVoxelIsLeft() {
    Derived derived =
        one(
            "    operation: intersection\n    source_structures: [A, B]\n",
            box("A", 10, 5),
            box("B", 30, 5));

    assertThat(derived.mask()).isNull();
    assertThat(derived.reason()).isEqualTo("not made: no voxel is left");
  }

  @Test
  void aFewVoxelsAreMadeAndFlagged() {
    Derived derived = one("    source_structures: [A]\n", box("A", 10, 2));

    assertThat(derived.completeness()).isEqualTo(Completeness.COMPLETE);
    assertThat(derived.reason()).isEqualTo("only 8 voxels");
  }
}
