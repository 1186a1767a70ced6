package org.rtpipeline.phantom;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.rtpipeline.geometry.Point;

/**
 * Several solids that do not touch, as one region: both lungs, two chains of lymph nodes.
 *
 * @param parts the solids, at least one, disjoint
 */
public record Group(List<Solid> parts) implements Solid {

  /** Copies the list. */
  public Group {
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("a group has at least one part");
    }
    parts = List.copyOf(parts);
  }

  @Override
  public String shape() {
    return "group";
  }

  @Override
  public double volumeMm3() {
    return parts.stream().mapToDouble(Solid::volumeMm3).sum();
  }

  @Override
  public boolean contains(Point pointMm) {
    return parts.stream().anyMatch(part -> part.contains(pointMm));
  }

  @Override
  public double lowestMm(Axis axis) {
    return parts.stream().mapToDouble(part -> part.lowestMm(axis)).min().orElseThrow();
  }

  @Override
  public double highestMm(Axis axis) {
    return parts.stream().mapToDouble(part -> part.highestMm(axis)).max().orElseThrow();
  }

  @Override
  public double shareAbove(Axis axis, double coordinateMm) {
    return weighted(part -> part.shareAbove(axis, coordinateMm));
  }

  @Override
  public double meanExcessMm(Axis axis, double coordinateMm) {
    return weighted(part -> part.meanExcessMm(axis, coordinateMm));
  }

  @Override
  public List<double[]> outlinesMm(double zMm) {
    List<double[]> all = new ArrayList<>();
    for (Solid part : parts) {
      all.addAll(part.outlinesMm(zMm));
    }
    return all;
  }

  private double weighted(ToDoubleFunction<Solid> fact) {
    return parts.stream().mapToDouble(part -> part.volumeMm3() * fact.applyAsDouble(part)).sum()
        / volumeMm3();
  }
}
