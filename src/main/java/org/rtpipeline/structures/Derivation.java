package org.rtpipeline.structures;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.geometry.VoxelMask;

/**
 * Makes derived structures of the structures of one course.
 *
 * <p>A union of which some source is missing is made of the others and is partial; every other rule
 * needs all its sources. What is made of a partial structure, or touches the border of the image,
 * is partial too.
 */
public final class Derivation {

  private static final int FEW_VOXELS = 10;

  private final VoxelGrid grid;
  private final Map<String, Source> byName = new LinkedHashMap<>();
  private final Map<String, Source> byAlias = new LinkedHashMap<>();

  private record Source(VoxelMask mask, Completeness completeness) {}

  /** Whether a structure is all that was asked for. */
  public enum Completeness {
    /** Made of all its sources, inside the image. */
    COMPLETE,
    /** A source is missing or partial, or the image ends where the structure does. */
    PARTIAL
  }

  /**
   * What became of one derived structure.
   *
   * @param structure what was asked for
   * @param mask its voxels; null when it could not be made
   * @param completeness whether it is all of it
   * @param missing sources that are not there
   * @param reason why it is partial, small, or not made; empty for nothing to say
   */
  public record Derived(
      DerivedStructure structure,
      @Nullable VoxelMask mask,
      Completeness completeness,
      List<String> missing,
      String reason) {

    /** Copies the list. */
    public Derived {
      missing = List.copyOf(missing);
    }
  }

  private Derivation(VoxelGrid grid, List<NamedMask> sources) {
    this.grid = grid;
    Map<NamedMask, Source> all = new LinkedHashMap<>();
    sources.forEach(mask -> all.put(mask, new Source(mask.mask(), Completeness.COMPLETE)));
    all.forEach((mask, source) -> remember(mask.name(), source));
    all.forEach((mask, source) -> mask.aliases().forEach(alias -> remember(alias, source)));
  }

  private void remember(String name, Source source) {
    byName.putIfAbsent(name, source);
    StructureAliases.of(name).forEach(alias -> byAlias.putIfAbsent(alias, source));
  }

  /**
   * Derives structures in their order; each is a source of those after it, before structures of the
   * course with the same name.
   *
   * @param grid of the masks
   * @param sources structures of the course; of two with one name the first counts
   */
  public static List<Derived> of(
      VoxelGrid grid, List<NamedMask> sources, DerivedStructures structures) {
    Derivation derivation = new Derivation(grid, sources);
    List<Derived> derived = new ArrayList<>();
    for (DerivedStructure structure : structures.all()) {
      Derived one = derivation.derive(structure);
      derived.add(one);
      VoxelMask mask = one.mask();
      if (mask != null) {
        Source source = new Source(mask, one.completeness());
        derivation.byName.put(structure.name(), source);
        StructureAliases.of(structure.name())
            .forEach(alias -> derivation.byAlias.put(alias, source));
      }
    }
    return derived;
  }

  private Optional<Source> source(String name) {
    Source exact = byName.get(name);
    return exact != null
        ? Optional.of(exact)
        : StructureAliases.of(name).stream()
            .flatMap(alias -> Optional.ofNullable(byAlias.get(alias)).stream())
            .findFirst();
  }

  private Derived derive(DerivedStructure structure) {
    List<Source> there = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (String name : structure.sources()) {
      source(name).ifPresentOrElse(there::add, () -> missing.add(name));
    }
    if (there.isEmpty() || (!missing.isEmpty() && structure.rule() != SetRule.UNION)) {
      return new Derived(
          structure,
          null,
          Completeness.PARTIAL,
          missing,
          "not made: " + String.join(", ", missing) + " not there");
    }
    Optional<VoxelMask> mask =
        combined(structure.rule(), there).flatMap(m -> stepped(structure.step(), m));
    if (mask.isEmpty()) {
      return new Derived(
          structure, null, Completeness.COMPLETE, missing, "not made: no voxel is left");
    }
    return finished(structure, there, missing, mask.get());
  }

  private Derived finished(
      DerivedStructure structure, List<Source> there, List<String> missing, VoxelMask mask) {
    List<String> reasons = new ArrayList<>();
    if (!missing.isEmpty()) {
      reasons.add("made without " + String.join(", ", missing));
    }
    if (there.stream().anyMatch(source -> source.completeness() == Completeness.PARTIAL)) {
      reasons.add("a source is partial");
    }
    if (touchesBorder(mask)) {
      reasons.add("touches the border of the image");
    }
    Completeness completeness = reasons.isEmpty() ? Completeness.COMPLETE : Completeness.PARTIAL;
    if (mask.voxels() < FEW_VOXELS) {
      reasons.add("only " + mask.voxels() + " voxels");
    }
    return new Derived(structure, mask, completeness, missing, String.join("; ", reasons));
  }

  private static Optional<VoxelMask> combined(SetRule rule, List<Source> sources) {
    List<VoxelMask> masks = sources.stream().map(Source::mask).toList();
    MaskBox box = MaskBox.round(masks);
    box.combine(MaskBox.of(masks.get(0)), SetRule.UNION);
    for (VoxelMask other : masks.subList(1, masks.size())) {
      box.combine(MaskBox.of(other), rule);
    }
    return box.mask();
  }

  private Optional<VoxelMask> stepped(DerivedStructure.Step step, VoxelMask mask) {
    if (step instanceof DerivedStructure.Move move) {
      return MaskMargin.apply(grid, mask, move.margin());
    }
    DerivedStructure.Ring ring = (DerivedStructure.Ring) step;
    Optional<VoxelMask> outer = MaskMargin.apply(grid, mask, ring.outer());
    Optional<VoxelMask> inner = MaskMargin.apply(grid, mask, ring.inner());
    return outer.flatMap(
        o -> {
          MaskBox box = MaskBox.round(List.of(o));
          box.combine(MaskBox.of(o), SetRule.UNION);
          inner.ifPresent(i -> box.combine(MaskBox.of(i), SetRule.SUBTRACT));
          return box.mask();
        });
  }

  private boolean touchesBorder(VoxelMask mask) {
    int[] counts = {grid.columns(), grid.rows(), grid.planes()};
    for (int axis = 0; axis < 3; axis++) {
      if (mask.first(axis) == 0 || mask.first(axis) + mask.count(axis) == counts[axis]) {
        return true;
      }
    }
    return false;
  }
}
