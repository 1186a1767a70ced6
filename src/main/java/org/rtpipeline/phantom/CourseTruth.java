package org.rtpipeline.phantom;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is true of one course of the mixed cohort.
 *
 * @param patientId patient it belongs to
 * @param story what the patient shows
 * @param month year and month of its earliest plan; 0000-00 when undated
 * @param planningCtUid series of the planning CT; empty when there is none
 * @param objects number of objects by modality, images not among them
 * @param seriesLinks for every image series the rule that links it and its class, parted by a blank
 * @param doseRule how the dose is chosen
 * @param chosenDoseUids doses that count, in ascending order
 * @param fractions fractions with records, by plan UID, in ascending order of it
 * @param findings codes of what is found about the course and its delivery
 */
public record CourseTruth(
    String patientId,
    String story,
    String month,
    String planningCtUid,
    Map<String, Integer> objects,
    Map<String, String> seriesLinks,
    String doseRule,
    List<String> chosenDoseUids,
    Map<String, Integer> fractions,
    Set<String> findings) {

  /** First line of the table of true courses. */
  static final String HEADER =
      "patient_id,story,month,planning_ct_uid,objects,series,dose_rule,chosen_dose_uids,fractions,"
          + "findings";

  /** Sorts and copies everything. */
  public CourseTruth {
    objects = Map.copyOf(objects);
    seriesLinks = Map.copyOf(seriesLinks);
    chosenDoseUids = chosenDoseUids.stream().sorted().toList();
    fractions = Map.copyOf(fractions);
    findings = Set.copyOf(findings);
  }

  /** One line of the table; lists are parted by semicolons. */
  String line() {
    return String.join(
        ",",
        patientId,
        story,
        month,
        planningCtUid,
        pairs(objects),
        pairs(seriesLinks),
        doseRule,
        String.join(";", chosenDoseUids),
        pairs(fractions),
        String.join(";", new TreeSet<>(findings)));
  }

  private static String pairs(Map<String, ?> map) {
    return String.join(
        ";",
        new TreeMap<>(map).entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList());
  }
}
