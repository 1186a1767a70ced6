package org.rtpipeline.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * One pass over a configuration: hands out typed values, and keeps every problem and every key it
 * met on the way.
 *
 * <p>A value that cannot be used is a problem; its default is handed out in its place, so that the
 * pass reaches all other problems too.
 */
final class Reading {
  /** All our keys live below it. */
  static final String ROOT = "rtpipeline";

  private final Config merged;
  private final Config defaults;
  private final Set<String> keysRead = new TreeSet<>();
  private final List<Problem> problems = new ArrayList<>();

  /**
   * Looks for unknown keys at once.
   *
   * @param merged resolved; the defaults are part of it
   * @param defaults resolved; its keys are the known ones
   */
  Reading(Config merged, Config defaults) {
    this.merged = merged;
    this.defaults = defaults;
    Set<String> known = leaves(defaults);
    refuseUnknown(merged.root(), List.of(), known);
  }

  /** Paths of all values that are no sections. */
  static Set<String> leaves(Config config) {
    return config.entrySet().stream()
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The whole of it. */
  Config merged() {
    return merged;
  }

  /** What was wrong so far. */
  List<Problem> problems() {
    return Collections.unmodifiableList(problems);
  }

  /** Every key asked for so far. */
  Set<String> keysRead() {
    return Collections.unmodifiableSet(keysRead);
  }

  /** Text as it stands. */
  String text(String key) {
    return scalar(key, "text", Optional::of);
  }

  /** A whole number in a closed range. */
  long whole(String key, long least, long most) {
    return scalar(
        key,
        "a whole number from " + least + " to " + most,
        text ->
            number(text, "[+-]?[0-9]{1,18}", Long::valueOf).filter(n -> n >= least && n <= most));
  }

  /** A number in a closed range. */
  double decimal(String key, double least, double most, String unit) {
    return scalar(key, range(least, most, unit), text -> decimal(text, least, most));
  }

  /** A number in a closed range, or a word in its place. */
  Optional<Double> decimalOr(String key, String word, double least, double most, String unit) {
    return scalar(
        key,
        word + ", or " + range(least, most, unit),
        text -> {
          Optional<Double> number = decimal(text, least, most);
          return number.isPresent() || text.equals(word) ? Optional.of(number) : Optional.empty();
        });
  }

  private static String range(double least, double most, String unit) {
    return "a number from " + plain(least) + " to " + plain(most) + " " + unit;
  }

  private static Optional<Double> decimal(String text, double least, double most) {
    return number(text, "[+-]?[0-9]+([.][0-9]*)?([eE][+-]?[0-9]{1,3})?", Double::valueOf)
        .filter(n -> n >= least && n <= most);
  }

  /** One of two values, chosen by true or false. */
  <T> T either(String key, T whenTrue, T whenFalse) {
    return scalar(
        key,
        "true or false",
        text ->
            switch (text) {
              case "true", "yes", "on" -> Optional.of(whenTrue);
              case "false", "no", "off" -> Optional.of(whenFalse);
              default -> Optional.empty();
            });
  }

  /** One constant, written in kebab case. */
  <E extends Enum<E>> E choice(String key, Class<E> kind) {
    return scalar(key, "one of " + words(kind), text -> constant(text, kind));
  }

  /** Some constants, written in kebab case. */
  <E extends Enum<E>> List<E> choices(String key, Class<E> kind) {
    return list(key, "a list of " + words(kind), text -> constant(text, kind));
  }

  /**
   * What each text of a list is parsed to; the message of what cannot be parsed becomes a problem
   * of the key.
   *
   * @param parse refuses by {@link IllegalArgumentException}
   */
  <T> List<T> parsed(String key, Function<String, T> parse) {
    List<String> texts = list(key, "a list of texts", Optional::of);
    List<T> parsed = new ArrayList<>();
    for (String text : texts) {
      try {
        parsed.add(parse.apply(text));
      } catch (IllegalArgumentException refused) {
        refuse(key, "is not usable: " + refused.getMessage());
      }
    }
    return parsed;
  }

  /** A cap on the tasks at once, or none. */
  Workers workers(String key) {
    return scalar(key, "auto or a whole number of at least 1", Workers::parse);
  }

  /** Adds a problem about a key. */
  void refuse(String key, String message) {
    refuseAt(where(key), path(key) + " " + message);
  }

  /** Adds a problem about a place. */
  void refuseAt(String where, String message) {
    problems.add(new Problem(where, message));
  }

  /**
   * What a record makes of its parts; the message of one that refuses them becomes a problem of the
   * section.
   *
   * @param section path of the section, empty for the root
   * @param made makes the record
   * @param otherwise taken when it refuses
   */
  <T> T record(String section, Supplier<T> made, T otherwise) {
    try {
      return made.get();
    } catch (IllegalArgumentException refused) {
      problems.add(new Problem(where(section), String.valueOf(refused.getMessage())));
      return otherwise;
    }
  }

  private <T> T scalar(String key, String expected, Function<String, Optional<T>> parse) {
    return value(
        key,
        expected,
        v -> isScalar(v) ? parse.apply(String.valueOf(v.unwrapped())) : Optional.empty());
  }

  private <T> List<T> list(String key, String expected, Function<String, Optional<T>> parse) {
    return value(key, expected, v -> elements(v).flatMap(texts -> all(texts, parse)));
  }

  private <T> T value(String key, String expected, Function<ConfigValue, Optional<T>> parse) {
    keysRead.add(path(key));
    ConfigValue given = find(merged, key).orElseGet(() -> defaults.getValue(path(key)));
    Optional<T> value = parse.apply(given);
    if (value.isPresent()) {
      return value.get();
    }
    refuse(key, "is " + shown(given) + ", expected " + expected);
    return parse
        .apply(defaults.getValue(path(key)))
        .orElseThrow(() -> new IllegalStateException("reference.conf breaks its own rule: " + key));
  }

  private static Optional<ConfigValue> find(Config config, String key) {
    try {
      return Optional.of(config.getValue(path(key)));
    } catch (ConfigException.Missing | ConfigException.WrongType absent) {
      return Optional.empty();
    }
  }

  private static <T> Optional<List<T>> all(
      List<String> texts, Function<String, Optional<T>> parse) {
    List<Optional<T>> parsed = texts.stream().map(parse).toList();
    return parsed.stream().allMatch(Optional::isPresent)
        ? Optional.of(parsed.stream().flatMap(Optional::stream).toList())
        : Optional.empty();
  }

  /** The texts of a list, or of a text with commas as the command line has it. */
  private static Optional<List<String>> elements(ConfigValue value) {
    if (value instanceof ConfigList values) {
      return values.stream().allMatch(Reading::isScalar)
          ? Optional.of(values.stream().map(v -> String.valueOf(v.unwrapped())).toList())
          : Optional.empty();
    }
    if (!isScalar(value)) {
      return Optional.empty();
    }
    return Optional.of(
        Arrays.stream(String.valueOf(value.unwrapped()).split(",", -1))
            .map(String::strip)
            .filter(text -> !text.isEmpty())
            .toList());
  }

  private static boolean isScalar(ConfigValue value) {
    return value.valueType() == ConfigValueType.STRING
        || value.valueType() == ConfigValueType.NUMBER
        || value.valueType() == ConfigValueType.BOOLEAN;
  }

  private static <N> Optional<N> number(String text, String form, Function<String, N> parse) {
    return text.matches(form) ? Optional.of(parse.apply(text)) : Optional.empty();
  }

  private static <E extends Enum<E>> Optional<E> constant(String text, Class<E> kind) {
    return Arrays.stream(kind.getEnumConstants()).filter(c -> word(c).equals(text)).findFirst();
  }

  private static <E extends Enum<E>> String words(Class<E> kind) {
    return Arrays.stream(kind.getEnumConstants())
        .map(Reading::word)
        .collect(Collectors.joining(", "));
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String plain(double bound) {
    return bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
  }

  private static String shown(ConfigValue value) {
    String text = String.valueOf(value.unwrapped());
    return value.valueType() == ConfigValueType.STRING ? '"' + text + '"' : text;
  }

  private static String path(String key) {
    return key.isEmpty() ? ROOT : ROOT + "." + key;
  }

  private String where(String key) {
    ConfigValue value = find(merged, key).orElseGet(() -> defaults.getValue(path(key)));
    return Origins.place(value.origin());
  }

  private void refuseUnknown(ConfigObject section, List<String> above, Set<String> known) {
    for (Map.Entry<String, ConfigValue> entry : section.entrySet()) {
      List<String> elements = new ArrayList<>(above);
      elements.add(entry.getKey());
      String path = ConfigUtil.joinPath(elements);
      boolean isSection = known.stream().anyMatch(key -> key.startsWith(path + "."));
      if (isSection && entry.getValue() instanceof ConfigObject inner) {
        refuseUnknown(inner, elements, known);
      } else if (isSection) {
        problems.add(
            new Problem(
                Origins.place(entry.getValue().origin()),
                path + " is " + shown(entry.getValue()) + ", expected a section { … }"));
      } else if (!known.contains(path) || entry.getValue() instanceof ConfigObject) {
        refuseLeaves(entry.getValue(), elements, known);
      }
    }
  }

  private void refuseLeaves(ConfigValue value, List<String> elements, Set<String> known) {
    if (value instanceof ConfigObject inner && !inner.isEmpty()) {
      inner.forEach(
          (name, deeper) -> {
            List<String> below = new ArrayList<>(elements);
            below.add(name);
            refuseLeaves(deeper, below, known);
          });
      return;
    }
    String path = ConfigUtil.joinPath(elements);
    problems.add(
        new Problem(
            Origins.place(value.origin()),
            "unknown key " + path + ", the nearest known is " + NearestKey.of(path, known)));
  }
}
