package org.rtpipeline.segmentation.worker;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.rtpipeline.segmentation.Device;

/**
 * A program that reads one image and writes one label file.
 *
 * @param arguments program and arguments, handed over one by one; {@value #IMAGE} and {@value
 *     #LABELS} stand for the two NIfTI files
 * @param deviceKind what it computes on
 * @param structures names of the labels, by value
 * @param limit for one image
 * @param shutdown from the request to end to the kill
 */
public record CommandOptions(
    List<String> arguments,
    Device.Kind deviceKind,
    Map<Integer, String> structures,
    Duration limit,
    Duration shutdown)
    implements Serializable {

  /** Stands for the file with the image. */
  public static final String IMAGE = "{image}";

  /** Stands for the file that the labels are expected in. */
  public static final String LABELS = "{labels}";

  /** Copies list and map; refuses a command that cannot know its files. */
  public CommandOptions {
    arguments = List.copyOf(arguments);
    structures = java.util.Collections.unmodifiableMap(new TreeMap<>(structures));
    String all = String.join("\n", arguments);
    if (arguments.isEmpty() || !all.contains(IMAGE) || !all.contains(LABELS)) {
      throw new IllegalArgumentException(
          "the command is " + arguments + ", expected a program with " + IMAGE + " and " + LABELS);
    }
    if (structures.isEmpty()) {
      throw new IllegalArgumentException("no structure is named, expected one or more");
    }
  }
}
