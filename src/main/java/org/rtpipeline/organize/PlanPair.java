package org.rtpipeline.organize;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.rtpipeline.model.DoseDecision.Evidence;
import org.rtpipeline.model.DoseDecision.Meaning;
import org.rtpipeline.model.ObjectFacts;

/**
 * What speaks for adding the doses of two plans of one course, and what for the later one being a
 * replan of the earlier.
 *
 * <p>Plan relationships (PS3.3 C.8.8.9) and treatment records decide alone; fractions planned,
 * prescriptions, targets, structure sets, dates and words need company.
 */
final class PlanPair {

  private static final int DECIDES = 3;
  private static final int NEEDS_COMPANY = 1;
  private static final double SAME_PRESCRIPTION = 0.1;
  private static final double SMALLER = 0.75;

  private static final Pattern BOOST_WORDS =
      Pattern.compile(
          "\\b(boost|bst|cone ?-?down|conedown|phase ?(2|3|ii|iii)|ph ?[23]|sequential)\\b");
  private static final Pattern REPLAN_WORDS =
      Pattern.compile(
          "\\b(re-?plan(ned|ning)?|adapt(ed|ive|ion)?|re-?sim(ulation)?|revision|rev ?\\d+|"
              + "new ct)\\b");

  private final PlanDose earlier;
  private final PlanDose later;
  private final List<Evidence> evidence = new ArrayList<>();

  private PlanPair(PlanDose earlier, PlanDose later) {
    this.earlier = earlier;
    this.later = later;
  }

  /** The evidence about two plans, in the order it was looked at. */
  static List<Evidence> evidence(PlanDose earlier, PlanDose later) {
    PlanPair pair = new PlanPair(earlier, later);
    pair.relations(later, earlier);
    pair.relations(earlier, later);
    pair.records();
    pair.prescriptions();
    pair.targets();
    pair.structureSets();
    pair.dates();
    pair.words();
    return pair.evidence;
  }

  private void relations(PlanDose from, PlanDose to) {
    from.facts().map(ObjectFacts.PlanFacts::relations).orElse(List.of()).stream()
        .filter(r -> r.planUid().equals(to.planUid()))
        .forEach(
            r -> {
              String text = "a plan calls the other " + r.relationship();
              switch (r.relationship()) {
                case "CONCURRENT", "PRIOR" -> add("plan relationship", Meaning.SUM, DECIDES, text);
                case "PREDECESSOR" -> add("plan relationship", Meaning.REPLAN, DECIDES, text);
                case "ALTERNATIVE" -> add("plan relationship", Meaning.SEPARATE, DECIDES, text);
                default -> add("plan relationship", Meaning.NEUTRAL, 0, text);
              }
            });
  }

  /** What was delivered of either plan, and when. */
  private void records() {
    int first = earlier.delivered();
    int second = later.delivered();
    if (first + second == 0) {
      return;
    }
    String counts =
        String.format(
            Locale.ROOT,
            "%d of %s and %d of %s fractions have records",
            first,
            planned(earlier),
            second,
            planned(later));
    if (first > 0 && second > 0) {
      bothTreated(counts);
    } else if (wasReplacedBeforeTreatment()) {
      add("delivered fractions", Meaning.REPLAN, DECIDES, counts);
    } else {
      add("delivered fractions", Meaning.NEUTRAL, 0, counts);
    }
  }

  private void bothTreated(String counts) {
    Optional<Integer> planned = earlier.planned();
    boolean inTurn =
        !earlier.days().isEmpty()
            && !later.days().isEmpty()
            && !last(earlier).isAfter(later.days().get(0));
    if (areTreatedTogether()) {
      add("delivered fractions", Meaning.SUM, DECIDES, counts + ", on the same days");
    } else if (inTurn && planned.isPresent() && earlier.delivered() >= planned.get()) {
      add("delivered fractions", Meaning.SUM, DECIDES, counts + ", one plan after the other");
    } else if (inTurn && planned.isPresent() && isTheRest(planned.get())) {
      add("delivered fractions", Meaning.REPLAN, DECIDES, counts + ": the later plan has the rest");
    } else {
      add("delivered fractions", Meaning.NEUTRAL, 0, counts);
    }
  }

  /** The later plan is meant for, or delivered, what the earlier one left. */
  private boolean isTheRest(int planned) {
    int left = planned - earlier.delivered();
    int laterPlanned = later.planned().orElse(0);
    return laterPlanned == left || laterPlanned == planned || later.delivered() == left;
  }

  private boolean areTreatedTogether() {
    Set<LocalDate> common = new HashSet<>(earlier.days());
    common.retainAll(later.days());
    return 2 * common.size() > Math.min(earlier.days().size(), later.days().size());
  }

  /** Only one plan was treated, wholly, and the other prescribes the same. */
  private boolean wasReplacedBeforeTreatment() {
    PlanDose treated = treated();
    return treated.planned().isPresent()
        && treated.delivered() >= treated.planned().get()
        && isSamePrescription()
        && earlier.planned().equals(later.planned());
  }

  private PlanDose treated() {
    return earlier.delivered() > 0 ? earlier : later;
  }

  private boolean isSamePrescription() {
    double a = earlier.prescriptionGy().orElse(0.0);
    double b = later.prescriptionGy().orElse(0.0);
    return a > 0 && b > 0 && Math.abs(a - b) <= SAME_PRESCRIPTION * (a + b) / 2;
  }

  private void prescriptions() {
    if (earlier.prescriptionGy().isEmpty() || later.prescriptionGy().isEmpty()) {
      return;
    }
    double a = earlier.prescriptionGy().get();
    double b = later.prescriptionGy().get();
    String text =
        String.format(
            Locale.ROOT,
            "%.2f Gy in %s and %.2f Gy in %s fractions",
            a,
            planned(earlier),
            b,
            planned(later));
    boolean bothPlanned = earlier.planned().isPresent() && later.planned().isPresent();
    int m = earlier.planned().orElse(0);
    int n = later.planned().orElse(0);
    if (isSamePrescription() && bothPlanned && m == n) {
      add("prescriptions", Meaning.REPLAN, NEEDS_COMPANY, text);
    } else if (bothPlanned && b <= SMALLER * a && n <= SMALLER * m) {
      add("prescriptions", Meaning.SUM, NEEDS_COMPANY, text);
    } else {
      add("prescriptions", Meaning.NEUTRAL, 0, text);
    }
  }

  /** ROI numbers mean the same ROI in one structure set alone. */
  private void targets() {
    Set<Integer> a = earlier.targets();
    Set<Integer> b = later.targets();
    boolean comparable =
        !a.isEmpty()
            && !b.isEmpty()
            && !earlier.structureSets().isEmpty()
            && earlier.structureSets().equals(later.structureSets());
    if (!comparable) {
      return;
    }
    String text = "targets are ROIs " + a + " and " + b;
    if (!a.equals(b)) {
      add("targets", Meaning.SUM, NEEDS_COMPANY, text);
    } else if (isSamePrescription()) {
      add("targets", Meaning.REPLAN, NEEDS_COMPANY, text);
    } else {
      add("targets", Meaning.NEUTRAL, 0, text);
    }
  }

  private void structureSets() {
    boolean known = !earlier.structureSets().isEmpty() && !later.structureSets().isEmpty();
    if (known && !earlier.structureSets().equals(later.structureSets())) {
      add(
          "structure sets",
          Meaning.REPLAN,
          NEEDS_COMPANY,
          "the plans were made on different structure sets");
    }
  }

  private void dates() {
    Optional<LocalDate> a = earlier.facts().map(ObjectFacts.PlanFacts::date);
    Optional<LocalDate> b = later.facts().map(ObjectFacts.PlanFacts::date);
    if (a.isPresent() && a.equals(b)) {
      add("dates", Meaning.SUM, NEEDS_COMPANY, "both plans are of one day");
    } else if (a.isPresent() && b.isPresent()) {
      add("dates", Meaning.NEUTRAL, 0, "the plans are of different days");
    }
  }

  private void words() {
    boolean boost = says(BOOST_WORDS);
    boolean replan = says(REPLAN_WORDS);
    if (boost && !replan) {
      add("words", Meaning.SUM, NEEDS_COMPANY, "the name of a plan has a word for a boost");
    } else if (replan && !boost) {
      add("words", Meaning.REPLAN, NEEDS_COMPANY, "the name of a plan has a word for a replan");
    }
  }

  private boolean says(Pattern words) {
    return words.matcher(plain(earlier)).find() || words.matcher(plain(later)).find();
  }

  private static String plain(PlanDose plan) {
    return plan.facts().map(f -> f.words().toLowerCase(Locale.ROOT).replace('_', ' ')).orElse("");
  }

  private static LocalDate last(PlanDose plan) {
    return plan.days().get(plan.days().size() - 1);
  }

  private static String planned(PlanDose plan) {
    return plan.planned().map(String::valueOf).orElse("an unknown number of");
  }

  private void add(String kind, Meaning meaning, int weight, String text) {
    evidence.add(new Evidence(kind, meaning, weight, text));
  }
}
