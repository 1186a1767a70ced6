package org.rtpipeline.organize;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.DoseDecision;
import org.rtpipeline.model.DoseDecision.Rule;
import org.rtpipeline.model.InstanceHeader;
import org.rtpipeline.model.ObjectFacts;
import org.rtpipeline.model.Reference;

/**
 * Decides which doses of a course count, and fails closed: when nothing says safely which dose is
 * the dose of the course, none is chosen.
 *
 * <p>A dose of one beam counts only together with the doses of all other treatment beams of its
 * plan, each exactly once (PS3.3 C.8.8.3.1: DoseSummationType BEAM).
 */
final class DoseResolver {

  private static final Set<String> SUMS_OVER_PLANS = Set.of("PLAN_SUM", "MULTI_PLAN");
  private static final Set<String> WHOLE_PLAN = Set.of("PLAN", "PLAN_OVERVIEW");

  private DoseResolver() {}

  /**
   * The decision for the doses of one course.
   *
   * @param doses RTDOSE headers, one per SOP instance UID, any order
   * @param plans RTPLAN headers of the course, any order
   */
  static DoseDecision decide(List<InstanceHeader> doses, List<InstanceHeader> plans) {
    List<InstanceHeader> all =
        doses.stream().sorted(Comparator.comparing(InstanceHeader::sopInstanceUid)).toList();
    if (all.isEmpty()) {
      return new DoseDecision(Rule.NO_DOSES, List.of(), List.of(), "the course has no dose");
    }
    List<InstanceHeader> usable =
        all.stream().filter(d -> !"ERROR".equals(facts(d).type())).toList();
    List<InstanceHeader> sums = ofTypes(usable, SUMS_OVER_PLANS);
    if (!sums.isEmpty()) {
      return planSum(all, usable, sums);
    }
    List<InstanceHeader> whole =
        usable.stream().filter(d -> isWholePlan(facts(d).summationType())).toList();
    List<InstanceHeader> parts = usable.stream().filter(d -> !whole.contains(d)).toList();
    if (!whole.isEmpty()) {
      return wholePlan(all, whole, parts);
    }
    return parts.stream().allMatch(d -> "BEAM".equals(facts(d).summationType())) && !parts.isEmpty()
        ? beams(all, parts, plans)
        : closed(
            Rule.AMBIGUOUS_NO_SUM,
            all,
            "no dose of a whole plan or of a sum of plans: " + types(all));
  }

  private static DoseDecision planSum(
      List<InstanceHeader> all, List<InstanceHeader> usable, List<InstanceHeader> sums) {
    int most = sums.stream().mapToInt(d -> plansOf(d).size()).max().orElse(0);
    List<InstanceHeader> widest = sums.stream().filter(d -> plansOf(d).size() == most).toList();
    if (widest.size() > 1) {
      return closed(
          Rule.AMBIGUOUS_NO_SUM,
          all,
          widest.size() + " plan sums refer to " + most + " plans each");
    }
    InstanceHeader sum = widest.get(0);
    List<String> outside =
        usable.stream()
            .filter(d -> !d.equals(sum) && !isPartOf(d, sum))
            .map(InstanceHeader::sopInstanceUid)
            .toList();
    if (!outside.isEmpty()) {
      return closed(
          Rule.AMBIGUOUS_NO_SUM,
          all,
          "the plan sum leaves out the plan of " + outside.size() + " other dose(s)");
    }
    return chosen(
        Rule.PLAN_SUM_USED,
        all,
        List.of(sum),
        "the planning system's sum, which refers to " + most + " plan(s)");
  }

  private static DoseDecision wholePlan(
      List<InstanceHeader> all, List<InstanceHeader> whole, List<InstanceHeader> parts) {
    if (whole.size() > 1) {
      return closed(
          Rule.AMBIGUOUS_NO_SUM,
          all,
          whole.size()
              + " doses of whole plans and no plan sum: they may be added or alternatives");
    }
    InstanceHeader dose = whole.get(0);
    long others = parts.stream().filter(d -> !isPartOf(d, dose)).count();
    if (others > 0) {
      return closed(
          Rule.AMBIGUOUS_NO_SUM,
          all,
          others + " dose(s) of parts of another plan stand beside the one plan dose");
    }
    return chosen(
        Rule.SINGLE_DOSE,
        all,
        List.of(dose),
        parts.isEmpty()
            ? "the only dose of a whole plan"
            : "the only dose of a whole plan; " + parts.size() + " part(s) of it are left out");
  }

  /** True when the part names its plans, the whole names them too, and no frame speaks against. */
  private static boolean isPartOf(InstanceHeader part, InstanceHeader whole) {
    Set<String> plans = plansOf(part);
    String frame = part.frameOfReferenceUid();
    String wholeFrame = whole.frameOfReferenceUid();
    boolean sameFrame = frame == null || wholeFrame == null || frame.equals(wholeFrame);
    return sameFrame && !plans.isEmpty() && plansOf(whole).containsAll(plans);
  }

  private static DoseDecision beams(
      List<InstanceHeader> all, List<InstanceHeader> beams, List<InstanceHeader> plans) {
    Set<String> planUids = new TreeSet<>();
    beams.forEach(d -> planUids.addAll(plansOf(d)));
    if (planUids.size() != 1) {
      return closed(
          Rule.BEAM_DOSES_INCOMPLETE,
          all,
          beams.size() + " beam dose(s) refer to " + planUids.size() + " plans, expected 1");
    }
    if (beams.stream().map(InstanceHeader::frameOfReferenceUid).distinct().count() > 1) {
      return closed(
          Rule.BEAM_DOSES_INCOMPLETE, all, "the beam doses lie in several frames of reference");
    }
    String planUid = planUids.iterator().next();
    List<Integer> expected =
        plans.stream()
            .filter(p -> p.sopInstanceUid().equals(planUid))
            .map(InstanceHeader::facts)
            .filter(ObjectFacts.PlanFacts.class::isInstance)
            .flatMap(f -> ((ObjectFacts.PlanFacts) f).treatmentBeamNumbers().stream())
            .sorted()
            .toList();
    List<Integer> seen =
        beams.stream().flatMap(d -> facts(d).referencedBeamNumbers().stream()).sorted().toList();
    boolean oneEach = beams.stream().allMatch(d -> facts(d).referencedBeamNumbers().size() == 1);
    if (expected.isEmpty() || !oneEach || !seen.equals(expected)) {
      return closed(
          Rule.BEAM_DOSES_INCOMPLETE,
          all,
          "beam doses are there for beams " + seen + ", the plan treats with " + expected);
    }
    return chosen(
        Rule.BEAM_DOSES_SUMMED,
        all,
        beams,
        "one dose for each of the " + expected.size() + " treatment beams of the plan");
  }

  private static DoseDecision chosen(
      Rule rule, List<InstanceHeader> all, List<InstanceHeader> chosen, String reason) {
    List<String> excluded = new ArrayList<>(uids(all));
    excluded.removeAll(new HashSet<>(uids(chosen)));
    return new DoseDecision(rule, uids(chosen), excluded, reason);
  }

  private static DoseDecision closed(Rule rule, List<InstanceHeader> all, String reason) {
    return new DoseDecision(rule, List.of(), uids(all), reason);
  }

  private static List<String> uids(List<InstanceHeader> doses) {
    return doses.stream().map(InstanceHeader::sopInstanceUid).toList();
  }

  private static List<InstanceHeader> ofTypes(List<InstanceHeader> doses, Set<String> types) {
    return doses.stream()
        .filter(d -> types.contains(Objects.requireNonNullElse(facts(d).summationType(), "")))
        .toList();
  }

  private static boolean isWholePlan(@Nullable String type) {
    return type == null || type.isEmpty() || WHOLE_PLAN.contains(type);
  }

  private static Set<String> plansOf(InstanceHeader dose) {
    return dose.referenced(Reference.Role.PLAN).collect(Collectors.toCollection(TreeSet::new));
  }

  private static String types(List<InstanceHeader> doses) {
    Map<String, Long> counts =
        doses.stream()
            .map(d -> String.valueOf(facts(d).summationType()))
            .collect(Collectors.groupingBy(t -> t, java.util.TreeMap::new, Collectors.counting()));
    return counts.toString();
  }

  private static ObjectFacts.Dose facts(InstanceHeader dose) {
    if (dose.facts() instanceof ObjectFacts.Dose facts) {
      return facts;
    }
    throw new IllegalArgumentException(dose.sopInstanceUid() + " is no dose");
  }
}
