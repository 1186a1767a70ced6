package org.rtpipeline.organize;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.rtpipeline.model.CourseLink;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.ImageSeries;
import org.rtpipeline.model.InstanceHeader;
import org.rtpipeline.model.ObjectFacts;

/**
 * Brings segmentations to the courses that all other objects have formed: to that of the images
 * they were made from, else by study and frame of reference, by either of them, and by folder when
 * the site asks for that. None makes a course or joins two.
 */
final class SegmentationLinks {

  private final PatientObjects patient;
  private final Placement placement;
  private final OrganizeOptions options;
  private final Map<String, Set<String>> byStudy = new TreeMap<>();
  private final Map<String, Set<String>> byFrame = new TreeMap<>();
  private final FolderLinks folders = new FolderLinks();

  private SegmentationLinks(PatientObjects patient, Placement placement, OrganizeOptions options) {
    this.patient = patient;
    this.placement = placement;
    this.options = options;
  }

  /** Places every segmentation that anything leads to a course. */
  static void link(PatientObjects patient, Placement placement, OrganizeOptions options) {
    SegmentationLinks links = new SegmentationLinks(patient, placement, options);
    placement.placedObjects().forEach(links::add);
    placement.placedSeries().forEach(links::add);
    Map<String, Placement.Candidates> joins = new TreeMap<>();
    patient
        .of(ObjectFacts.Segments.class)
        .forEach(
            header ->
                links
                    .candidates(header)
                    .filter(found -> !found.isEmpty())
                    .findFirst()
                    .ifPresent(found -> joins.put(PatientObjects.name(header), found)));
    joins.forEach(links::put);
  }

  private void add(InstanceHeader header) {
    String group = placement.group(PatientObjects.name(header));
    add(byStudy, header.studyUid(), group);
    PatientObjects.allFrames(header).forEach(frame -> add(byFrame, frame, group));
    folders.add(header.file().uri(), group);
  }

  private void add(ImageSeries images) {
    String group = placement.group(PatientObjects.name(images));
    add(byStudy, images.studyUid(), group);
    Stream.ofNullable(images.frameOfReferenceUid()).forEach(frame -> add(byFrame, frame, group));
    folders.add(images.instances().get(0).file().uri(), group);
  }

  private static void add(Map<String, Set<String>> groups, String uid, String group) {
    if (!uid.isEmpty()) {
      groups.computeIfAbsent(uid, x -> new TreeSet<>()).add(group);
    }
  }

  /** Courses by each kind of evidence, strongest first. */
  private Stream<Placement.Candidates> candidates(InstanceHeader header) {
    String frame = header.frameOfReferenceUid() == null ? "" : header.frameOfReferenceUid();
    Set<String> ofStudy = byStudy.getOrDefault(header.studyUid(), Set.of());
    Set<String> ofFrame = byFrame.getOrDefault(frame, Set.of());
    Set<String> ofBoth = new TreeSet<>(ofStudy);
    ofBoth.retainAll(ofFrame);
    return Stream.of(
        byReference(header),
        through(CourseLink.Rule.STUDY_AND_FRAME, ofBoth, frame),
        through(CourseLink.Rule.FRAME_OF_REFERENCE, ofFrame, frame),
        through(CourseLink.Rule.STUDY, ofStudy, header.studyUid()),
        byFolder(header));
  }

  private Placement.Candidates byReference(InstanceHeader header) {
    Map<String, String> groups = new TreeMap<>();
    patient
        .referencedSeries(header)
        .forEach(uid -> groups.putIfAbsent(placement.group("series:" + uid), uid));
    return new Placement.Candidates(CourseLink.Rule.REFERENCE, groups);
  }

  private static Placement.Candidates through(
      CourseLink.Rule rule, Set<String> groups, String uid) {
    Map<String, String> throughByGroup = new TreeMap<>();
    groups.forEach(group -> throughByGroup.put(group, uid));
    return new Placement.Candidates(rule, throughByGroup);
  }

  private Placement.Candidates byFolder(InstanceHeader header) {
    Placement.Candidates found = folders.candidates(header.file().uri());
    return options.folders() == OrganizeOptions.Folders.LINK && found.isSingle()
        ? found
        : new Placement.Candidates(CourseLink.Rule.FOLDER, Map.of());
  }

  private void put(String name, Placement.Candidates found) {
    Placement.Way way = found.way();
    placement.put(name, found.group(), way);
    if (!found.isSingle()) {
      placement.note(name, Finding.Code.AMBIGUOUS_LINK, way.rule() + ": " + way.note());
    }
    if (way.rule() == CourseLink.Rule.FRAME_OF_REFERENCE
        || way.rule() == CourseLink.Rule.STUDY_AND_FRAME) {
      placement.note(
          name,
          Finding.Code.LINKED_BY_FRAME_OF_REFERENCE,
          "the images that the segmentation was made from are not there; its frame of reference is"
              + " that of the course");
    }
    if (way.rule() == CourseLink.Rule.FOLDER) {
      placement.note(
          name,
          Finding.Code.LINKED_BY_FOLDER,
          "no UID leads to a course; the file lies in or beside its folder");
    }
  }
}
