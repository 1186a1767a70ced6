package org.rtpipeline.spark;

/** What an error of our own in a stage does. */
public enum OnBug {
  /** The course gets a failed outcome, the run goes on. */
  RECORD,
  /** The task fails at once. */
  STOP
}
