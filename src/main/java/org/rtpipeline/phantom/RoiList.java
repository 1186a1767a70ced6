package org.rtpipeline.phantom;

import java.util.ArrayList;
import java.util.List;

/** Collects the regions of a layout in the order they are painted into the CT. */
final class RoiList {

  private static final int WATER_HU = 0;
  private static final int SOFT_TISSUE_HU = 40;

  private final List<PhantomRoi> rois = new ArrayList<>();

  /** The outline of the patient. */
  RoiList body(Solid solid) {
    rois.add(new PhantomRoi("BODY", "EXTERNAL", WATER_HU, solid));
    return this;
  }

  /** A target; its type is the start of its name. */
  RoiList target(String name, Solid solid) {
    rois.add(new PhantomRoi(name, name.substring(0, 3), SOFT_TISSUE_HU, solid));
    return this;
  }

  /** An organ. */
  RoiList organ(String name, int intensityHu, Solid solid) {
    rois.add(new PhantomRoi(name, "ORGAN", intensityHu, solid));
    return this;
  }

  /** A region that is only there for planning. */
  RoiList avoidance(String name, Solid solid) {
    rois.add(new PhantomRoi(name, "AVOIDANCE", WATER_HU, solid));
    return this;
  }

  List<PhantomRoi> rois() {
    return List.copyOf(rois);
  }
}
