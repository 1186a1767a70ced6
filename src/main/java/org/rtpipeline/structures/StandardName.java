package org.rtpipeline.structures;

import java.io.Serializable;

/**
 * The standard name of a structure, and why it has it.
 *
 * @param name standard name, empty when no rule names it
 * @param rule which rule: a layer with the line of its file, {@code standard} when the name is a
 *     standard one already, empty for none
 */
public record StandardName(String name, String rule) implements Serializable {

  /** No rule names the structure. */
  public static final StandardName NONE = new StandardName("", "");

  /** True when a rule names it. */
  public boolean isKnown() {
    return !name.isEmpty();
  }
}
