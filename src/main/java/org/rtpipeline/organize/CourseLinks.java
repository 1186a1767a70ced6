package org.rtpipeline.organize;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rtpipeline.model.CourseLink;
import org.rtpipeline.model.ImageSeries;
import org.rtpipeline.model.InstanceHeader;
import org.rtpipeline.model.ObjectFacts;
import org.rtpipeline.model.Reference;

/** Says of every object and series of a group why it is there. */
final class CourseLinks {

  private final Linked.Group group;
  private final MergeRule mergeRule;
  private final Map<String, InstanceHeader> objects;
  private final Map<String, String> referrers = new TreeMap<>();

  private CourseLinks(Linked.Group group, MergeRule mergeRule) {
    this.group = group;
    this.mergeRule = mergeRule;
    this.objects =
        group.objects().stream()
            .collect(
                Collectors.toMap(
                    InstanceHeader::sopInstanceUid, h -> h, (a, b) -> a, TreeMap::new));
    for (InstanceHeader header : objects.values()) {
      // A segmentation comes to the images it was made from, never they to it.
      Stream.of(header)
          .filter(h -> !(h.facts() instanceof ObjectFacts.Segments))
          .flatMap(h -> h.references().stream())
          .map(Reference::uid)
          .forEach(uid -> referrers.putIfAbsent(uid, header.sopInstanceUid()));
    }
  }

  /**
   * One link per object and image series.
   *
   * @param planningCt what was chosen among the series
   */
  static List<CourseLink> of(Linked.Group group, MergeRule mergeRule, PlanningCt planningCt) {
    CourseLinks links = new CourseLinks(group, mergeRule);
    List<CourseLink> all = new ArrayList<>();
    group.objects().forEach(h -> all.add(links.ofObject(h)));
    SeriesClassifier classifier = new SeriesClassifier(group.series(), planningCt.series());
    group.series().forEach(s -> all.add(links.ofSeries(s, classifier.classify(s))));
    all.sort(Comparator.comparing(CourseLink::subject).thenComparing(CourseLink::uid));
    return all;
  }

  private CourseLink ofObject(InstanceHeader header) {
    Placement.Way way =
        Optional.ofNullable(group.ways().get(PatientObjects.name(header)))
            .or(() -> merged(header))
            .or(() -> referenced(header))
            .orElse(new Placement.Way(CourseLink.Rule.ANCHOR, "", ""));
    return new CourseLink(
        subject(header), header.sopInstanceUid(), way.rule(), way.through(), null, way.note());
  }

  /** Structure sets and loose doses are joined by what the merge rule calls one course. */
  private Optional<Placement.Way> merged(InstanceHeader header) {
    if (!(header.facts() instanceof ObjectFacts.Structures)
        && (group.of(ObjectFacts.Structures.class).findAny().isPresent()
            || referenced(header).isPresent())) {
      return Optional.empty();
    }
    Set<String> own = new TreeSet<>(mergeRule.anchors(header));
    return group.objects().stream()
        .filter(h -> subject(h) == subject(header) && !h.equals(header))
        .flatMap(h -> mergeRule.anchors(h).stream())
        .filter(own::contains)
        .min(Comparator.naturalOrder())
        .map(
            anchor ->
                new Placement.Way(
                    anchor.startsWith("study:")
                        ? CourseLink.Rule.MERGE_STUDY
                        : CourseLink.Rule.MERGE_FRAME,
                    anchor.substring(anchor.indexOf(':') + 1),
                    ""));
  }

  private Optional<Placement.Way> referenced(InstanceHeader header) {
    boolean structures = header.facts() instanceof ObjectFacts.Structures;
    Stream<String> towards =
        structures
            ? Stream.of()
            : header.references().stream()
                .map(Reference::uid)
                .filter(objects::containsKey)
                .sorted();
    return Stream.concat(towards, Stream.ofNullable(referrers.get(header.sopInstanceUid())))
        .findFirst()
        .filter(uid -> !structures)
        .map(uid -> new Placement.Way(CourseLink.Rule.REFERENCE, uid, ""));
  }

  private CourseLink ofSeries(ImageSeries series, SeriesClassifier.Verdict verdict) {
    Placement.Way way =
        Optional.ofNullable(group.ways().get(PatientObjects.name(series)))
            .or(() -> referredSeries(series))
            .orElse(new Placement.Way(CourseLink.Rule.ANCHOR, "", ""));
    String note =
        Stream.of(verdict.note(), way.note())
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining("; "));
    return new CourseLink(
        CourseLink.Subject.IMAGE_SERIES,
        series.seriesUid(),
        way.rule(),
        way.through(),
        verdict.seriesClass(),
        note);
  }

  private Optional<Placement.Way> referredSeries(ImageSeries series) {
    return Stream.concat(
            Stream.of(series.seriesUid()),
            series.instances().stream().map(InstanceHeader::sopInstanceUid))
        .flatMap(uid -> Stream.ofNullable(referrers.get(uid)))
        .min(Comparator.naturalOrder())
        .map(uid -> new Placement.Way(CourseLink.Rule.REFERENCE, uid, ""));
  }

  private static CourseLink.Subject subject(InstanceHeader header) {
    ObjectFacts facts = header.facts();
    if (facts instanceof ObjectFacts.Structures) {
      return CourseLink.Subject.STRUCTURE_SET;
    }
    if (facts instanceof ObjectFacts.Dose) {
      return CourseLink.Subject.DOSE;
    }
    if (facts instanceof ObjectFacts.PlanFacts) {
      return CourseLink.Subject.PLAN;
    }
    if (facts instanceof ObjectFacts.Segments) {
      return CourseLink.Subject.SEGMENTATION;
    }
    return facts instanceof ObjectFacts.Delivery
        ? CourseLink.Subject.RECORD
        : CourseLink.Subject.REGISTRATION;
  }
}
