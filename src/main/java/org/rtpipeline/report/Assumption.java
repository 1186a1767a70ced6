package org.rtpipeline.report;

import java.util.Map;

/** Sentences for the words by which tables name what was assumed. */
final class Assumption {

  private static final Map<String, String> SENTENCES =
      Map.ofEntries(
          Map.entry(
              "end_caps HALF_SLICE",
              "a region ends half a plane distance beyond its first and its last contour"),
          Map.entry("end_caps NONE", "a region ends at its first and at its last contour"),
          Map.entry(
              "end_caps ROUNDED",
              "a region ends half a plane distance beyond its first and its last contour, with"
                  + " rounded edges"),
          Map.entry(
              "between_planes PRISM", "each contour reaches half-way to its neighbouring planes"),
          Map.entry(
              "between_planes LINEAR",
              "the surface between neighbouring contours is blended from their distances"),
          Map.entry("dose_rule SINGLE_DOSE", "the only dose of the course"),
          Map.entry("dose_rule PLAN_SUM_USED", "the planning system's own sum over plans"),
          Map.entry(
              "dose_rule BEAM_DOSES_SUMMED",
              "the doses of all treatment beams of one plan, summed"),
          Map.entry("dose_rule NO_DOSES", "the course has no dose"),
          Map.entry(
              "dose_rule BEAM_DOSES_INCOMPLETE",
              "the beam doses do not cover the beams of the plan exactly once"),
          Map.entry("dose_rule PLANS_SUMMED", "the doses of several plans, which add up"),
          Map.entry(
              "dose_rule REPLAN_FIRST_PLAN",
              "a later plan replaces the first, whose dose is the one intended"),
          Map.entry(
              "dose_rule REPLAN_TREATED_PLAN",
              "one plan replaced another before treatment; its dose is used"),
          Map.entry("dose_rule SEPARATE_FRAMES", "doses in several frames of reference"),
          Map.entry("dose_rule SEPARATE_REGIONS", "doses whose grids hardly overlap"),
          Map.entry("dose_rule USER_CHOICE", "what the table of dose choices says"),
          Map.entry("dose_rule AMBIGUOUS_NO_SUM", "several doses, and nothing says safely which"));

  private Assumption() {}

  /** The sentence for a cell of a column; the cell itself when it is not known here. */
  static String sentence(String column, String cell) {
    return SENTENCES.getOrDefault(column + " " + cell, cell);
  }

  /** The sentence with the word of the table behind it. */
  static String withWord(String column, String cell) {
    String sentence = sentence(column, cell);
    return sentence.equals(cell) ? cell : sentence + " (" + cell + ")";
  }
}
