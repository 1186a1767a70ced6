package org.rtpipeline.segmentation.onnx;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * All that a model folder says of a model but the weights.
 *
 * @param name for descriptions of structures
 * @param version for descriptions of structures
 * @param networks files of the networks, relative to the folder; several are asked together
 * @param axes of the images the model was trained with
 * @param cropping whether images are cut to where they are not 0
 * @param normalisation of intensities
 * @param spacingMm of the images of the network, along its axes; NaN where it takes the image's own
 * @param data how images are resampled
 * @param logits how the values of the classes are resampled
 * @param windows how an image is shown to the network
 * @param mirrorAxes axes along which the network may be asked for mirrored images
 * @param labels from values of classes to labels
 * @param structures names and the labels that each is made of
 */
record Model(
    String name,
    String version,
    List<String> networks,
    Axes axes,
    Cropping cropping,
    Normalisation normalisation,
    List<Double> spacingMm,
    ResamplingRule data,
    ResamplingRule logits,
    Windows windows,
    List<Integer> mirrorAxes,
    LabelRule labels,
    List<NamedLabels> structures)
    implements Serializable {

  /** Whether images are cut before the network sees them. */
  enum Cropping {
    TO_NONZERO,
    NONE
  }

  /**
   * Axes of the model's images.
   *
   * @param directions way each axis runs in the patient, such as SAR; empty for as stored
   * @param transpose axis of such an image that each axis of the network is
   */
  record Axes(String directions, List<Integer> transpose) implements Serializable {

    /** Refuses what is no order of axes. */
    Axes {
      transpose = List.copyOf(transpose);
      if (!directions.isEmpty() && !AxisOrder.isOrientation(directions)) {
        throw new IllegalArgumentException(
            "orientation is three of L R P A S I, one for each axis, got " + directions);
      }
      if (!transpose.stream().sorted().toList().equals(List.of(0, 1, 2))) {
        throw new IllegalArgumentException(
            "a transposition is an order of 0, 1, 2, got " + transpose);
      }
    }
  }

  /**
   * A structure.
   *
   * @param name of the structure
   * @param labels whose voxels together are the structure
   */
  record NamedLabels(String name, List<Integer> labels) implements Serializable {

    /** Copies the labels. */
    NamedLabels {
      labels = List.copyOf(labels);
    }
  }

  /** Copies the lists. */
  Model {
    networks = List.copyOf(networks);
    spacingMm = List.copyOf(spacingMm);
    mirrorAxes = List.copyOf(mirrorAxes);
    structures = List.copyOf(structures);
    if (networks.isEmpty()) {
      throw new IllegalArgumentException("a model has one network or more");
    }
    if (structures.isEmpty()) {
      throw new IllegalArgumentException("a model has one label or more besides the background");
    }
  }

  /** Spacing of the images of the network, given that of an image along the same axes, mm. */
  double[] networkSpacingMm(double[] imageSpacingMm) {
    double[] spacing = new double[3];
    for (int axis = 0; axis < 3; axis++) {
      double asked = spacingMm.get(axis);
      spacing[axis] = Double.isNaN(asked) ? imageSpacingMm[axis] : asked;
    }
    return spacing;
  }

  /** The model with other windows and mirrored axes, as options ask. */
  Model shownAs(Windows other, List<Integer> mirrored, List<String> chosen) {
    return new Model(
        name,
        version,
        new ArrayList<>(chosen),
        axes,
        cropping,
        normalisation,
        spacingMm,
        data,
        logits,
        other,
        mirrored,
        labels,
        structures);
  }
}
