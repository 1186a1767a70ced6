package org.rtpipeline.metadata;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.Beam;
import org.rtpipeline.model.PersonalData;
import org.rtpipeline.model.Plan;
import org.rtpipeline.model.PlanDetail;

/**
 * What the plans that count in a course say, taken together.
 *
 * @param plans plans that count, in ascending order of UID, without control points
 * @param beams treatment beams of each plan, in the order of the plans
 * @param choice which plans count, and why
 * @param roiNames names of the ROIs that prescriptions point to, by ROI number
 */
public record CasePlan(
    List<PlanDetail> plans,
    List<List<BeamSummary>> beams,
    Choice choice,
    Map<Integer, String> roiNames)
    implements Serializable {

  /**
   * Which plans of a course count.
   *
   * @param basis why these
   * @param together whether fractions and prescriptions of several plans add up
   */
  public record Choice(String basis, Together together) implements Serializable {}

  /** What several plans make of fractions and prescriptions. */
  public enum Together {
    /** They add up, as their doses do. */
    SUM,
    /** Nothing: it is not known which count. */
    UNDECIDED
  }

  /** Copies the collections. */
  public CasePlan {
    plans = List.copyOf(plans);
    beams = beams.stream().map(List::copyOf).toList();
    roiNames = Map.copyOf(roiNames);
  }

  /**
   * The plans that count.
   *
   * @param personal what the tables may hold of people
   */
  public static CasePlan of(
      List<PlanDetail> plans, Choice choice, Map<Integer, String> roiNames, PersonalData personal) {
    return new CasePlan(
        plans.stream().map(plan -> plan.asTold(personal)).toList(),
        plans.stream().map(CasePlan::treatmentBeams).toList(),
        choice,
        roiNames);
  }

  private static List<BeamSummary> treatmentBeams(PlanDetail plan) {
    return plan.beams().stream()
        .filter(beam -> beam.beam().isTreatment())
        .map(BeamSummary::of)
        .toList();
  }

  /** The treatment beams of all plans that count. */
  List<BeamSummary> allBeams() {
    return beams.stream().flatMap(List::stream).toList();
  }

  /** One text per plan that has it, each once. */
  List<String> texts(Function<PlanDetail, @Nullable Object> fact) {
    return plans.stream()
        .map(fact)
        .filter(Objects::nonNull)
        .map(value -> Objects.requireNonNull(value).toString())
        .filter(text -> !text.isEmpty())
        .distinct()
        .toList();
  }

  /** Fractions planned; null when a plan does not say or it is not known which count. */
  @Nullable Integer plannedFractions() {
    List<Integer> each = each(plan -> plan.fractionsPlanned());
    return each.isEmpty() ? null : each.stream().mapToInt(Integer::intValue).sum();
  }

  /** Highest target prescription, Gy, added up over plans that add up; null when not known. */
  @Nullable Double prescriptionGy() {
    List<Double> each =
        each(
            plan -> {
              OptionalDouble gy = plan.prescriptionGy();
              return gy.isPresent() ? gy.getAsDouble() : null;
            });
    return each.isEmpty() ? null : each.stream().mapToDouble(Double::doubleValue).sum();
  }

  /** One value per plan; none when a plan lacks it or the plans are not known to add up. */
  private <T> List<T> each(Function<Plan, @Nullable T> fact) {
    if (plans.size() > 1 && choice.together != Together.SUM) {
      return List.of();
    }
    List<T> all = new ArrayList<>();
    for (PlanDetail plan : plans) {
      T value = fact.apply(plan.plan());
      if (value != null) {
        all.add(value);
      }
    }
    return all.size() == plans.size() ? all : List.of();
  }

  /** Meterset of one fraction of every plan, MU; null when a treatment beam has none. */
  @Nullable Double metersetMu() {
    return metersetMu(allBeams());
  }

  private static @Nullable Double metersetMu(List<BeamSummary> beams) {
    double sum = 0;
    for (BeamSummary beam : beams) {
      Double mu = beam.beam().metersetMu();
      if (mu == null) {
        return null;
      }
      sum += mu;
    }
    return beams.isEmpty() ? null : sum;
  }

  /** Meterset of one fraction over its prescribed dose, MU/Gy; null for several plans. */
  @Nullable Double metersetPerGy() {
    Double mu = metersetMu();
    Double gy = prescriptionGy();
    Integer fractions = plannedFractions();
    return plans.size() != 1 || mu == null || gy == null || fractions == null || fractions < 1
        ? null
        : mu * fractions / gy;
  }

  /** Modulation complexity score of the plan, and why it has none. */
  Complexity complexity() {
    if (plans.size() != 1) {
      return new Complexity(null, "the score is that of one plan, here are " + plans.size());
    }
    Double totalMu = metersetMu();
    if (totalMu == null || totalMu <= 0) {
      return new Complexity(null, "treatment beams without a meterset");
    }
    double score = 0;
    for (BeamSummary beam : allBeams()) {
      ModulationComplexity.Score own = beam.complexity().score();
      Double mu = beam.beam().metersetMu();
      if (own == null || mu == null) {
        return new Complexity(
            null, "beam " + beam.beam().number() + ": " + beam.complexity().reason());
      }
      score += own.score() * mu / totalMu;
    }
    return new Complexity(score, "");
  }

  /**
   * A score of a plan, the mean of those of its beams weighted with their meterset.
   *
   * @param score null when there is none
   * @param reason why there is none; empty when there is one
   */
  record Complexity(@Nullable Double score, String reason) {}

  /** Techniques of the treatment beams, each once; several are joined with a plus sign. */
  @Nullable String technique() {
    Stream<Technique> ofBeams = allBeams().stream().map(beam -> beam.technique().technique());
    Stream<Technique> ofSources =
        plans.stream()
            .filter(plan -> plan.applicationSetups() > 0)
            .map(plan -> Technique.BRACHYTHERAPY);
    List<String> names =
        Stream.concat(ofBeams, ofSources).distinct().sorted().map(Technique::name).toList();
    return names.isEmpty() ? null : String.join("+", names);
  }

  /** What was seen of each beam, each once with the beams that show it. */
  @Nullable String techniqueBasis() {
    Map<String, List<String>> beamsByBasis =
        allBeams().stream()
            .collect(
                Collectors.groupingBy(
                    beam -> beam.technique().basis(),
                    TreeMap::new,
                    Collectors.mapping(
                        beam -> Integer.toString(beam.beam().number()), Collectors.toList())));
    return beamsByBasis.isEmpty()
        ? null
        : beamsByBasis.entrySet().stream()
            .map(entry -> "beam " + String.join(", ", entry.getValue()) + ": " + entry.getKey())
            .collect(Collectors.joining("; "));
  }

  /** Nominal energies of the treatment beams, each once, ascending. */
  List<Double> energiesMv() {
    return allBeams().stream()
        .flatMap(beam -> beam.energiesMv().stream())
        .distinct()
        .sorted()
        .toList();
  }

  /** Machines of the treatment beams, each once. */
  List<String> machines() {
    return allBeams().stream()
        .map(BeamSummary::beam)
        .map(Beam::treatmentMachine)
        .filter(Objects::nonNull)
        .map(Objects::requireNonNull)
        .distinct()
        .toList();
  }
}
