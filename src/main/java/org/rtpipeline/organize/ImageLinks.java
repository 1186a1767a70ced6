package org.rtpipeline.organize;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.rtpipeline.model.CourseLink;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.ImageSeries;
import org.rtpipeline.model.InstanceHeader;
import org.rtpipeline.model.ObjectFacts;
import org.rtpipeline.model.Reference;

/**
 * Brings image series and registrations to the courses: by what the registrations of a course name,
 * by study and frame of reference, by either of them, and by folder when the site asks for that.
 *
 * <p>A series that leads to several courses equally well is put with one of them, and a finding
 * says so.
 */
final class ImageLinks {

  private static final String IMAGES = "images:";

  private final PatientObjects patient;
  private final Placement placement;
  private final OrganizeOptions options;

  ImageLinks(PatientObjects patient, Placement placement, OrganizeOptions options) {
    this.patient = patient;
    this.placement = placement;
    this.options = options;
  }

  /** What a series without course has in common with others of its examination. */
  static String anchor(ImageSeries images) {
    return images.studyUid().isEmpty() ? PatientObjects.name(images) : "study:" + images.studyUid();
  }

  /** Registrations that are in no course yet go where what they name is. */
  void registrations() {
    Map<String, Set<String>> byUid = new TreeMap<>();
    placement
        .placedObjects()
        .forEach(
            h -> {
              String group = placement.group(PatientObjects.name(h));
              PatientObjects.allFrames(h).forEach(f -> add(byUid, f, group));
            });
    placement
        .placedSeries()
        .forEach(
            s -> {
              String group = placement.group(PatientObjects.name(s));
              Stream.ofNullable(s.frameOfReferenceUid()).forEach(f -> add(byUid, f, group));
              add(byUid, s.seriesUid(), group);
              s.instances().forEach(image -> add(byUid, image.sopInstanceUid(), group));
            });
    Map<String, Placement.Candidates> joins = new TreeMap<>();
    patient
        .of(ObjectFacts.Link.class)
        .filter(link -> !placement.isPlaced(PatientObjects.name(link)))
        .forEach(
            link ->
                Stream.of(target(link, byUid), sources(link, byUid))
                    .filter(c -> !c.isEmpty())
                    .findFirst()
                    .ifPresent(c -> joins.put(PatientObjects.name(link), c)));
    joins.forEach(this::put);
  }

  /** Courses in the frame that everything is brought into: the frame the plan is made in. */
  private static Placement.Candidates target(InstanceHeader link, Map<String, Set<String>> byUid) {
    Map<String, String> groups = new TreeMap<>();
    String frame = link.frameOfReferenceUid();
    if (frame != null) {
      byUid.getOrDefault(frame, Set.of()).forEach(group -> groups.put(group, frame));
    }
    return new Placement.Candidates(CourseLink.Rule.FRAME_OF_REFERENCE, groups);
  }

  private static Placement.Candidates sources(InstanceHeader link, Map<String, Set<String>> byUid) {
    Map<String, String> groups = new TreeMap<>();
    link.references().stream()
        .map(Reference::uid)
        .sorted()
        .forEach(
            uid ->
                byUid.getOrDefault(uid, Set.of()).forEach(group -> groups.putIfAbsent(group, uid)));
    return new Placement.Candidates(CourseLink.Rule.REFERENCE, groups);
  }

  /** Image series go to the courses of radiotherapy objects. */
  void imagesToCourses() {
    Set<String> courses = placement.groupsOf(placement.placedObjects());
    CourseKnows knows = new CourseKnows();
    placement.placedObjects().forEach(knows::add);
    Map<String, Placement.Candidates> joins = new TreeMap<>();
    patient
        .series()
        .forEach(
            images -> {
              String name = PatientObjects.name(images);
              if (courses.contains(placement.group(name))) {
                placement.place(name);
              } else {
                knows.candidates(images).ifPresent(c -> joins.put(name, c));
              }
            });
    joins.forEach(this::put);
  }

  /** Image series of no course are a course per study. */
  void imagesAmongThemselves() {
    patient
        .series()
        .filter(s -> !placement.isPlaced(PatientObjects.name(s)))
        .forEach(
            s -> {
              placement.place(PatientObjects.name(s));
              placement.join(PatientObjects.name(s), IMAGES + anchor(s));
            });
  }

  private void put(String name, Placement.Candidates found) {
    Placement.Way way = found.way();
    placement.put(name, found.group(), way);
    if (!found.isSingle()) {
      placement.note(name, Finding.Code.AMBIGUOUS_LINK, way.rule() + ": " + way.note());
    }
    if (way.rule() == CourseLink.Rule.FOLDER) {
      placement.note(
          name,
          Finding.Code.LINKED_BY_FOLDER,
          "no UID leads to a course; the files lie in or beside its folder");
    }
  }

  private static void add(Map<String, Set<String>> sets, String key, String value) {
    sets.computeIfAbsent(key, x -> new TreeSet<>()).add(value);
  }

  /** What the objects of courses know of images. */
  private final class CourseKnows {
    private final Map<String, Set<String>> byStudy = new TreeMap<>();
    private final Map<String, Set<String>> byFrame = new TreeMap<>();
    private final Map<String, Map<String, String>> byRegistration = new TreeMap<>();
    private final FolderLinks folders = new FolderLinks();

    void add(InstanceHeader header) {
      String group = placement.group(PatientObjects.name(header));
      folders.add(header.file().uri(), group);
      if (header.facts() instanceof ObjectFacts.Link) {
        Stream.concat(PatientObjects.allFrames(header), patient.referencedSeries(header).stream())
            .forEach(
                uid ->
                    byRegistration
                        .computeIfAbsent(uid, x -> new TreeMap<>())
                        .putIfAbsent(group, header.sopInstanceUid()));
        return;
      }
      ImageLinks.add(byStudy, header.studyUid(), group);
      PatientObjects.allFrames(header).forEach(f -> ImageLinks.add(byFrame, f, group));
    }

    Optional<Placement.Candidates> candidates(ImageSeries images) {
      String frame = images.frameOfReferenceUid() == null ? "" : images.frameOfReferenceUid();
      String study = images.studyUid();
      Set<String> ofFrame = frame.isEmpty() ? Set.of() : byFrame.getOrDefault(frame, Set.of());
      Set<String> ofStudy = study.isEmpty() ? Set.of() : byStudy.getOrDefault(study, Set.of());
      Set<String> ofBoth = new TreeSet<>(ofStudy);
      ofBoth.retainAll(ofFrame);
      Map<String, String> registered =
          new TreeMap<>(byRegistration.getOrDefault(images.seriesUid(), Map.of()));
      if (registered.isEmpty()) {
        registered.putAll(byRegistration.getOrDefault(frame, Map.of()));
      }
      return Stream.of(
              through(CourseLink.Rule.STUDY_AND_FRAME, ofBoth, frame),
              through(CourseLink.Rule.FRAME_OF_REFERENCE, ofFrame, frame),
              new Placement.Candidates(CourseLink.Rule.REGISTRATION, registered),
              through(CourseLink.Rule.STUDY, ofStudy, study),
              byFolder(images))
          .filter(c -> !c.isEmpty())
          .findFirst();
    }

    private Placement.Candidates byFolder(ImageSeries images) {
      Placement.Candidates found = folders.candidates(images.instances().get(0).file().uri());
      return options.folders() == OrganizeOptions.Folders.LINK && found.isSingle()
          ? found
          : new Placement.Candidates(CourseLink.Rule.FOLDER, Map.of());
    }

    private Placement.Candidates through(CourseLink.Rule rule, Set<String> groups, String uid) {
      Map<String, String> throughByGroup = new TreeMap<>();
      groups.forEach(group -> throughByGroup.put(group, uid));
      return new Placement.Candidates(rule, throughByGroup);
    }
  }
}
