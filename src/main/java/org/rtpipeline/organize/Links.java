package org.rtpipeline.organize;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.ImageSeries;
import org.rtpipeline.model.InstanceHeader;
import org.rtpipeline.model.ObjectFacts;
import org.rtpipeline.model.Reference;

/**
 * Sorts the objects of a patient into groups, one per course: by UID references, then by what the
 * merge rule calls one course, then by frame of reference for what is left.
 *
 * <p>Every step first decides for all objects and then joins, so that no order shows.
 */
final class Links {

  private static final String LOOSE = "loose:";
  private static final String IMAGES = "images:";

  private final MergeRule rule;
  private final Groups groups = new Groups();
  private final Map<String, InstanceHeader> objects = new TreeMap<>();
  private final Map<String, ImageSeries> series = new TreeMap<>();
  private final Map<String, String> seriesOfImage = new TreeMap<>();
  private final Set<String> placed = new TreeSet<>();
  private final Map<String, List<Finding>> findingsByObject = new TreeMap<>();

  private Links(List<InstanceHeader> unique, MergeRule rule) {
    this.rule = rule;
    Map<String, List<InstanceHeader>> images = new TreeMap<>();
    for (InstanceHeader header : unique) {
      if (header.facts() instanceof ObjectFacts.Image) {
        images.computeIfAbsent(header.seriesUid(), uid -> new ArrayList<>()).add(header);
      } else {
        objects.put(header.sopInstanceUid(), header);
      }
    }
    images.forEach(
        (uid, instances) -> {
          InstanceHeader first = instances.get(0);
          series.put(
              uid,
              new ImageSeries(
                  uid, first.studyUid(), first.frameOfReferenceUid(), first.modality(), instances));
          instances.forEach(image -> seriesOfImage.put(image.sopInstanceUid(), uid));
        });
  }

  /**
   * The groups of a patient.
   *
   * @param unique one header per SOP instance UID, in ascending order of it
   */
  static Linked link(List<InstanceHeader> unique, MergeRule rule) {
    Links links = new Links(unique, rule);
    links.byReference();
    links.byMergeRule();
    links.looseByFrame();
    links.looseAmongThemselves();
    links.recordsByStudy();
    links.registrations();
    links.imagesToCourses();
    links.imagesAmongThemselves();
    links.registrations();
    return links.linked();
  }

  private void byReference() {
    for (InstanceHeader header : objects.values()) {
      if (header.facts() instanceof ObjectFacts.Link) {
        continue;
      }
      Stream.of(Reference.Role.PLAN, Reference.Role.STRUCTURE_SET, Reference.Role.DOSE)
          .flatMap(header::referenced)
          .filter(objects::containsKey)
          .forEach(uid -> groups.join(name(header), "sop:" + uid));
      if (header.facts() instanceof ObjectFacts.Structures) {
        referencedSeries(header).forEach(uid -> groups.join(name(header), "series:" + uid));
      }
    }
  }

  private Set<String> referencedSeries(InstanceHeader header) {
    Stream<String> direct = header.referenced(Reference.Role.SERIES).filter(series::containsKey);
    Stream<String> ofImages =
        header
            .referenced(Reference.Role.IMAGE)
            .flatMap(uid -> Stream.ofNullable(seriesOfImage.get(uid)));
    return Stream.concat(direct, ofImages).collect(Collectors.toCollection(TreeSet::new));
  }

  private void byMergeRule() {
    structureSets()
        .forEach(
            s -> {
              placed.add(s.sopInstanceUid());
              rule.anchors(s).forEach(anchor -> groups.join(name(s), anchor));
            });
  }

  /**
   * Doses and plans that no structure set is linked to join the one structure set group there is.
   */
  private void looseByFrame() {
    Map<String, Set<String>> groupsOfFrame = new TreeMap<>();
    Map<String, Set<String>> groupsOfStudy = new TreeMap<>();
    structureSets()
        .forEach(
            s -> {
              String group = groups.of(name(s));
              allFrames(s)
                  .forEach(f -> groupsOfFrame.computeIfAbsent(f, x -> new TreeSet<>()).add(group));
              groupsOfStudy.computeIfAbsent(s.studyUid(), x -> new TreeSet<>()).add(group);
            });
    Map<String, String> joins = new TreeMap<>();
    for (InstanceHeader header : loose().toList()) {
      Set<String> candidates =
          allFrames(header)
              .flatMap(f -> groupsOfFrame.getOrDefault(f, Set.of()).stream())
              .collect(Collectors.toCollection(TreeSet::new));
      if (candidates.size() > 1) {
        candidates.retainAll(groupsOfStudy.getOrDefault(header.studyUid(), Set.of()));
      }
      if (candidates.size() == 1) {
        joins.put(header.sopInstanceUid(), candidates.iterator().next());
      }
    }
    joins.forEach(
        (uid, group) -> {
          groups.join("sop:" + uid, group);
          note(
              uid,
              Finding.Code.LINKED_BY_FRAME_OF_REFERENCE,
              "no reference leads to a structure set; the only one of the frame of reference is"
                  + " taken");
        });
  }

  private void looseAmongThemselves() {
    Set<String> withStructures = groupsOf(structureSets());
    List<InstanceHeader> loose =
        dosesAndPlans().filter(h -> !withStructures.contains(groups.of(name(h)))).toList();
    for (InstanceHeader header : loose) {
      rule.anchors(header).forEach(anchor -> groups.join(name(header), LOOSE + anchor));
    }
    dosesAndPlans().forEach(h -> placed.add(h.sopInstanceUid()));
  }

  private void recordsByStudy() {
    Map<String, Set<String>> byStudy = new TreeMap<>();
    placedObjects()
        .forEach(
            h ->
                byStudy
                    .computeIfAbsent(h.studyUid(), x -> new TreeSet<>())
                    .add(groups.of(name(h))));
    Set<String> courses = groupsOf(placedObjects());
    for (InstanceHeader record : of(ObjectFacts.Delivery.class).toList()) {
      if (courses.contains(groups.of(name(record)))) {
        placed.add(record.sopInstanceUid());
        continue;
      }
      Set<String> candidates = byStudy.getOrDefault(record.studyUid(), Set.of());
      if (candidates.size() == 1) {
        groups.join(name(record), candidates.iterator().next());
        placed.add(record.sopInstanceUid());
        note(
            record.sopInstanceUid(),
            Finding.Code.PLAN_MISSING,
            "the plan of the record is not there; its study is that of the course");
      }
    }
  }

  private void registrations() {
    Map<String, Set<String>> byFrame = new TreeMap<>();
    placedObjects().forEach(h -> allFrames(h).forEach(f -> add(byFrame, f, groups.of(name(h)))));
    placedSeries()
        .forEach(
            s -> {
              String group = groups.of(name(s));
              if (s.frameOfReferenceUid() != null) {
                add(byFrame, s.frameOfReferenceUid(), group);
              }
              add(byFrame, s.seriesUid(), group);
              s.instances().forEach(image -> add(byFrame, image.sopInstanceUid(), group));
            });
    Map<String, String> joins = new TreeMap<>();
    for (InstanceHeader link : of(ObjectFacts.Link.class).toList()) {
      if (!placed.contains(link.sopInstanceUid())) {
        Stream.concat(
                Stream.ofNullable(link.frameOfReferenceUid()),
                link.references().stream().map(Reference::uid).sorted())
            .flatMap(uid -> byFrame.getOrDefault(uid, Set.of()).stream())
            .findFirst()
            .ifPresent(group -> joins.put(link.sopInstanceUid(), group));
      }
    }
    joins.forEach(
        (uid, group) -> {
          groups.join("sop:" + uid, group);
          placed.add(uid);
        });
  }

  private void imagesToCourses() {
    Set<String> courses = groupsOf(placedObjects());
    Map<String, Set<String>> byStudy = new TreeMap<>();
    Map<String, Set<String>> byFrame = new TreeMap<>();
    Map<String, Set<String>> byReference = new TreeMap<>();
    placedObjects()
        .forEach(
            h -> {
              String group = groups.of(name(h));
              add(byStudy, h.studyUid(), group);
              allFrames(h).forEach(f -> add(byFrame, f, group));
              referencedSeries(h).forEach(uid -> add(byReference, uid, group));
            });
    Map<String, String> joins = new TreeMap<>();
    for (ImageSeries images : series.values()) {
      String group = groups.of(name(images));
      if (courses.contains(group)) {
        joins.put(images.seriesUid(), group);
        continue;
      }
      String frame = images.frameOfReferenceUid();
      Set<String> ofFrame = frame == null ? Set.of() : byFrame.getOrDefault(frame, Set.of());
      Set<String> ofStudy =
          images.studyUid().isEmpty()
              ? Set.of()
              : byStudy.getOrDefault(images.studyUid(), Set.of());
      Set<String> ofBoth = new TreeSet<>(ofStudy);
      ofBoth.retainAll(ofFrame);
      Stream.of(ofBoth, ofFrame, ofStudy, byReference.getOrDefault(images.seriesUid(), Set.of()))
          .filter(candidates -> !candidates.isEmpty())
          .findFirst()
          .ifPresent(c -> joins.put(images.seriesUid(), c.iterator().next()));
    }
    joins.forEach(
        (uid, group) -> {
          groups.join("series:" + uid, group);
          placed.add("series:" + uid);
        });
  }

  private void imagesAmongThemselves() {
    for (ImageSeries images : series.values()) {
      if (placed.add(name(images))) {
        String study = images.studyUid().isEmpty() ? name(images) : "study:" + images.studyUid();
        groups.join(name(images), IMAGES + study);
      }
    }
  }

  private Linked linked() {
    Map<String, Linked.Group> byGroup = new TreeMap<>();
    placedObjects().forEach(h -> group(byGroup, name(h)).objects().add(h));
    placedSeries().forEach(s -> group(byGroup, name(s)).series().add(s));
    findingsByObject.forEach((uid, list) -> group(byGroup, "sop:" + uid).findings().addAll(list));
    List<LeftOut> leftOut =
        objects.values().stream()
            .filter(h -> !placed.contains(h.sopInstanceUid()))
            .map(h -> new LeftOut(h, notLinked(h)))
            .toList();
    return new Linked(
        byGroup.values().stream()
            .map(g -> g.withRule(courseRule(g)))
            .sorted(Comparator.comparing(Linked.Group::rule))
            .toList(),
        leftOut);
  }

  private Linked.Group group(Map<String, Linked.Group> byGroup, String name) {
    return byGroup.computeIfAbsent(groups.of(name), x -> Linked.Group.empty());
  }

  /** What makes a group one course: its least anchor of the best kind of object it has. */
  private String courseRule(Linked.Group group) {
    Optional<String> structures = least(group.of(ObjectFacts.Structures.class), "", h -> true);
    Optional<String> others =
        least(group.objects().stream(), LOOSE, h -> !(h.facts() instanceof ObjectFacts.Link));
    return structures
        .or(() -> others)
        .or(
            () ->
                group.series().stream()
                    .map(s -> s.studyUid().isEmpty() ? name(s) : "study:" + s.studyUid())
                    .min(Comparator.naturalOrder())
                    .map(anchor -> IMAGES + anchor))
        .orElseThrow(() -> new IllegalStateException("a group holds an object or a series"));
  }

  private Optional<String> least(
      Stream<InstanceHeader> headers, String prefix, Predicate<InstanceHeader> which) {
    return headers
        .filter(which)
        .flatMap(
            h -> {
              List<String> anchors = rule.anchors(h);
              return anchors.isEmpty() ? Stream.of(name(h)) : anchors.stream();
            })
        .min(Comparator.naturalOrder())
        .map(anchor -> prefix + anchor);
  }

  private Finding notLinked(InstanceHeader header) {
    return new Finding(
        Finding.Level.WARN,
        Finding.Code.NOT_LINKED,
        header.sopInstanceUid(),
        header.modality() + " object: neither reference, study nor frame leads to a course");
  }

  private void note(String uid, Finding.Code code, String message) {
    Finding finding = new Finding(Finding.Level.WARN, code, uid, message);
    findingsByObject.computeIfAbsent(uid, x -> new ArrayList<>()).add(finding);
  }

  private Stream<InstanceHeader> structureSets() {
    return of(ObjectFacts.Structures.class);
  }

  private Stream<InstanceHeader> dosesAndPlans() {
    return Stream.concat(of(ObjectFacts.Dose.class), of(ObjectFacts.PlanFacts.class));
  }

  private Stream<InstanceHeader> loose() {
    Set<String> withStructures = groupsOf(structureSets());
    return dosesAndPlans().filter(h -> !withStructures.contains(groups.of(name(h))));
  }

  private Stream<InstanceHeader> placedObjects() {
    return objects.values().stream().filter(h -> placed.contains(h.sopInstanceUid()));
  }

  private Stream<ImageSeries> placedSeries() {
    return series.values().stream().filter(s -> placed.contains(name(s)));
  }

  private Stream<InstanceHeader> of(Class<? extends ObjectFacts> facts) {
    return objects.values().stream().filter(h -> facts.isInstance(h.facts()));
  }

  private Set<String> groupsOf(Stream<InstanceHeader> headers) {
    return headers.map(h -> groups.of(name(h))).collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<String> allFrames(InstanceHeader header) {
    return Stream.concat(
            Stream.ofNullable(header.frameOfReferenceUid()),
            header.referenced(Reference.Role.FRAME_OF_REFERENCE))
        .filter(uid -> !uid.isEmpty())
        .distinct();
  }

  private static void add(Map<String, Set<String>> sets, String key, String value) {
    sets.computeIfAbsent(key, x -> new TreeSet<>()).add(value);
  }

  private static String name(InstanceHeader header) {
    return "sop:" + header.sopInstanceUid();
  }

  private static String name(ImageSeries images) {
    return "series:" + images.seriesUid();
  }

  /**
   * The objects of a patient, in groups.
   *
   * @param groups one per course, in ascending order of rule
   * @param leftOut objects that nothing links to a course
   */
  record Linked(List<Group> groups, List<LeftOut> leftOut) {

    /**
     * One course to be.
     *
     * @param rule what makes it one course
     * @param objects everything but images, in ascending order of SOP instance UID
     * @param series image series, in ascending order of UID
     * @param findings how weaker evidence was used
     */
    record Group(
        String rule,
        Collection<InstanceHeader> objects,
        Collection<ImageSeries> series,
        Collection<Finding> findings) {

      static Group empty() {
        return new Group("", new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
      }

      Group withRule(String newRule) {
        return new Group(newRule, objects, series, findings);
      }

      Stream<InstanceHeader> of(Class<? extends ObjectFacts> facts) {
        return objects.stream().filter(h -> facts.isInstance(h.facts()));
      }
    }
  }
}
