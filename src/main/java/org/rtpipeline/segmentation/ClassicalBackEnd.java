package org.rtpipeline.segmentation;

import java.util.List;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.LabelMap;
import org.rtpipeline.model.LabelledStructure;

/**
 * Finds body, lungs, windpipe, dense tissue and spinal canal in a CT by density and shape alone,
 * without any model. Good for the outline of the patient, for plausibility and for a first look;
 * not for organs at risk.
 */
public final class ClassicalBackEnd implements SegmentationBackEnd {

  private static final long serialVersionUID = 1L;

  private static final String NAME = "classical";
  private static final String VERSION = "1";
  private static final float LEAST_HU = -1500;
  private static final float MOST_HU = 32_768;

  /** A back end without options. */
  public ClassicalBackEnd() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String version() {
    return VERSION;
  }

  @Override
  public String digest() {
    return DerivedUid.hex(NAME, VERSION);
  }

  @Override
  public Device.Kind deviceKind() {
    return Device.Kind.CPU;
  }

  @Override
  public LabelMap segment(SegmentationInput input, Device device) throws SegmentationException {
    if (!input.modality().equals("CT")) {
      throw SegmentationException.of(
          Finding.Level.SKIP_STAGE,
          Finding.Code.MODALITY_MISMATCH,
          input,
          "the classical back end needs CT, the series is " + input.modality());
    }
    VoxelGrid grid = input.volume().grid();
    float[] imageHu = withinRange(input.volume().values());
    Lattice lattice = Lattice.of(grid);
    byte[] body = BodyFinder.find(imageHu, lattice);
    VoxelBox box =
        VoxelBox.around(body, lattice, 0)
            .orElseThrow(
                () ->
                    SegmentationException.of(
                        Finding.Level.SKIP_STAGE,
                        Finding.Code.SEGMENTER_OUTPUT_INVALID,
                        input,
                        "no body found: nothing over -400 HU is thick enough"));
    Sides sides = Sides.of(box.grid(grid), box.cut(body));
    TracheaFinder.Order order =
        grid.normal().zMm() < 0 ? TracheaFinder.Order.HEAD_FIRST : TracheaFinder.Order.HEAD_LAST;
    return labels(grid, body, inside(box.cut(imageHu), box.cut(body), box, sides, order));
  }

  /** The organs inside the body, as labels over the whole grid. */
  private static short[] inside(
      float[] imageHu, byte[] body, VoxelBox box, Sides sides, TracheaFinder.Order order) {
    Lattice lattice = box.part();
    LungFinder lungs = LungFinder.find(imageHu, body, lattice, sides, order);
    byte[] belowSkin = BoneFinder.belowSkin(body, lattice);
    Contrast contrast = Contrast.of(imageHu, belowSkin, lattice);
    byte[] shell = BoneFinder.shell(imageHu, belowSkin, lattice, contrast);
    byte[] canal = SpinalCanalFinder.find(imageHu, shell, lattice, sides, contrast);
    byte[] bone = BoneFinder.withMarrow(shell, lattice);
    short[] labels = new short[imageHu.length];
    put(labels, bone, ClassicalStructure.BONE);
    put(labels, lungs.left(), ClassicalStructure.LUNG_LEFT);
    put(labels, lungs.right(), ClassicalStructure.LUNG_RIGHT);
    put(labels, lungs.trachea(), ClassicalStructure.TRACHEA);
    put(labels, canal, ClassicalStructure.SPINAL_CANAL);
    return box.paste(labels);
  }

  private static void put(short[] labels, byte[] mask, LabelledStructure structure) {
    short number = (short) structure.number();
    for (int at = 0; at < labels.length; at++) {
      if (mask[at] != 0) {
        labels[at] = number;
      }
    }
  }

  private static LabelMap labels(VoxelGrid grid, byte[] body, short[] organs) {
    short[] outline = new short[body.length];
    put(outline, body, ClassicalStructure.BODY);
    return new LabelMap(
        grid,
        List.of(
            new LabelMap.Layer(outline, List.of(ClassicalStructure.BODY)),
            new LabelMap.Layer(organs, ClassicalStructure.INSIDE)),
        List.of());
  }

  /** The values as HU: padding far below air counts as air, and what is no number as well. */
  private static float[] withinRange(float[] values) {
    float[] imageHu = values.clone();
    for (int at = 0; at < imageHu.length; at++) {
      if (!(imageHu[at] > LEAST_HU)) {
        imageHu[at] = -1024;
      } else if (imageHu[at] > MOST_HU) {
        imageHu[at] = MOST_HU;
      }
    }
    return imageHu;
  }
}
