package org.rtpipeline.organize;

import java.util.List;
import java.util.stream.Stream;
import org.rtpipeline.model.InstanceHeader;
import org.rtpipeline.model.Reference;

/** When two groups of linked objects of a patient are one course. */
public enum MergeRule {
  /** Structure sets of one study share a course; without a study, those of one frame. */
  CT_STUDY,
  /** Structure sets of one frame of reference share a course; without a frame, those of a study. */
  FRAME_OF_REFERENCE;

  /** What groups have in common when they are one course, dearest evidence first. */
  List<String> anchors(InstanceHeader header) {
    Stream<String> study = header.studyUid().isEmpty() ? Stream.of() : Stream.of(header.studyUid());
    List<String> studies = study.map(uid -> "study:" + uid).toList();
    List<String> frames = frames(header).map(uid -> "frame:" + uid).toList();
    List<String> first = this == CT_STUDY ? studies : frames;
    return first.isEmpty() ? (this == CT_STUDY ? frames : studies) : first;
  }

  /** Frames of reference an object lives in: its own (0020,0052), else those it refers to. */
  static Stream<String> frames(InstanceHeader header) {
    String own = header.frameOfReferenceUid();
    return own != null && !own.isEmpty()
        ? Stream.of(own)
        : header.referenced(Reference.Role.FRAME_OF_REFERENCE).distinct().sorted();
  }
}
