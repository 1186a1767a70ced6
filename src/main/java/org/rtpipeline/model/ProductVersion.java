package org.rtpipeline.model;

import java.util.Optional;

/** Which release of the product is at work. */
public final class ProductVersion {

  private ProductVersion() {}

  /** The version that the jar names; some words where the classes come from a build folder. */
  public static String text() {
    return Optional.ofNullable(ProductVersion.class.getPackage().getImplementationVersion())
        .orElse("from its build folder");
  }
}
