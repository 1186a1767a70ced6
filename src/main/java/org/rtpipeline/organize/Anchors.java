package org.rtpipeline.organize;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.InstanceHeader;
import org.rtpipeline.model.ObjectFacts;

/**
 * What objects must share to be one course: what the merge rule says, and within the day window.
 *
 * <p>The window limits only what the merge rule joins. Objects that refer to one another are never
 * parted. A window begins with the first date of an anchor; the first later date beyond it begins
 * the next.
 */
final class Anchors {

  private final OrganizeOptions options;
  private final Map<String, List<String>> byObject = new TreeMap<>();

  Anchors(OrganizeOptions options) {
    this.options = options;
  }

  /**
   * Finds the anchors of objects that make courses.
   *
   * @param headers the objects
   * @param placement what references already hold together
   * @param patient all objects, whose plans date the groups
   */
  void add(List<InstanceHeader> headers, Placement placement, PatientObjects patient) {
    Map<String, LocalDate> dates = dates(placement, patient);
    Map<String, List<Unit>> units = new TreeMap<>();
    for (InstanceHeader header : headers) {
      String group = placement.group(PatientObjects.name(header));
      Unit unit = new Unit(header.sopInstanceUid(), dates.get(group));
      options
          .mergeRule()
          .anchors(header)
          .forEach(anchor -> units.computeIfAbsent(anchor, x -> new ArrayList<>()).add(unit));
    }
    units.forEach(this::windows);
  }

  /** Anchors of an object; none when it has neither study nor frame of reference. */
  List<String> of(InstanceHeader header) {
    List<String> known = byObject.get(header.sopInstanceUid());
    return known == null ? options.mergeRule().anchors(header) : known;
  }

  private void windows(String anchor, List<Unit> units) {
    LocalDate start = null;
    String name = anchor;
    for (Unit unit : units.stream().sorted(Unit.BY_DATE).toList()) {
      LocalDate date = unit.date();
      if (date != null && start == null) {
        start = date;
      } else if (date != null && start != null && isBeyond(start, date)) {
        start = date;
        name = anchor + "#" + date;
      }
      byObject.computeIfAbsent(unit.uid(), x -> new ArrayList<>()).add(name);
    }
  }

  private boolean isBeyond(LocalDate start, LocalDate date) {
    return options.maxDays() > 0 && date.isAfter(start.plusDays(options.maxDays()));
  }

  /** The earliest plan date of every group; of a group without plans that of its structures. */
  private static Map<String, LocalDate> dates(Placement placement, PatientObjects patient) {
    Map<String, LocalDate> dates = new TreeMap<>();
    earliest(patient.of(ObjectFacts.PlanFacts.class), placement)
        .forEach((group, date) -> dates.put(group, date));
    earliest(patient.structureSets(), placement).forEach(dates::putIfAbsent);
    return dates;
  }

  private static Map<String, LocalDate> earliest(
      Stream<InstanceHeader> headers, Placement placement) {
    Map<String, LocalDate> dates = new TreeMap<>();
    headers.forEach(
        h -> {
          LocalDate date = date(h);
          if (date != null) {
            dates.merge(
                placement.group(PatientObjects.name(h)), date, (a, b) -> a.isBefore(b) ? a : b);
          }
        });
    return dates;
  }

  private static @Nullable LocalDate date(InstanceHeader header) {
    if (header.facts() instanceof ObjectFacts.PlanFacts plan) {
      return plan.date();
    }
    return header.facts() instanceof ObjectFacts.Structures structures ? structures.date() : null;
  }

  /** One object and the date of its group; undated ones belong to the first window. */
  private record Unit(String uid, @Nullable LocalDate date) {
    static final Comparator<Unit> BY_DATE =
        Comparator.comparing((Unit u) -> Objects.requireNonNullElse(u.date, LocalDate.MIN))
            .thenComparing(Unit::uid);
  }
}
