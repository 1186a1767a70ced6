package org.rtpipeline.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigRenderOptions;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/** Says where a value was written, as a person would. */
final class Origins {
  private Origins() {}

  /** File and line, or the option of the command line. */
  static String place(ConfigOrigin origin) {
    String file = origin.filename();
    int line = origin.lineNumber();
    if (file != null) {
      return line > 0 ? shortest(file) + ":" + line : shortest(file);
    }
    String text = origin.description();
    String tail = ": " + line;
    return text.endsWith(tail) ? text.substring(0, text.length() - tail.length()) : text;
  }

  /** Every key with its value and, as a comment, its place; a job file with the same meaning. */
  static String lines(Config config) {
    return config.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(
            key ->
                key.getKey()
                    + " = "
                    + key.getValue().render(ConfigRenderOptions.concise())
                    + "  # "
                    + place(key.getValue().origin())
                    + "\n")
        .collect(Collectors.joining());
  }

  /** What the reader of a file says, without the place that it repeats. */
  static Problem problem(ConfigException thrown, String otherwise) {
    String message = String.valueOf(thrown.getMessage());
    ConfigOrigin origin = thrown.origin();
    if (origin == null) {
      return new Problem(otherwise, message);
    }
    String repeated = origin.description() + ": ";
    return new Problem(
        place(origin),
        message.startsWith(repeated) ? message.substring(repeated.length()) : message);
  }

  private static String shortest(String file) {
    Path here = Path.of("").toAbsolutePath();
    Path path = Path.of(file);
    return path.isAbsolute() && path.startsWith(here) ? here.relativize(path).toString() : file;
  }
}
