package org.rtpipeline.model;

import java.io.Serializable;
import java.util.List;
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
 * @param objects structure sets, doses, plans, records and registrations
 * @param otherSeries further image series of the course
 * @param doseDecision which doses count
 * @param findings what a reader must know of the way the course was formed
 */
public record Course(
    CourseId id,
    String patientId,
    String label,
    @Nullable ImageSeries planningCt,
    Objects objects,
    List<ImageSeries> otherSeries,
    DoseDecision doseDecision,
    List<Finding> findings)
    implements Serializable {

  /** Copies the lists. */
  public Course {
    otherSeries = List.copyOf(otherSeries);
    findings = List.copyOf(findings);
  }

  /**
   * The radiotherapy objects of a course, each list in ascending order of SOP instance UID.
   *
   * @param structureSets RTSTRUCT
   * @param doses RTDOSE
   * @param plans RTPLAN
   * @param records treatment records
   * @param registrations REG
   */
  public record Objects(
      List<InstanceHeader> structureSets,
      List<InstanceHeader> doses,
      List<InstanceHeader> plans,
      List<InstanceHeader> records,
      List<InstanceHeader> registrations)
      implements Serializable {

    /** Copies the lists. */
    public Objects {
      structureSets = List.copyOf(structureSets);
      doses = List.copyOf(doses);
      plans = List.copyOf(plans);
      records = List.copyOf(records);
      registrations = List.copyOf(registrations);
    }
  }
}
