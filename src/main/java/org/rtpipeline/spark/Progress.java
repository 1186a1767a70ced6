package org.rtpipeline.spark;

/** Told how far a run is. Called often, from threads of Spark; it decides what to show when. */
@FunctionalInterface
public interface Progress {

  /**
   * Takes news.
   *
   * @param stage what is going on, a word
   * @param done courses with a result so far
   * @param failed courses that broke so far
   * @param left courses still to do
   */
  void show(String stage, int done, int failed, int left);
}
