package org.rtpipeline.config;

import java.io.Serializable;

/**
 * How the run uses the machine.
 *
 * @param workers most tasks at once
 * @param onBug what an error of our own does
 * @param progressSeconds time between two plain progress lines, s, at least 1
 * @param ui whether Spark's web page listens
 * @param gpus GPUs of a workstation: {@code auto}, {@code none}, or addresses with commas between
 */
public record EngineOptions(Workers workers, OnBug onBug, int progressSeconds, Ui ui, String gpus)
    implements Serializable {

  /** What an error of our own does to the run. */
  public enum OnBug {
    /** The course gets a row that says so, the run goes on. */
    RECORD,
    /** The run stops at once. */
    STOP
  }

  /** Whether Spark's web page listens. */
  public enum Ui {
    /** Nothing listens. */
    OFF,
    /** On loopback, or where spark-submit says. */
    ON
  }

  /** Options that look for the GPUs of the machine. */
  public EngineOptions(Workers workers, OnBug onBug, int progressSeconds, Ui ui) {
    this(workers, onBug, progressSeconds, ui, "auto");
  }

  /** Refuses a pace without meaning. */
  public EngineOptions {
    if (progressSeconds < 1) {
      throw new IllegalArgumentException(
          "progress-seconds is " + progressSeconds + ", expected at least 1");
    }
  }
}
