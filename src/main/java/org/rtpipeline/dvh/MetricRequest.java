package org.rtpipeline.dvh;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.RowHead;
import org.rtpipeline.model.TableRecord;

/**
 * What a job wants to know beyond the fixed columns: metrics by name of every region, and
 * constraints judged.
 *
 * @param metrics read from every region
 * @param constraints judged on the regions they are about
 * @param alphaBetas the first that is about a region gives its ratio
 */
public record MetricRequest(
    List<DvhMetric> metrics, List<ConstraintSet> constraints, List<AlphaBeta> alphaBetas)
    implements Serializable {

  /** Nothing more. */
  public static final MetricRequest NONE = new MetricRequest(List.of(), List.of(), List.of());

  /** Copies the lists; a metric that is asked for twice is read once. */
  public MetricRequest {
    metrics = metrics.stream().distinct().toList();
    constraints = List.copyOf(constraints);
    alphaBetas = List.copyOf(alphaBetas);
  }

  /** The same without constraints: they are about regions as they were drawn. */
  public MetricRequest unjudged() {
    return new MetricRequest(metrics, List.of(), alphaBetas);
  }

  /** True when a metric is read from the dose of the whole grid. */
  public boolean needsEverything() {
    return Stream.concat(
            metrics.stream(),
            constraints.stream()
                .flatMap(set -> set.constraints().stream())
                .map(DoseConstraint::metric))
        .anyMatch(DvhMetric::needsEverything);
  }

  /** Everything that decides the rows, for the key of a stage. */
  public List<String> text() {
    List<String> lines = new ArrayList<>();
    metrics.forEach(metric -> lines.add(metric.text()));
    for (ConstraintSet set : constraints) {
      set.constraints()
          .forEach(
              one ->
                  lines.add(
                      String.join(
                          ";",
                          set.name(),
                          one.structure(),
                          one.roiNames().pattern(),
                          one.text(),
                          one.endpoint(),
                          one.source())));
    }
    alphaBetas.forEach(ratio -> lines.add(ratio.text()));
    return lines;
  }

  /**
   * Rows of a region.
   *
   * @param head what every row begins with
   * @param roi the region
   * @param source objects behind the numbers
   * @param fractions in how many fractions the dose is given
   * @param volume the region's dose and volume
   * @param everything those of the whole grid; null unless {@link #needsEverything()}
   */
  public List<TableRecord> rows(
      RowHead head,
      RoiName roi,
      DvhSource source,
      DvhSource.Fractions fractions,
      RoiDoseVolume volume,
      @Nullable RoiDoseVolume everything) {
    MetricSource from =
        new MetricSource(volume, everything, source.prescription(), fractions, alphaBetaGy(roi));
    List<TableRecord> rows = new ArrayList<>();
    metrics.forEach(metric -> rows.add(DvhMetricRow.of(head, roi, source, metric, from)));
    constraints.forEach(set -> rows.addAll(DvhConstraintRow.of(head, roi, source, set, from)));
    return rows;
  }

  /**
   * Rows of a region that was not computed: no number, and why.
   *
   * @param head what every row begins with
   * @param roi the region
   * @param source objects, as far as known
   * @param reason one sentence
   */
  public List<TableRecord> notComputed(RowHead head, RoiName roi, DvhSource source, String reason) {
    List<TableRecord> rows = new ArrayList<>();
    metrics.forEach(
        metric -> rows.add(DvhMetricRow.notComputed(head, roi, source, metric, reason)));
    constraints.forEach(
        set -> rows.addAll(DvhConstraintRow.notComputed(head, roi, source, set, reason)));
    return rows;
  }

  /** By the region's own name, and when no ratio is about that, by its standard name. */
  private double alphaBetaGy(RoiName roi) {
    return Stream.of(roi.name(), roi.comparedName())
        .flatMap(name -> alphaBetas.stream().filter(ratio -> ratio.isAbout(name)))
        .mapToDouble(AlphaBeta::gy)
        .findFirst()
        .orElse(Double.NaN);
  }
}
