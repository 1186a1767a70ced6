package org.rtpipeline.spark;

import java.util.ArrayList;
import java.util.List;
import org.rtpipeline.model.CourseDataException;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.InstanceHeader;

/**
 * The objects of one kind that a course has and that can be read; one that cannot is left out, and
 * a finding says so.
 */
final class ReadObjects {

  private ReadObjects() {}

  /** Reads one object of the course. */
  interface Reader<T> {
    T read(InstanceHeader header) throws CourseDataException;
  }

  /**
   * What can be read, in the order of the headers.
   *
   * @param findings gets one for each object that cannot be read
   */
  static <T> List<T> of(List<InstanceHeader> headers, Reader<T> reader, List<Finding> findings) {
    List<T> objects = new ArrayList<>();
    for (InstanceHeader header : headers) {
      try {
        objects.add(reader.read(header));
      } catch (CourseDataException e) {
        findings.add(leftOut(e.finding()));
      }
    }
    return objects;
  }

  /** The same finding for a stage that goes on without the object. */
  static Finding leftOut(Finding finding) {
    return finding.level() == Finding.Level.FAILED
        ? finding
        : new Finding(Finding.Level.WARN, finding.code(), finding.subject(), finding.message());
  }
}
