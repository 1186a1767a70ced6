package org.rtpipeline.model;

/** The mark that the Python rtpipeline puts behind the name of a region that lacks a part. */
public final class PartialName {

  private static final String MARK = "__partial";

  private PartialName() {}

  /** A name with the mark. */
  public static String of(String name) {
    return name + MARK;
  }

  /** A name with the mark, cut so that both together have at most so many characters. */
  public static String of(String name, int mostCharacters) {
    return of(name.substring(0, Math.min(name.length(), mostCharacters - MARK.length())));
  }

  /** The name without the mark, if it has one. */
  public static String whole(String name) {
    return name.endsWith(MARK) ? name.substring(0, name.length() - MARK.length()) : name;
  }
}
