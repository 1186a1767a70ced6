package org.rtpipeline.phantom;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Collects what is true of one course while its files are written. */
final class TruthOfCase {

  private static final DateTimeFormatter MONTH =
      DateTimeFormatter.ofPattern("uuuu-MM", Locale.ROOT);

  private final CasePatient patient;
  private final String story;
  private final String month;
  private final Map<String, Integer> objects = new TreeMap<>();
  private final Map<String, String> series = new TreeMap<>();
  private final List<String> chosen = new ArrayList<>();
  private final Map<String, Integer> fractions = new TreeMap<>();
  private final Set<String> findings = new TreeSet<>();
  private String planningCt = "";
  private String doseRule = "NO_DOSES";

  TruthOfCase(CasePatient patient, String story, @Nullable LocalDate planned) {
    this.patient = patient;
    this.story = story;
    this.month = planned == null ? "0000-00" : MONTH.format(planned);
  }

  TruthOfCase planningCt(String name) {
    planningCt = patient.uid(name);
    return series(name, "REFERENCE PLANNING_CT");
  }

  /** The only CT of a course that nothing refers to. */
  TruthOfCase onlyCt(String name) {
    planningCt = patient.uid(name);
    return series(name, "ANCHOR PLANNING_CT");
  }

  TruthOfCase series(String name, String ruleAndClass) {
    series.put(patient.uid(name), ruleAndClass);
    return this;
  }

  TruthOfCase has(String modality, int count) {
    objects.put(modality, count);
    return this;
  }

  TruthOfCase dose(String rule, String... names) {
    doseRule = rule;
    List.of(names).forEach(name -> chosen.add(patient.uid(name)));
    return this;
  }

  TruthOfCase fractions(String planName, int count) {
    fractions.put(patient.uid(planName), count);
    return this;
  }

  TruthOfCase found(String... codes) {
    findings.addAll(List.of(codes));
    return this;
  }

  CourseTruth truth() {
    return new CourseTruth(
        patient.patientId(),
        story,
        month,
        planningCt,
        objects,
        series,
        doseRule,
        chosen,
        fractions,
        findings);
  }
}
