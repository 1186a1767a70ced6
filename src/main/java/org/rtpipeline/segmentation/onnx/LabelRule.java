package org.rtpipeline.segmentation.onnx;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/** How the values of the classes at a voxel become its label. */
sealed interface LabelRule extends Serializable {

  /** Classes the network must give. */
  int classes();

  /** Labels of voxels, given class by class. */
  short[] labels(float[][] classes);

  /**
   * The class with the greatest value, the first one of equals.
   *
   * @param values label of each class
   */
  record Greatest(List<Integer> values) implements LabelRule {

    @Override
    public int classes() {
      return values.size();
    }

    @Override
    public short[] labels(float[][] classes) {
      float[] most = classes[0].clone();
      short[] labels = new short[most.length];
      Arrays.fill(labels, values.get(0).shortValue());
      for (int c = 1; c < classes.length; c++) {
        short value = values.get(c).shortValue();
        for (int i = 0; i < labels.length; i++) {
          if (classes[c][i] > most[i]) {
            most[i] = classes[c][i];
            labels[i] = value;
          }
        }
      }
      return labels;
    }
  }

  /**
   * Regions that may overlap: each with a probability over one half overwrites those before it.
   *
   * @param values label that each region writes
   */
  record Regions(List<Integer> values) implements LabelRule {

    @Override
    public int classes() {
      return values.size();
    }

    @Override
    public short[] labels(float[][] classes) {
      short[] labels = new short[classes[0].length];
      for (int c = 0; c < classes.length; c++) {
        short value = values.get(c).shortValue();
        for (int i = 0; i < labels.length; i++) {
          if ((float) (1 / (1 + Math.exp(-classes[c][i]))) > 0.5f) {
            labels[i] = value;
          }
        }
      }
      return labels;
    }
  }
}
