package org.rtpipeline.qc;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.rtpipeline.model.BodyRegion;

/**
 * Which structures show a region: so many of its vertebrae, or so much of one of its organs. The
 * numbers are those of the Python rtpipeline's body-region check (version 1.0), which does not know
 * brainstem, mandible and parotid glands.
 *
 * @param region the region
 * @param vertebrae names of its vertebrae
 * @param leastVertebrae so many of them are enough
 * @param organs each is enough by itself
 */
record RegionRule(
    BodyRegion region, Set<String> vertebrae, int leastVertebrae, List<Parts> organs) {

  /** One rule for each region, from the head down. */
  static final List<RegionRule> ALL =
      List.of(
          new RegionRule(
              BodyRegion.HEAD_NECK,
              levels("C", 7),
              1,
              List.of(
                  organ(50, "brain"),
                  organ(50, "skull"),
                  organ(5, "brainstem"),
                  organ(20, "mandible"),
                  organ(10, "parotid_gland_left", "parotid_gland_right"))),
          new RegionRule(
              BodyRegion.THORAX,
              levels("T", 12),
              3,
              List.of(
                  organ(
                      200,
                      "lung_upper_lobe_left",
                      "lung_lower_lobe_left",
                      "lung_upper_lobe_right",
                      "lung_middle_lobe_right",
                      "lung_lower_lobe_right"),
                  organ(200, "lung_left", "lung_right"),
                  organ(200, "lungs"),
                  organ(50, "heart"))),
          new RegionRule(
              BodyRegion.ABDOMEN,
              levels("L", 5),
              2,
              List.of(
                  organ(100, "liver"),
                  organ(30, "spleen"),
                  organ(40, "kidney_left", "kidney_right"),
                  organ(40, "kidneys"))),
          new RegionRule(
              BodyRegion.PELVIS,
              Set.of("sacrum", "vertebrae_S1"),
              1,
              List.of(
                  organ(30, "hip_left", "hip_right"),
                  organ(30, "hips"),
                  organ(10, "urinary_bladder"))));

  /** A segmenter that labels the spine finds this many vertebrae in any image of a trunk. */
  private static final int SPINE = 5;

  private static final double OF_VERTEBRAE = 0.7;
  private static final double OF_ORGANS = 0.3;

  /** Copies the collections. */
  RegionRule {
    vertebrae = Set.copyOf(vertebrae);
    organs = List.copyOf(organs);
  }

  /** Parts that are enough together. */
  record Parts(double leastCm3, Set<String> names) {
    /** Copies the names. */
    Parts {
      names = Set.copyOf(names);
    }
  }

  private static Parts organ(double leastCm3, String... names) {
    return new Parts(leastCm3, Set.of(names));
  }

  private static Set<String> levels(String letter, int count) {
    Set<String> names = new TreeSet<>();
    for (int level = 1; level <= count; level++) {
      names.add("vertebrae_" + letter + level);
    }
    return names;
  }

  /** Whether the structures have anything of the region, or a labelled spine. */
  boolean isAnsweredBy(SeenAnatomy seen) {
    return seen.count(vertebrae) > 0
        || organs.stream().anyMatch(parts -> seen.count(parts.names()) > 0)
        || isRuledBy(seen);
  }

  /**
   * Whether the structures decide, whatever the image shows: with a labelled spine. Without one, a
   * part of an organ may be all that somebody drew, or all that a segmenter found of it.
   */
  static boolean isRuledBy(SeenAnatomy seen) {
    return spine(seen) >= SPINE;
  }

  private static int spine(SeenAnatomy seen) {
    Set<String> all = new TreeSet<>();
    for (RegionRule rule : ALL) {
      all.addAll(rule.vertebrae);
    }
    return seen.count(all);
  }

  /** What the structures say: confidence {@code 0.7 min(n / least, 1) + 0.3} for an organ. */
  RegionAnswer answer(SeenAnatomy seen) {
    int found = seen.count(vertebrae);
    boolean organ =
        organs.stream().anyMatch(parts -> seen.volumeCm3(parts.names()) >= parts.leastCm3());
    double confidence =
        OF_VERTEBRAE * Math.min(1.0, (double) found / leastVertebrae) + (organ ? OF_ORGANS : 0);
    return new RegionAnswer(
        RegionAnswer.Basis.STRUCTURES,
        found >= leastVertebrae || organ,
        Math.round(100 * confidence) / 100.0,
        found,
        organ);
  }
}
