package org.rtpipeline.organize;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.CourseLink;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.ImageSeries;
import org.rtpipeline.model.InstanceHeader;
import org.rtpipeline.model.ObjectFacts;
import org.rtpipeline.model.Reference;

/**
 * The CT that the structures of a course were drawn on.
 *
 * <p>What the structure sets refer to decides; where none refers to images, what the segmentations
 * were made from. References to images that are not all there choose nothing: a CT with holes is no
 * CT.
 *
 * @param series the CT; null when none can be chosen safely
 * @param findings why, or with which weaker evidence
 */
record PlanningCt(@Nullable ImageSeries series, List<Finding> findings) {

  private static final Comparator<ImageSeries> LARGEST =
      Comparator.comparingInt((ImageSeries s) -> -s.instances().size())
          .thenComparing(ImageSeries::seriesUid);

  /** Chooses among the image series of a group. */
  static PlanningCt of(Linked.Group group) {
    List<ImageSeries> cts = group.series().stream().filter(s -> s.modality().equals("CT")).toList();
    List<InstanceHeader> structureSets = group.of(ObjectFacts.Structures.class).toList();
    List<Finding> findings = new ArrayList<>();
    List<ImageSeries> referenced = new ArrayList<>();
    boolean anyReference = false;
    for (InstanceHeader structures : structureSets) {
      if (!refersToImages(structures)) {
        findings.add(
            warn(
                Finding.Code.RTSTRUCT_NO_REFERENCE,
                structures,
                "the structure set refers to no image series"));
        continue;
      }
      anyReference = true;
      Optional<Finding> missing = missing(structures, group.series());
      missing.ifPresent(findings::add);
      if (missing.isEmpty()) {
        cts.stream().filter(ct -> isReferenced(structures, ct)).forEach(referenced::add);
      }
    }
    if (anyReference) {
      return referenced.isEmpty()
          ? byFolder(group, cts, findings)
          : new PlanningCt(referenced.stream().min(LARGEST).orElse(null), findings);
    }
    List<ImageSeries> segmented = segmented(group, cts);
    if (!segmented.isEmpty()) {
      return new PlanningCt(segmented.stream().min(LARGEST).orElse(null), findings);
    }
    return group.objects().stream().allMatch(h -> h.facts() instanceof ObjectFacts.Segments)
        ? new PlanningCt(cts.stream().min(LARGEST).orElse(null), findings)
        : byFrame(group, cts, findings);
  }

  /**
   * The CTs that segmentations were made from, all of whose images are there, in the frame of
   * reference of the doses and plans if they have one.
   */
  private static List<ImageSeries> segmented(Linked.Group group, List<ImageSeries> cts) {
    Set<String> frames = frames(group);
    List<InstanceHeader> whole =
        group
            .of(ObjectFacts.Segments.class)
            .filter(seg -> refersToImages(seg) && missing(seg, group.series()).isEmpty())
            .toList();
    return cts.stream()
        .filter(ct -> whole.stream().anyMatch(seg -> isReferenced(seg, ct)))
        .filter(
            ct ->
                frames.isEmpty()
                    || ct.frameOfReferenceUid() == null
                    || frames.contains(ct.frameOfReferenceUid()))
        .toList();
  }

  private static Set<String> frames(Linked.Group group) {
    return group.objects().stream()
        .filter(h -> Links.makesCourse(h.facts()))
        .flatMap(MergeRule::frames)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The one CT that only its folder links, when every image that is referred to is unknown. */
  private static PlanningCt byFolder(
      Linked.Group group, List<ImageSeries> cts, List<Finding> findings) {
    Set<String> wanted =
        group
            .of(ObjectFacts.Structures.class)
            .flatMap(s -> s.references().stream())
            .filter(r -> r.role() == Reference.Role.IMAGE || r.role() == Reference.Role.SERIES)
            .map(Reference::uid)
            .collect(Collectors.toSet());
    boolean noneKnown =
        group.series().stream()
            .flatMap(
                s ->
                    Stream.concat(
                        Stream.of(s.seriesUid()),
                        s.instances().stream().map(InstanceHeader::sopInstanceUid)))
            .noneMatch(wanted::contains);
    List<ImageSeries> beside =
        cts.stream()
            .filter(ct -> group.isLinkedBy(PatientObjects.name(ct), CourseLink.Rule.FOLDER))
            .toList();
    return new PlanningCt(noneKnown && beside.size() == 1 ? beside.get(0) : null, findings);
  }

  private static PlanningCt byFrame(
      Linked.Group group, List<ImageSeries> cts, List<Finding> findings) {
    Set<String> frames = frames(group);
    Optional<ImageSeries> ct =
        cts.stream()
            .filter(s -> s.frameOfReferenceUid() != null)
            .filter(s -> frames.contains(s.frameOfReferenceUid()))
            .min(LARGEST);
    ct.ifPresent(
        s ->
            findings.add(
                new Finding(
                    Finding.Level.WARN,
                    Finding.Code.LINKED_BY_FRAME_OF_REFERENCE,
                    s.seriesUid(),
                    "no structure set refers to a CT; the largest of the frame of reference is"
                        + " taken")));
    return new PlanningCt(ct.orElse(null), findings);
  }

  private static boolean refersToImages(InstanceHeader structures) {
    return structures.references().stream()
        .anyMatch(r -> r.role() == Reference.Role.IMAGE || r.role() == Reference.Role.SERIES);
  }

  private static Optional<Finding> missing(
      InstanceHeader structures, Iterable<ImageSeries> series) {
    Set<String> seriesUids = new TreeSet<>();
    Set<String> imageUids = new TreeSet<>();
    for (ImageSeries images : series) {
      seriesUids.add(images.seriesUid());
      images.instances().forEach(image -> imageUids.add(image.sopInstanceUid()));
    }
    List<String> images = structures.referenced(Reference.Role.IMAGE).distinct().toList();
    if (!images.isEmpty()) {
      long there = images.stream().filter(imageUids::contains).count();
      return there == images.size()
          ? Optional.empty()
          : Optional.of(missing(structures, there + " of " + images.size() + " images"));
    }
    List<String> wanted = structures.referenced(Reference.Role.SERIES).distinct().toList();
    long there = wanted.stream().filter(seriesUids::contains).count();
    return there == wanted.size()
        ? Optional.empty()
        : Optional.of(missing(structures, there + " of " + wanted.size() + " image series"));
  }

  private static Finding missing(InstanceHeader structures, String counts) {
    return warn(
        Finding.Code.RTSTRUCT_REFERENCE_MISSING,
        structures,
        counts + " that the structure set refers to are there; no planning CT is chosen from them");
  }

  private static boolean isReferenced(InstanceHeader structures, ImageSeries ct) {
    Set<String> instances =
        ct.instances().stream().map(InstanceHeader::sopInstanceUid).collect(Collectors.toSet());
    Stream<String> images = structures.referenced(Reference.Role.IMAGE);
    Stream<String> series = structures.referenced(Reference.Role.SERIES);
    return images.anyMatch(instances::contains) || series.anyMatch(ct.seriesUid()::equals);
  }

  private static Finding warn(Finding.Code code, InstanceHeader header, String message) {
    return new Finding(Finding.Level.WARN, code, header.sopInstanceUid(), message);
  }
}
