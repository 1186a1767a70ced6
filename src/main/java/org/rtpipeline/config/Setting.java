package org.rtpipeline.config;

/**
 * One value given on the command line; it wins over every file.
 *
 * @param key path below {@code rtpipeline}, as {@code dvh.bin-width-gy}
 * @param value text, or HOCON when it begins with a bracket, a brace or a quote
 * @param where how the person gave it, as {@code --workers}
 */
public record Setting(String key, String value, String where) {

  /**
   * Reads {@code key=value}.
   *
   * @param text of an option {@code --set}
   * @throws IllegalArgumentException when there is no key or no equals sign
   */
  public static Setting of(String text) {
    int equals = text.indexOf('=');
    if (equals < 1) {
      throw new IllegalArgumentException("--set " + text + ": expected key=value");
    }
    return new Setting(
        text.substring(0, equals).strip(), text.substring(equals + 1).strip(), "--set " + text);
  }
}
