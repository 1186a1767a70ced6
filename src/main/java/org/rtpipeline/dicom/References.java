package org.rtpipeline.dicom;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.rtpipeline.model.Reference;

/** Collects what an object points to, each pointer once, in the order of the object. */
final class References {
  private final Set<Reference> found = new LinkedHashSet<>();

  private References() {}

  /** Everything that an object of this kind points to. */
  static List<Reference> of(SopClass.Kind kind, DicomObject object) {
    References references = new References();
    return switch (kind) {
      case IMAGE -> List.of();
      case STRUCTURE_SET -> references.ofStructureSet(object);
      case DOSE, PLAN, RECORD -> references.ofTreatment(object);
      case REGISTRATION -> references.ofRegistration(object);
      case SEGMENTATION -> references.ofSegmentation(object);
    };
  }

  private List<Reference> ofStructureSet(DicomObject object) {
    for (DicomObject frame : object.items(Tags.REFERENCED_FRAME_OF_REFERENCE_SEQUENCE)) {
      add(Reference.Role.FRAME_OF_REFERENCE, frame, Tags.FRAME_OF_REFERENCE_UID);
      for (DicomObject study : frame.items(Tags.RT_REFERENCED_STUDY_SEQUENCE)) {
        add(Reference.Role.STUDY, study, Tags.REFERENCED_SOP_INSTANCE_UID);
        for (DicomObject series : study.items(Tags.RT_REFERENCED_SERIES_SEQUENCE)) {
          add(Reference.Role.SERIES, series, Tags.SERIES_INSTANCE_UID);
          instances(Reference.Role.IMAGE, series, Tags.CONTOUR_IMAGE_SEQUENCE);
        }
      }
    }
    for (DicomObject roi : object.items(Tags.STRUCTURE_SET_ROI_SEQUENCE)) {
      add(Reference.Role.FRAME_OF_REFERENCE, roi, Tags.REFERENCED_FRAME_OF_REFERENCE_UID);
    }
    for (DicomObject roi : object.items(Tags.ROI_CONTOUR_SEQUENCE)) {
      for (DicomObject contour : roi.items(Tags.CONTOUR_SEQUENCE)) {
        instances(Reference.Role.IMAGE, contour, Tags.CONTOUR_IMAGE_SEQUENCE);
      }
    }
    return new ArrayList<>(found);
  }

  private List<Reference> ofTreatment(DicomObject object) {
    instances(Reference.Role.PLAN, object, Tags.REFERENCED_RT_PLAN_SEQUENCE);
    instances(Reference.Role.STRUCTURE_SET, object, Tags.REFERENCED_STRUCTURE_SET_SEQUENCE);
    instances(Reference.Role.DOSE, object, Tags.REFERENCED_DOSE_SEQUENCE);
    instances(Reference.Role.IMAGE, object, Tags.REFERENCED_IMAGE_SEQUENCE);
    return new ArrayList<>(found);
  }

  private List<Reference> ofRegistration(DicomObject object) {
    for (DicomObject registration : object.items(Tags.REGISTRATION_SEQUENCE)) {
      add(Reference.Role.FRAME_OF_REFERENCE, registration, Tags.FRAME_OF_REFERENCE_UID);
      instances(Reference.Role.IMAGE, registration, Tags.REFERENCED_IMAGE_SEQUENCE);
    }
    series(object);
    for (DicomObject study :
        object.items(Tags.STUDIES_CONTAINING_OTHER_REFERENCED_INSTANCES_SEQUENCE)) {
      add(Reference.Role.STUDY, study, Tags.STUDY_INSTANCE_UID);
      series(study);
    }
    return new ArrayList<>(found);
  }

  /** The images it says it was made from; where it names no series, those of its frames. */
  private List<Reference> ofSegmentation(DicomObject object) {
    series(object);
    if (found.isEmpty()) {
      ofFrames(object, Tags.SHARED_FUNCTIONAL_GROUPS_SEQUENCE);
      ofFrames(object, Tags.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE);
    }
    return new ArrayList<>(found);
  }

  private void ofFrames(DicomObject object, int groups) {
    for (DicomObject frame : object.items(groups)) {
      for (DicomObject derivation : frame.items(Tags.DERIVATION_IMAGE_SEQUENCE)) {
        instances(Reference.Role.IMAGE, derivation, Tags.SOURCE_IMAGE_SEQUENCE);
      }
    }
  }

  private void series(DicomObject parent) {
    for (DicomObject series : parent.items(Tags.REFERENCED_SERIES_SEQUENCE)) {
      add(Reference.Role.SERIES, series, Tags.SERIES_INSTANCE_UID);
      instances(Reference.Role.IMAGE, series, Tags.REFERENCED_INSTANCE_SEQUENCE);
    }
  }

  private void instances(Reference.Role role, DicomObject parent, int sequence) {
    for (DicomObject item : parent.items(sequence)) {
      add(role, item, Tags.REFERENCED_SOP_INSTANCE_UID);
    }
  }

  private void add(Reference.Role role, DicomObject item, int tag) {
    item.text(tag).ifPresent(uid -> found.add(new Reference(role, uid)));
  }
}
