package org.rtpipeline.structures;

import java.io.Serializable;
import java.util.List;

/**
 * One structure to be made of others.
 *
 * @param name its name
 * @param rule how the sources are put together, first to last
 * @param sources names of structures of the course, or of structures derived before
 * @param step what happens to the result
 * @param description what it is for; empty for nothing said
 */
public record DerivedStructure(
    String name, SetRule rule, List<String> sources, Step step, String description)
    implements Serializable {

  /** Refuses a structure without name or sources. */
  public DerivedStructure {
    sources = List.copyOf(sources);
    if (name.isBlank()) {
      throw new IllegalArgumentException("a derived structure has no name");
    }
    if (sources.isEmpty()) {
      throw new IllegalArgumentException(name + " has no source_structures");
    }
  }

  /** What happens to the combined sources. */
  public sealed interface Step extends Serializable {}

  /** The surface is moved. */
  public record Move(Margin margin) implements Step {}

  /**
   * What lies between two expansions remains.
   *
   * @param inner where the ring begins
   * @param outer where it ends
   */
  public record Ring(Margin inner, Margin outer) implements Step {}
}
