package org.rtpipeline.config;

import java.io.Serializable;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** How many tasks may run at once: what the rule of parallelism gives, or fewer. */
public sealed interface Workers extends Serializable permits Workers.Auto, Workers.Cap {

  /** One function per kind; the compiler counts the cases. */
  <R> R fold(Supplier<R> auto, Function<Cap, R> cap);

  /** What the rule gives, uncut. */
  static Workers auto() {
    return new Auto();
  }

  /**
   * At most so many.
   *
   * @param tasks at least 1
   */
  static Workers atMost(int tasks) {
    return new Cap(tasks);
  }

  /**
   * Reads {@code auto} or a whole number of at least 1; empty for anything else.
   *
   * @param text as a person writes it
   */
  static Optional<Workers> parse(String text) {
    if (text.equals("auto")) {
      return Optional.of(auto());
    }
    if (!text.matches("[0-9]{1,9}") || Integer.parseInt(text) == 0) {
      return Optional.empty();
    }
    return Optional.of(atMost(Integer.parseInt(text)));
  }

  /** What the rule gives. */
  record Auto() implements Workers {
    @Override
    public <R> R fold(Supplier<R> auto, Function<Cap, R> cap) {
      return auto.get();
    }

    @Override
    public String toString() {
      return "auto";
    }
  }

  /**
   * The rule, cut to a number of tasks.
   *
   * @param tasks most tasks at once, at least 1
   */
  record Cap(int tasks) implements Workers {
    /** Refuses less than one. */
    public Cap {
      if (tasks < 1) {
        throw new IllegalArgumentException("workers is " + tasks + ", expected auto or at least 1");
      }
    }

    @Override
    public <R> R fold(Supplier<R> auto, Function<Cap, R> cap) {
      return cap.apply(this);
    }

    @Override
    public String toString() {
      return Integer.toString(tasks);
    }
  }
}
