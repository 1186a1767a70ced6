package org.rtpipeline.organize;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.rtpipeline.model.FileRef;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.InstanceHeader;

/**
 * The objects of a patient, one per SOP instance UID, and what was doubled.
 *
 * @param unique in ascending order of SOP instance UID
 * @param leftOut further copies of objects in {@code unique}
 * @param conflicting SOP instance UIDs whose copies differ
 */
record Instances(
    List<InstanceHeader> unique, List<LeftOut> leftOut, Map<String, Finding> conflicting) {

  private static final Comparator<InstanceHeader> BY_FILE =
      Comparator.comparingLong((InstanceHeader h) -> h.file().sizeBytes())
          .thenComparing(h -> h.file().uri());

  /** Keeps one copy per SOP instance UID: the least by size, then URI. */
  static Instances of(List<InstanceHeader> headers) {
    Map<String, List<InstanceHeader>> byUid = new TreeMap<>();
    for (InstanceHeader header : headers) {
      byUid.computeIfAbsent(header.sopInstanceUid(), uid -> new ArrayList<>()).add(header);
    }
    List<InstanceHeader> unique = new ArrayList<>();
    List<LeftOut> leftOut = new ArrayList<>();
    Map<String, Finding> conflicting = new TreeMap<>();
    byUid.forEach(
        (uid, copies) -> {
          copies.sort(BY_FILE);
          InstanceHeader kept = copies.get(0);
          unique.add(kept);
          List<InstanceHeader> others = copies.subList(1, copies.size());
          if (others.stream().allMatch(other -> isSameObject(kept, other))) {
            others.forEach(other -> leftOut.add(new LeftOut(other, duplicate(uid))));
          } else {
            conflicting.put(uid, conflict(uid, copies.size()));
            others.forEach(other -> leftOut.add(new LeftOut(other, conflict(uid, copies.size()))));
          }
        });
    return new Instances(unique, leftOut, conflicting);
  }

  private static boolean isSameObject(InstanceHeader one, InstanceHeader other) {
    return one.file().sizeBytes() == other.file().sizeBytes()
        && withoutFile(one).equals(withoutFile(other));
  }

  private static InstanceHeader withoutFile(InstanceHeader h) {
    return new InstanceHeader(
        new FileRef("", 0, 0),
        h.sopClassUid(),
        h.sopInstanceUid(),
        h.patientId(),
        h.studyUid(),
        h.seriesUid(),
        h.frameOfReferenceUid(),
        h.modality(),
        h.references(),
        h.facts(),
        List.of());
  }

  private static Finding duplicate(String uid) {
    return new Finding(
        Finding.Level.WARN,
        Finding.Code.DUPLICATE_INSTANCE,
        uid,
        "a further file with the same SOP instance UID, size and header; one is used");
  }

  private static Finding conflict(String uid, int copies) {
    return new Finding(
        Finding.Level.SKIP_COURSE,
        Finding.Code.CONFLICTING_DUPLICATE,
        uid,
        copies + " files share the SOP instance UID and differ in size or header");
  }
}
