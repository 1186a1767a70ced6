package org.rtpipeline.model;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One course of treatment of one patient: which objects belong together, and by which evidence.
 * References only; nothing is copied.
 *
 * @param id pseudonymous key
 * @param patientId as in the objects
 * @param label year and month of the earliest plan, {@code 2024-03}, with a suffix when two courses
 *     of a patient share it; {@code 0000-00} when undated
 * @param planningCt the CT the structures were drawn on; null when there is none
 * @param objects structure sets, doses, plans, records, registrations and segmentations
 * @param otherSeries further image series of the course
 * @param doseDecision which doses count
 * @param findings what a reader must know of the way the course was formed
 * @param links why each object and each image series is in the course, in ascending order of
 *     subject and UID
 */
public record Course(
    CourseId id,
    String patientId,
    String label,
    @Nullable ImageSeries planningCt,
    Objects objects,
    List<ImageSeries> otherSeries,
    DoseDecision doseDecision,
    List<Finding> findings,
    List<CourseLink> links)
    implements Serializable {

  /** Copies the lists. */
  public Course {
    otherSeries = List.copyOf(otherSeries);
    findings = List.copyOf(findings);
    links = List.copyOf(links);
  }

  /** A course that does not say why its objects belong together. */
  public Course(
      CourseId id,
      String patientId,
      String label,
      @Nullable ImageSeries planningCt,
      Objects objects,
      List<ImageSeries> otherSeries,
      DoseDecision doseDecision,
      List<Finding> findings) {
    this(id, patientId, label, planningCt, objects, otherSeries, doseDecision, findings, List.of());
  }

  /** Every image series of the course, the planning CT first. */
  public Stream<ImageSeries> series() {
    return Stream.concat(Stream.ofNullable(planningCt), otherSeries.stream());
  }

  /** What an image series of the course is for; empty when that was not asked. */
  public Optional<SeriesClass> classOf(ImageSeries series) {
    return links.stream()
        .filter(l -> l.subject() == CourseLink.Subject.IMAGE_SERIES)
        .filter(l -> l.uid().equals(series.seriesUid()))
        .flatMap(l -> Stream.ofNullable(l.seriesClass()))
        .findFirst();
  }

  /**
   * The radiotherapy objects of a course, each list in ascending order of SOP instance UID.
   *
   * @param structureSets RTSTRUCT
   * @param doses RTDOSE
   * @param plans RTPLAN
   * @param records treatment records
   * @param registrations REG
   * @param segmentations SEG
   */
  public record Objects(
      List<InstanceHeader> structureSets,
      List<InstanceHeader> doses,
      List<InstanceHeader> plans,
      List<InstanceHeader> records,
      List<InstanceHeader> registrations,
      List<InstanceHeader> segmentations)
      implements Serializable {

    /** Copies the lists. */
    public Objects {
      structureSets = List.copyOf(structureSets);
      doses = List.copyOf(doses);
      plans = List.copyOf(plans);
      records = List.copyOf(records);
      registrations = List.copyOf(registrations);
      segmentations = List.copyOf(segmentations);
    }

    /** Objects without a segmentation among them. */
    public Objects(
        List<InstanceHeader> structureSets,
        List<InstanceHeader> doses,
        List<InstanceHeader> plans,
        List<InstanceHeader> records,
        List<InstanceHeader> registrations) {
      this(structureSets, doses, plans, records, registrations, List.of());
    }
  }
}
