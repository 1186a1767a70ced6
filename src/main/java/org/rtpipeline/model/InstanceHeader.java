package org.rtpipeline.model;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the scan keeps of one usable DICOM file: identity, references and the few facts that courses
 * are formed from. No pixel, no contour.
 *
 * @param file where it lies
 * @param sopClassUid (0008,0016)
 * @param sopInstanceUid (0008,0018)
 * @param patientId (0010,0020), trimmed
 * @param studyUid (0020,000D), empty when absent
 * @param seriesUid (0020,000E), empty when absent
 * @param frameOfReferenceUid (0020,0052); null when absent
 * @param modality (0008,0060)
 * @param references everything it points to, in the order of the object
 * @param facts what only objects of its kind have
 * @param findings what was odd about it
 */
public record InstanceHeader(
    FileRef file,
    String sopClassUid,
    String sopInstanceUid,
    String patientId,
    String studyUid,
    String seriesUid,
    @Nullable String frameOfReferenceUid,
    String modality,
    List<Reference> references,
    ObjectFacts facts,
    List<Finding> findings)
    implements Serializable {

  /** Copies the lists. */
  public InstanceHeader {
    references = List.copyOf(references);
    findings = List.copyOf(findings);
  }

  /** UIDs it points to in one role, in the order of the object. */
  public Stream<String> referenced(Reference.Role role) {
    return references.stream().filter(r -> r.role() == role).map(Reference::uid);
  }
}
