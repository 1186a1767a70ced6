package org.rtpipeline.organize;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rtpipeline.model.ImageSeries;
import org.rtpipeline.model.InstanceHeader;
import org.rtpipeline.model.ObjectFacts;
import org.rtpipeline.model.Reference;

/** The objects of one patient, images in their series. */
final class PatientObjects {

  private final Map<String, InstanceHeader> objects = new TreeMap<>();
  private final Map<String, ImageSeries> series = new TreeMap<>();
  private final Map<String, String> seriesOfImage = new TreeMap<>();

  /** Sorts headers, one per SOP instance UID in ascending order of it. */
  PatientObjects(List<InstanceHeader> unique) {
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

  /** Everything but images, in ascending order of UID. */
  Stream<InstanceHeader> objects() {
    return objects.values().stream();
  }

  /** Objects of one kind, in ascending order of UID. */
  Stream<InstanceHeader> of(Class<? extends ObjectFacts> facts) {
    return objects().filter(h -> facts.isInstance(h.facts()));
  }

  Stream<InstanceHeader> structureSets() {
    return of(ObjectFacts.Structures.class);
  }

  Stream<InstanceHeader> dosesAndPlans() {
    return Stream.concat(of(ObjectFacts.Dose.class), of(ObjectFacts.PlanFacts.class));
  }

  /** Image series, in ascending order of UID. */
  Stream<ImageSeries> series() {
    return series.values().stream();
  }

  /** An object that is no image. */
  Optional<InstanceHeader> object(String uid) {
    return Optional.ofNullable(objects.get(uid));
  }

  /** UIDs of plans, structure sets and doses that an object refers to and that are there. */
  Set<String> referencedObjects(InstanceHeader header) {
    return Stream.of(Reference.Role.PLAN, Reference.Role.STRUCTURE_SET, Reference.Role.DOSE)
        .flatMap(header::referenced)
        .filter(objects::containsKey)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** UIDs of the series that an object refers to, directly or by an image, and that are there. */
  Set<String> referencedSeries(InstanceHeader header) {
    Stream<String> direct = header.referenced(Reference.Role.SERIES).filter(series::containsKey);
    Stream<String> ofImages =
        header
            .referenced(Reference.Role.IMAGE)
            .flatMap(uid -> Stream.ofNullable(seriesOfImage.get(uid)));
    return Stream.concat(direct, ofImages).collect(Collectors.toCollection(TreeSet::new));
  }

  /** Frames of reference an object is in or refers to, each once. */
  static Stream<String> allFrames(InstanceHeader header) {
    return Stream.concat(
            Stream.ofNullable(header.frameOfReferenceUid()),
            header.referenced(Reference.Role.FRAME_OF_REFERENCE))
        .filter(uid -> !uid.isEmpty())
        .distinct();
  }

  /** Name of an object among the groups. */
  static String name(InstanceHeader header) {
    return "sop:" + header.sopInstanceUid();
  }

  /** Name of a series among the groups. */
  static String name(ImageSeries images) {
    return "series:" + images.seriesUid();
  }
}
