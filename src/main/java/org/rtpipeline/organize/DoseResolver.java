package org.rtpipeline.organize;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
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

  private static final Set<String> NO_TREATMENT =
      Set.of("VERIFICATION", "MACHINE_QA", "RESEARCH", "SERVICE");

  private final DoseQuestion question;
  private final List<InstanceHeader> all;

  private DoseResolver(DoseQuestion question) {
    this.question = question;
    this.all = question.doses();
  }

  /** The decision for the doses of one course. */
  static DoseDecision decide(DoseQuestion question) {
    if (question.doses().isEmpty()) {
      return new DoseDecision(Rule.NO_DOSES, List.of(), List.of(), "the course has no dose");
    }
    if (question.doses().stream().noneMatch(DoseResolver::hasGrid)) {
      return closed(
          Rule.NO_DOSES,
          question.doses(),
          "none of "
              + question.doses().size()
              + " dose object(s) has a grid, only curves or points: no rows (0028,0010) or no"
              + " columns (0028,0011)");
    }
    DoseDecision decision =
        userChoice(question).orElseGet(() -> new DoseResolver(question).byObjects());
    return withReference(decision, question);
  }

  /** Doses that the user names are taken or left out, whatever the objects say. */
  private static Optional<DoseDecision> userChoice(DoseQuestion question) {
    Map<String, DoseChoice.Use> uses = new TreeMap<>();
    question.choices().forEach(c -> uses.put(c.doseUid(), c.use()));
    List<InstanceHeader> named =
        question.doses().stream().filter(d -> uses.containsKey(d.sopInstanceUid())).toList();
    if (named.isEmpty()) {
      return Optional.empty();
    }
    List<InstanceHeader> taken =
        named.stream().filter(d -> uses.get(d.sopInstanceUid()) == DoseChoice.Use.YES).toList();
    long frames = taken.stream().map(InstanceHeader::frameOfReferenceUid).distinct().count();
    return Optional.of(
        frames > 1
            ? closed(
                Rule.SEPARATE_FRAMES,
                question.doses(),
                "the user chose doses in " + frames + " frames of reference")
            : chosen(
                Rule.USER_CHOICE,
                question.doses(),
                taken,
                "the user's table says yes to "
                    + taken.size()
                    + " and no to "
                    + (named.size() - taken.size())
                    + " dose(s)"));
  }

  /** What 100 % of a relative dose is: the highest prescription of its one plan. */
  private static DoseDecision withReference(DoseDecision decision, DoseQuestion question) {
    boolean relative =
        question.doses().stream()
            .filter(d -> decision.chosenUids().contains(d.sopInstanceUid()))
            .anyMatch(d -> "RELATIVE".equals(facts(d).units()));
    if (!relative
        || decision.chosenUids().size() != 1
        || question.relativeDoses() == OrganizeOptions.RelativeDoses.REFUSE) {
      return decision;
    }
    Double referenceGy =
        question.doses().stream()
            .filter(d -> decision.chosenUids().contains(d.sopInstanceUid()))
            .map(DoseResolver::plansOf)
            .filter(plans -> plans.size() == 1)
            .flatMap(plans -> question.facts(plans.iterator().next()).stream())
            .map(ObjectFacts.PlanFacts::prescriptionGy)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null);
    return new DoseDecision(
        decision.rule(),
        decision.chosenUids(),
        decision.excludedUids(),
        decision.reason(),
        decision.evidence(),
        decision.confidence(),
        referenceGy);
  }

  private DoseDecision byObjects() {
    List<InstanceHeader> usable = usable();
    List<InstanceHeader> sums = ofTypes(usable, SUMS_OVER_PLANS);
    if (!sums.isEmpty()) {
      return planSum(all, usable, sums);
    }
    List<InstanceHeader> whole =
        usable.stream().filter(d -> isWholePlan(facts(d).summationType())).toList();
    List<InstanceHeader> parts = usable.stream().filter(d -> !whole.contains(d)).toList();
    if (whole.size() == 1) {
      return wholePlan(whole, parts);
    }
    if (!whole.isEmpty()) {
      return severalPlans(
          whole,
          parts,
          whole.size()
              + " doses of whole plans and no plan sum: they may be added or alternatives");
    }
    return parts.stream().allMatch(d -> "BEAM".equals(facts(d).summationType())) && !parts.isEmpty()
        ? beams(parts)
        : closed(
            Rule.AMBIGUOUS_NO_SUM,
            all,
            "no dose of a whole plan or of a sum of plans: " + types(all));
  }

  /** An RT Dose may hold curves (DVHs) or points alone (PS3.3 A.18.3). */
  private static boolean hasGrid(InstanceHeader dose) {
    return facts(dose).points() > 0;
  }

  /**
   * Doses that may count: no curves without grid, no error estimates, none of plans that were
   * rejected or made to verify another one, no biological dose beside the physical one of the same
   * plan, no relative dose beside one with a unit.
   */
  private List<InstanceHeader> usable() {
    List<InstanceHeader> kept =
        all.stream()
            .filter(DoseResolver::hasGrid)
            .filter(d -> !"ERROR".equals(facts(d).type()))
            .filter(d -> plansOf(d).isEmpty() || plansOf(d).stream().anyMatch(this::isForTreatment))
            .toList();
    return kept.stream()
        .filter(d -> kept.stream().noneMatch(other -> isBetterVersion(other, d)))
        .toList();
  }

  private boolean isForTreatment(String planUid) {
    return question
        .facts(planUid)
        .map(
            plan ->
                !"REJECTED".equals(plan.approvalStatus())
                    && !NO_TREATMENT.contains(Objects.requireNonNullElse(plan.intent(), "")))
        .orElse(true);
  }

  private static boolean isBetterVersion(InstanceHeader better, InstanceHeader dose) {
    boolean sameKind =
        plansOf(better).equals(plansOf(dose))
            && Objects.equals(facts(better).summationType(), facts(dose).summationType())
            && facts(better).referencedBeamNumbers().equals(facts(dose).referencedBeamNumbers());
    boolean physical =
        "EFFECTIVE".equals(facts(dose).type()) && "PHYSICAL".equals(facts(better).type());
    boolean absolute =
        "RELATIVE".equals(facts(dose).units()) && !"RELATIVE".equals(facts(better).units());
    return sameKind && (physical || absolute);
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

  private DoseDecision wholePlan(List<InstanceHeader> whole, List<InstanceHeader> parts) {
    InstanceHeader dose = whole.get(0);
    long others = parts.stream().filter(d -> !isPartOf(d, dose)).count();
    if (others > 0) {
      return severalPlans(
          whole,
          parts,
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

  /** Doses of several plans; those of beams count where they are all the beams of a plan. */
  private DoseDecision severalPlans(
      List<InstanceHeader> whole, List<InstanceHeader> parts, String doubt) {
    Map<String, List<InstanceHeader>> byPlan = new TreeMap<>();
    for (InstanceHeader dose : whole) {
      if (plansOf(dose).size() != 1) {
        return closed(Rule.AMBIGUOUS_NO_SUM, all, doubt);
      }
      byPlan.computeIfAbsent(plansOf(dose).iterator().next(), x -> new ArrayList<>()).add(dose);
    }
    if (byPlan.values().stream().anyMatch(doses -> doses.size() > 1)) {
      return closed(Rule.AMBIGUOUS_NO_SUM, all, doubt);
    }
    Map<String, List<InstanceHeader>> beams = new TreeMap<>();
    for (InstanceHeader part : parts) {
      if (whole.stream().noneMatch(dose -> isPartOf(part, dose))) {
        beams.computeIfAbsent(String.join(" ", plansOf(part)), x -> new ArrayList<>()).add(part);
      }
    }
    for (Map.Entry<String, List<InstanceHeader>> entry : beams.entrySet()) {
      if (!isWholeInBeams(entry.getKey(), entry.getValue())
          || byPlan.put(entry.getKey(), entry.getValue()) != null) {
        return closed(Rule.AMBIGUOUS_NO_SUM, all, doubt);
      }
    }
    return SeveralPlans.decide(uids(all), plans(byPlan), doubt);
  }

  private List<PlanDose> plans(Map<String, List<InstanceHeader>> byPlan) {
    List<PlanDose> plans = new ArrayList<>();
    byPlan.forEach((plan, doses) -> plans.add(PlanDose.of(plan, doses, question)));
    return plans;
  }

  /** True when the part names its plans, the whole names them too, and no frame speaks against. */
  private static boolean isPartOf(InstanceHeader part, InstanceHeader whole) {
    Set<String> plans = plansOf(part);
    String frame = part.frameOfReferenceUid();
    String wholeFrame = whole.frameOfReferenceUid();
    boolean sameFrame = frame == null || wholeFrame == null || frame.equals(wholeFrame);
    return sameFrame && !plans.isEmpty() && plansOf(whole).containsAll(plans);
  }

  private DoseDecision beams(List<InstanceHeader> beams) {
    Map<String, List<InstanceHeader>> byPlan = new TreeMap<>();
    beams.forEach(
        d -> byPlan.computeIfAbsent(String.join(" ", plansOf(d)), x -> new ArrayList<>()).add(d));
    if (byPlan.size() > 1
        && byPlan.entrySet().stream().allMatch(e -> isWholeInBeams(e.getKey(), e.getValue()))) {
      return SeveralPlans.decide(
          uids(all),
          plans(byPlan),
          "the beam doses of " + byPlan.size() + " plans may be added or alternatives");
    }
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
    List<Integer> expected = treatmentBeams(planUid);
    if (!isWholeInBeams(planUid, beams)) {
      return closed(
          Rule.BEAM_DOSES_INCOMPLETE,
          all,
          "beam doses are there for beams "
              + seenBeams(beams)
              + (expected.isEmpty()
                  ? ", their plan with its treatment beams is not"
                  : ", the plan treats with " + expected));
    }
    return chosen(
        Rule.BEAM_DOSES_SUMMED,
        all,
        beams,
        "one dose for each of the " + expected.size() + " treatment beams of the plan");
  }

  /** True when every treatment beam of the plan has exactly one dose, all in one frame. */
  private boolean isWholeInBeams(String planUid, List<InstanceHeader> beams) {
    List<Integer> expected = treatmentBeams(planUid);
    return !expected.isEmpty()
        && beams.stream().allMatch(d -> "BEAM".equals(facts(d).summationType()))
        && beams.stream().allMatch(d -> facts(d).referencedBeamNumbers().size() == 1)
        && beams.stream().map(InstanceHeader::frameOfReferenceUid).distinct().count() == 1
        && seenBeams(beams).equals(expected);
  }

  private List<Integer> treatmentBeams(String planUid) {
    return question.facts(planUid).stream()
        .flatMap(plan -> plan.treatmentBeamNumbers().stream())
        .sorted()
        .toList();
  }

  private static List<Integer> seenBeams(List<InstanceHeader> beams) {
    return beams.stream().flatMap(d -> facts(d).referencedBeamNumbers().stream()).sorted().toList();
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
            .collect(Collectors.groupingBy(t -> t, TreeMap::new, Collectors.counting()));
    return counts.toString();
  }

  private static ObjectFacts.Dose facts(InstanceHeader dose) {
    if (dose.facts() instanceof ObjectFacts.Dose facts) {
      return facts;
    }
    throw new IllegalArgumentException(dose.sopInstanceUid() + " is no dose");
  }
}
