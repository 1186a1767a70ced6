package org.rtpipeline.organize;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.Contour;
import org.rtpipeline.model.Course;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.ImageSeries;
import org.rtpipeline.model.InstanceHeader;
import org.rtpipeline.model.ObjectFacts;
import org.rtpipeline.model.Reference;
import org.rtpipeline.model.Roi;
import org.rtpipeline.model.StructureSet;

/**
 * The frames of reference that regions were drawn in, by the images that they name.
 *
 * <p>Some programs, rt-utils among them, give a structure set a frame of reference of its own. Such
 * a frame says nothing: no other object lies in it. The images that the contours name (3006,0016)
 * then tell where a region is, when every closed contour lies in the plane of its image.
 */
public final class DrawnFrames {

  /** A contour lies in the plane of its image up to this distance, mm. */
  private static final double IN_PLANE_MM = 1;

  private final Map<String, ImageSeries> seriesOf = new HashMap<>();
  private final Map<String, ObjectFacts.Image> images = new HashMap<>();

  private final @Nullable ImageSeries besideCt;

  private DrawnFrames(Course course) {
    ImageSeries ct = course.planningCt();
    besideCt = ct != null && FolderFrames.isLinkedByFolder(ct, course) ? ct : null;
    course
        .series()
        .forEach(
            series -> {
              for (InstanceHeader header : series.instances()) {
                if (header.facts() instanceof ObjectFacts.Image image) {
                  seriesOf.put(header.sopInstanceUid(), series);
                  images.put(header.sopInstanceUid(), image);
                }
              }
            });
  }

  /**
   * The structure set with the regions of a frame that no image, dose, plan or registration of the
   * course has in the frame of the images that they were drawn on, where that is beyond doubt; the
   * change is a finding.
   */
  public static StructureSet of(StructureSet set, Course course) {
    Set<String> known = known(course);
    if (set.rois().stream().noneMatch(roi -> isForeign(set.frameOf(roi), known))) {
      return set;
    }
    DrawnFrames frames = new DrawnFrames(course);
    List<Roi> rois = new ArrayList<>();
    Set<String> foreign = new TreeSet<>();
    Set<String> taken = new TreeSet<>();
    int moved = 0;
    for (Roi roi : set.rois()) {
      String own = set.frameOf(roi);
      Optional<String> drawn =
          isForeign(own, known)
              ? frames.drawnIn(roi).or(() -> frames.besideIn(roi))
              : Optional.empty();
      if (own != null && drawn.isPresent()) {
        foreign.add(own);
        taken.add(drawn.get());
        moved++;
      }
      rois.add(drawn.map(roi::inFrame).orElse(roi));
    }
    if (moved == 0) {
      return set;
    }
    String ofSet = set.frameOfReferenceUid();
    return set.inFrame(
            ofSet != null && foreign.contains(ofSet) && taken.size() == 1
                ? taken.iterator().next()
                : ofSet,
            rois)
        .with(
            new Finding(
                Finding.Level.WARN,
                Finding.Code.ROI_FRAME_OF_REFERENCE,
                set.sopInstanceUid(),
                moved
                    + " of "
                    + rois.size()
                    + " regions are in frame of reference (3006,0024) "
                    + String.join(", ", foreign)
                    + ", in which no other object of the course lies; that of the images they were"
                    + " drawn on is taken: "
                    + String.join(", ", taken)));
  }

  private static Set<String> known(Course course) {
    Stream<InstanceHeader> objects =
        Stream.of(
                course.objects().doses(),
                course.objects().plans(),
                course.objects().registrations(),
                course.objects().segmentations())
            .flatMap(List::stream);
    return Stream.concat(
            course.series().flatMap(s -> Stream.ofNullable(s.frameOfReferenceUid())),
            objects.flatMap(PatientObjects::allFrames))
        .collect(Collectors.toSet());
  }

  private static boolean isForeign(@Nullable String frame, Set<String> known) {
    return frame != null && !frame.isEmpty() && !known.contains(frame);
  }

  /**
   * The frame of the planning CT that only its folder links, when every closed contour lies in the
   * plane of one of its images: its contours cannot name what UIDs no longer say.
   */
  private Optional<String> besideIn(Roi roi) {
    List<Contour> closed = roi.contours().stream().filter(Contour::isClosed).toList();
    if (besideCt == null || closed.isEmpty()) {
      return Optional.empty();
    }
    List<ObjectFacts.Image> slices =
        besideCt.instances().stream()
            .flatMap(header -> Stream.ofNullable(images.get(header.sopInstanceUid())))
            .toList();
    boolean inPlanes =
        closed.stream()
            .allMatch(contour -> slices.stream().anyMatch(image -> isInPlane(image, contour)));
    return inPlanes ? Optional.ofNullable(besideCt.frameOfReferenceUid()) : Optional.empty();
  }

  private static boolean isInPlane(ObjectFacts.Image image, Contour contour) {
    return image.farthestMm(contour.pointsMm()).orElse(Double.NaN) <= IN_PLANE_MM;
  }

  /** The one frame of the images that all closed contours of a region lie in the planes of. */
  private Optional<String> drawnIn(Roi roi) {
    Set<String> frames = new TreeSet<>();
    for (Contour contour : roi.contours()) {
      if (contour.isClosed()) {
        String uid = contour.imageSopInstanceUid();
        ImageSeries series = uid == null ? null : seriesOf.get(uid);
        String frame = series == null ? null : series.frameOfReferenceUid();
        ObjectFacts.Image image = images.get(uid);
        if (frame == null || image == null || !isInPlane(image, contour)) {
          return Optional.empty();
        }
        frames.add(frame);
      }
    }
    return frames.size() == 1 ? frames.stream().findFirst() : Optional.empty();
  }

  /** The one frame of reference of the images of the course that an object refers to. */
  public static Optional<String> ofImages(InstanceHeader header, Course course) {
    Set<String> uids =
        Stream.concat(
                header.referenced(Reference.Role.SERIES), header.referenced(Reference.Role.IMAGE))
            .collect(Collectors.toSet());
    Set<String> frames =
        course
            .series()
            .filter(
                series ->
                    uids.contains(series.seriesUid())
                        || series.instances().stream()
                            .anyMatch(image -> uids.contains(image.sopInstanceUid())))
            .flatMap(series -> Stream.ofNullable(series.frameOfReferenceUid()))
            .collect(Collectors.toSet());
    return frames.size() == 1 ? frames.stream().findFirst() : Optional.empty();
  }
}
