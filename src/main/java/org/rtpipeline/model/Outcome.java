package org.rtpipeline.model;

import java.io.Serializable;
import java.util.List;
import java.util.function.Function;

/**
 * What one stage made of one course.
 *
 * @param <T> what a finished stage hands on
 */
public sealed interface Outcome<T extends Serializable> extends Serializable
    permits Outcome.Done, Outcome.Skipped, Outcome.Failed {

  /** The words that tables use for an outcome. */
  enum Kind {
    DONE,
    SKIPPED,
    FAILED
  }

  /** The course it is about. */
  CourseId course();

  /** What a reader must know, worst first; never empty unless done. */
  List<Finding> findings();

  /** One function per kind; the compiler counts the cases. */
  <R> R fold(
      Function<Done<T>, R> done, Function<Skipped<T>, R> skipped, Function<Failed<T>, R> failed);

  /** The word that tables use. */
  default Kind kind() {
    return fold(done -> Kind.DONE, skipped -> Kind.SKIPPED, failed -> Kind.FAILED);
  }

  /**
   * The stage ran.
   *
   * @param course the course
   * @param value what the stage hands on
   * @param findings what a reader must know of the value
   */
  record Done<T extends Serializable>(CourseId course, T value, List<Finding> findings)
      implements Outcome<T> {
    /** Copies the findings. */
    public Done {
      findings = List.copyOf(findings);
    }

    @Override
    public <R> R fold(
        Function<Done<T>, R> done, Function<Skipped<T>, R> skipped, Function<Failed<T>, R> failed) {
      return done.apply(this);
    }
  }

  /**
   * The stage does not apply to the course, or its data cannot be used.
   *
   * @param course the course
   * @param findings why, never empty
   */
  record Skipped<T extends Serializable>(CourseId course, List<Finding> findings)
      implements Outcome<T> {
    /** Copies the findings. */
    public Skipped {
      findings = List.copyOf(findings);
    }

    @Override
    public <R> R fold(
        Function<Done<T>, R> done, Function<Skipped<T>, R> skipped, Function<Failed<T>, R> failed) {
      return skipped.apply(this);
    }
  }

  /**
   * The stage broke: our fault or a passing failure.
   *
   * @param course the course
   * @param findings what broke, never empty
   */
  record Failed<T extends Serializable>(CourseId course, List<Finding> findings)
      implements Outcome<T> {
    /** Copies the findings. */
    public Failed {
      findings = List.copyOf(findings);
    }

    @Override
    public <R> R fold(
        Function<Done<T>, R> done, Function<Skipped<T>, R> skipped, Function<Failed<T>, R> failed) {
      return failed.apply(this);
    }
  }
}
