package org.rtpipeline.organize;

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
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.InstanceHeader;
import org.rtpipeline.model.ObjectFacts;

/**
 * Sorts the objects of a patient into groups, one per course: by UID references, then by what the
 * merge rule calls one course, then by frame of reference for what is left, and last by folder when
 * the site asks for that.
 *
 * <p>Every step first decides for all objects and then joins, so that no order shows.
 */
final class Links {

  private static final String LOOSE = "loose:";
  private static final String IMAGES = "images:";

  private final PatientObjects patient;
  private final OrganizeOptions options;
  private final Placement placement;
  private final Anchors anchors;

  private Links(PatientObjects patient, OrganizeOptions options) {
    this.patient = patient;
    this.options = options;
    this.placement = new Placement(patient);
    this.anchors = new Anchors(options);
  }

  /**
   * The groups of a patient.
   *
   * @param unique one header per SOP instance UID, in ascending order of it
   */
  static Linked link(List<InstanceHeader> unique, OrganizeOptions options) {
    Links links = new Links(new PatientObjects(unique), options);
    links.byReference();
    links.byMergeRule();
    links.looseByFrame();
    links.looseByFolder();
    links.looseAmongThemselves();
    links.records();
    ImageLinks images = new ImageLinks(links.patient, links.placement, options);
    images.registrations();
    images.imagesToCourses();
    images.imagesAmongThemselves();
    SegmentationLinks.link(links.patient, links.placement, options);
    images.registrations();
    return links.linked();
  }

  private void byReference() {
    patient
        .objects()
        .filter(header -> !(header.facts() instanceof ObjectFacts.Link))
        .forEach(
            header -> {
              String name = PatientObjects.name(header);
              patient.referencedObjects(header).forEach(uid -> placement.join(name, "sop:" + uid));
              if (header.facts() instanceof ObjectFacts.Structures) {
                patient
                    .referencedSeries(header)
                    .forEach(uid -> placement.join(name, "series:" + uid));
              }
            });
  }

  private void byMergeRule() {
    anchors.add(patient.structureSets().toList(), placement, patient);
    patient
        .structureSets()
        .forEach(
            s -> {
              placement.place(PatientObjects.name(s));
              anchors.of(s).forEach(anchor -> placement.join(PatientObjects.name(s), anchor));
            });
  }

  /**
   * Doses and plans that no structure set is linked to join the one structure set group there is.
   */
  private void looseByFrame() {
    Map<String, Map<String, String>> groupsOfFrame = new TreeMap<>();
    Map<String, Set<String>> groupsOfStudy = new TreeMap<>();
    patient
        .structureSets()
        .forEach(
            s -> {
              String group = placement.group(PatientObjects.name(s));
              PatientObjects.allFrames(s)
                  .forEach(
                      f -> groupsOfFrame.computeIfAbsent(f, x -> new TreeMap<>()).put(group, f));
              groupsOfStudy.computeIfAbsent(s.studyUid(), x -> new TreeSet<>()).add(group);
            });
    Map<String, Placement.Candidates> joins = new TreeMap<>();
    for (InstanceHeader header : loose().toList()) {
      Map<String, String> candidates = new TreeMap<>();
      PatientObjects.allFrames(header)
          .forEach(f -> candidates.putAll(groupsOfFrame.getOrDefault(f, Map.of())));
      if (candidates.size() > 1) {
        candidates.keySet().retainAll(groupsOfStudy.getOrDefault(header.studyUid(), Set.of()));
      }
      Placement.Candidates found =
          new Placement.Candidates(CourseLink.Rule.FRAME_OF_REFERENCE, candidates);
      if (found.isSingle()) {
        joins.put(PatientObjects.name(header), found);
      }
    }
    joins.forEach(
        (name, found) -> {
          placement.put(name, found.group(), found.way());
          placement.note(
              name,
              Finding.Code.LINKED_BY_FRAME_OF_REFERENCE,
              "no reference leads to a structure set; the only course of its frame of reference"
                  + " that has one is taken");
        });
  }

  /** Doses and plans that are still without structure set join the one whose files lie beside. */
  private void looseByFolder() {
    if (options.folders() == OrganizeOptions.Folders.IGNORED) {
      return;
    }
    FolderLinks folders = new FolderLinks();
    patient
        .structureSets()
        .forEach(s -> folders.add(s.file().uri(), placement.group(PatientObjects.name(s))));
    Map<String, Placement.Candidates> joins = new TreeMap<>();
    loose()
        .forEach(
            header -> {
              Placement.Candidates found = folders.candidates(header.file().uri());
              if (found.isSingle()) {
                joins.put(PatientObjects.name(header), found);
              }
            });
    joins.forEach(
        (name, found) -> {
          placement.put(name, found.group(), found.way());
          placement.note(
              name,
              Finding.Code.LINKED_BY_FOLDER,
              "no UID leads to a structure set; the only one in or beside the folder is taken");
        });
  }

  private void looseAmongThemselves() {
    List<InstanceHeader> loose = loose().toList();
    anchors.add(loose, placement, patient);
    for (InstanceHeader header : loose) {
      anchors
          .of(header)
          .forEach(anchor -> placement.join(PatientObjects.name(header), LOOSE + anchor));
    }
    patient.dosesAndPlans().forEach(h -> placement.place(PatientObjects.name(h)));
  }

  /** Records go with their plan, else with the one course of their study or folder. */
  private void records() {
    Map<String, Map<String, String>> byStudy = new TreeMap<>();
    FolderLinks folders = new FolderLinks();
    placement
        .placedObjects()
        .forEach(
            h -> {
              String group = placement.group(PatientObjects.name(h));
              byStudy.computeIfAbsent(h.studyUid(), x -> new TreeMap<>()).put(group, h.studyUid());
              folders.add(h.file().uri(), group);
            });
    Set<String> courses = placement.groupsOf(placement.placedObjects());
    for (InstanceHeader record : patient.of(ObjectFacts.Delivery.class).toList()) {
      String name = PatientObjects.name(record);
      if (courses.contains(placement.group(name))) {
        placement.place(name);
        continue;
      }
      Placement.Candidates found =
          new Placement.Candidates(
              CourseLink.Rule.STUDY, byStudy.getOrDefault(record.studyUid(), Map.of()));
      if (!found.isSingle() && options.folders() == OrganizeOptions.Folders.LINK) {
        found = folders.candidates(record.file().uri());
      }
      if (found.isSingle()) {
        placement.put(name, found.group(), found.way());
        placement.note(
            name,
            Finding.Code.PLAN_MISSING,
            found.rule() == CourseLink.Rule.STUDY
                ? "the plan of the record is not there; its study is that of the course"
                : "the plan of the record is not there; its folder is that of the course");
      }
    }
  }

  private Linked linked() {
    Map<String, Linked.Group> byGroup = new TreeMap<>();
    placement.placedObjects().forEach(h -> group(byGroup, PatientObjects.name(h)).objects().add(h));
    placement.placedSeries().forEach(s -> group(byGroup, PatientObjects.name(s)).series().add(s));
    placement.findings().forEach((name, list) -> group(byGroup, name).findings().addAll(list));
    placement.ways().forEach((name, way) -> group(byGroup, name).ways().put(name, way));
    List<LeftOut> leftOut =
        patient
            .objects()
            .filter(h -> !placement.isPlaced(PatientObjects.name(h)))
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
    return byGroup.computeIfAbsent(placement.group(name), x -> Linked.Group.empty());
  }

  /** What makes a group one course: its least anchor of the best kind of object it has. */
  private String courseRule(Linked.Group group) {
    Optional<String> structures = least(group.of(ObjectFacts.Structures.class), "");
    Optional<String> others =
        least(group.objects().stream().filter(h -> makesCourse(h.facts())), LOOSE);
    return structures
        .or(() -> others)
        .or(
            () ->
                group.series().stream()
                    .map(ImageLinks::anchor)
                    .min(Comparator.naturalOrder())
                    .map(anchor -> IMAGES + anchor))
        .orElseThrow(() -> new IllegalStateException("a group holds an object or a series"));
  }

  /** Registrations and segmentations go where other objects are. */
  static boolean makesCourse(ObjectFacts facts) {
    return !(facts instanceof ObjectFacts.Link) && !(facts instanceof ObjectFacts.Segments);
  }

  private Optional<String> least(Stream<InstanceHeader> headers, String prefix) {
    return headers
        .flatMap(
            h -> {
              List<String> own = anchors.of(h);
              return own.isEmpty() ? Stream.of(PatientObjects.name(h)) : own.stream();
            })
        .min(Comparator.naturalOrder())
        .map(anchor -> prefix + anchor);
  }

  private static Finding notLinked(InstanceHeader header) {
    return new Finding(
        Finding.Level.WARN,
        Finding.Code.NOT_LINKED,
        header.sopInstanceUid(),
        header.modality() + " object: neither reference, study nor frame leads to a course");
  }

  private Stream<InstanceHeader> loose() {
    Set<String> withStructures = placement.groupsOf(patient.structureSets());
    return patient
        .dosesAndPlans()
        .filter(h -> !withStructures.contains(placement.group(PatientObjects.name(h))))
        .sorted(Comparator.comparing(InstanceHeader::sopInstanceUid))
        .collect(Collectors.toList())
        .stream();
  }
}
