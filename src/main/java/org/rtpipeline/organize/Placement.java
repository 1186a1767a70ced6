package org.rtpipeline.organize;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rtpipeline.model.CourseLink;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.ImageSeries;
import org.rtpipeline.model.InstanceHeader;

/** Which objects and series of a patient are in which group so far, and what led them there. */
final class Placement {

  private final PatientObjects patient;
  private final Groups groups = new Groups();
  private final Set<String> placed = new TreeSet<>();
  private final Map<String, Way> ways = new TreeMap<>();
  private final Map<String, List<Finding>> findings = new TreeMap<>();

  Placement(PatientObjects patient) {
    this.patient = patient;
  }

  /**
   * What led something to its group.
   *
   * @param rule by which kind of evidence
   * @param through the UID or folder that led there
   * @param note how a choice among several groups was made; empty when there was one
   */
  record Way(CourseLink.Rule rule, String through, String note) {}

  /** Groups that something could go to, by one kind of evidence. */
  record Candidates(CourseLink.Rule rule, Map<String, String> throughByGroup) {

    boolean isEmpty() {
      return throughByGroup.isEmpty();
    }

    boolean isSingle() {
      return throughByGroup.size() == 1;
    }

    /** The least group. */
    String group() {
      return throughByGroup.keySet().iterator().next();
    }

    Way way() {
      String note =
          isSingle()
              ? ""
              : throughByGroup.size() + " courses are equally good; it is put with one of them";
      return new Way(rule, throughByGroup.values().iterator().next(), note);
    }
  }

  /** The name of the group that something is in. */
  String group(String name) {
    return groups.of(name);
  }

  void join(String one, String other) {
    groups.join(one, other);
  }

  /** Puts something into a group and keeps why. */
  void put(String name, String group, Way way) {
    groups.join(name, group);
    placed.add(name);
    ways.put(name, way);
  }

  /** Counts something as part of a course, whatever its group. */
  void place(String name) {
    placed.add(name);
  }

  boolean isPlaced(String name) {
    return placed.contains(name);
  }

  Stream<InstanceHeader> placedObjects() {
    return patient.objects().filter(h -> isPlaced(PatientObjects.name(h)));
  }

  Stream<ImageSeries> placedSeries() {
    return patient.series().filter(s -> isPlaced(PatientObjects.name(s)));
  }

  Set<String> groupsOf(Stream<InstanceHeader> headers) {
    return headers
        .map(h -> groups.of(PatientObjects.name(h)))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What led something to its group; nothing for what references hold together. */
  Map<String, Way> ways() {
    return ways;
  }

  /** Adds a warning about something. */
  void note(String name, Finding.Code code, String message) {
    String subject = name.substring(name.indexOf(':') + 1);
    findings
        .computeIfAbsent(name, x -> new ArrayList<>())
        .add(new Finding(Finding.Level.WARN, code, subject, message));
  }

  /** Warnings by what they are about. */
  Map<String, List<Finding>> findings() {
    return findings;
  }
}
