package org.rtpipeline.qc;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.BodyRegion;
import org.rtpipeline.model.ImageRegions;
import org.rtpipeline.model.ImageVolume;

/**
 * The regions of the body that the planning CT of a course shows, and its contrast phase.
 *
 * <p>Structures show a region that they hold enough of, and answer for all regions once they hold a
 * labelled spine; the image answers for the others. What structures hold too little of, and the
 * image does not tell of, is not shown. Bodies hang together: what the image alone shows apart from
 * the regions that structures show is not told.
 *
 * @param modality of the images (0008,0060); null when the course has none
 * @param answers one for each region
 * @param image how sure the image alone is of each region, 0 to 1, without those that it does not
 *     tell of
 * @param seen the structures
 * @param contrast the contrast phase
 * @param isAgentNamed whether the images name a contrast agent (0018,0010); null when not known
 */
public record BodyRegions(
    @Nullable String modality,
    Map<BodyRegion, RegionAnswer> answers,
    Map<BodyRegion, Double> image,
    SeenAnatomy seen,
    ContrastReading contrast,
    @Nullable Boolean isAgentNamed)
    implements Serializable {

  private static final RegionAnswer NOT_TOLD =
      new RegionAnswer(RegionAnswer.Basis.NONE, false, 0, 0, false);

  /** Copies the maps. */
  public BodyRegions {
    answers = new EnumMap<>(answers);
    Map<BodyRegion, Double> copy = new EnumMap<>(BodyRegion.class);
    copy.putAll(image);
    image = copy;
  }

  /**
   * The planning CT.
   *
   * @param modality (0008,0060)
   * @param volume HU; null when it cannot be read
   * @param isAgentNamed whether it names a contrast agent; null when not known
   */
  public record Image(
      String modality, @Nullable ImageVolume volume, @Nullable Boolean isAgentNamed) {}

  /**
   * What structures and images show.
   *
   * @param ct null when the course has no planning CT
   */
  public static BodyRegions of(SeenAnatomy seen, @Nullable Image ct) {
    ImageVolume volume = ct == null ? null : ct.volume();
    Map<BodyRegion, Double> image =
        volume == null ? Map.of() : ImageRegions.of(volume).orElse(Map.of());
    Map<BodyRegion, RegionAnswer> answers = new EnumMap<>(BodyRegion.class);
    for (RegionRule rule : RegionRule.ALL) {
      answers.put(rule.region(), answer(rule, seen, image));
    }
    leaveOutWhatIsApart(answers);
    return new BodyRegions(
        ct == null ? null : ct.modality(),
        answers,
        image,
        seen,
        ContrastReading.of(seen),
        ct == null ? null : ct.isAgentNamed());
  }

  private static void leaveOutWhatIsApart(Map<BodyRegion, RegionAnswer> answers) {
    Set<BodyRegion> joined = EnumSet.noneOf(BodyRegion.class);
    List<BodyRegion> block = new ArrayList<>();
    for (BodyRegion region : BodyRegion.values()) {
      if (isShown(answers, region)) {
        block.add(region);
      } else {
        block.clear();
      }
      boolean isHeld = block.stream().anyMatch(one -> isOfStructures(answers, one));
      joined.addAll(isHeld ? block : List.of());
    }
    if (!joined.isEmpty()) {
      answers.replaceAll(
          (region, answer) -> answer.isShown() && !joined.contains(region) ? NOT_TOLD : answer);
    }
  }

  private static boolean isShown(Map<BodyRegion, RegionAnswer> answers, BodyRegion region) {
    return answers.getOrDefault(region, NOT_TOLD).isShown();
  }

  private static boolean isOfStructures(Map<BodyRegion, RegionAnswer> answers, BodyRegion region) {
    return answers.getOrDefault(region, NOT_TOLD).basis() == RegionAnswer.Basis.STRUCTURES;
  }

  private static RegionAnswer answer(
      RegionRule rule, SeenAnatomy seen, Map<BodyRegion, Double> image) {
    if (!rule.isAnsweredBy(seen)) {
      return ofImage(image, rule);
    }
    RegionAnswer answer = rule.answer(seen);
    boolean isOpen = !answer.isShown() && !RegionRule.isRuledBy(seen);
    return isOpen && image.containsKey(rule.region()) ? ofImage(image, rule) : answer;
  }

  private static RegionAnswer ofImage(Map<BodyRegion, Double> image, RegionRule rule) {
    Double sure = image.get(rule.region());
    return sure == null
        ? NOT_TOLD
        : new RegionAnswer(
            RegionAnswer.Basis.IMAGE,
            sure >= ImageRegions.SHOWN,
            Math.round(100 * sure) / 100.0,
            0,
            false);
  }

  /** The regions that are shown, from the head down. */
  public List<BodyRegion> shown() {
    return answers.entrySet().stream()
        .filter(entry -> entry.getValue().isShown())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** What the answers rest on: STRUCTURES, IMAGE, both joined by {@code +}, or NONE. */
  public String basis() {
    List<String> words =
        List.of(RegionAnswer.Basis.STRUCTURES, RegionAnswer.Basis.IMAGE).stream()
            .filter(basis -> answers.values().stream().anyMatch(a -> a.basis() == basis))
            .map(Enum::name)
            .toList();
    return words.isEmpty() ? RegionAnswer.Basis.NONE.name() : String.join("+", words);
  }

  /** Why no region is shown; empty when one is. */
  public Optional<String> reason() {
    if (!shown().isEmpty()) {
      return Optional.empty();
    }
    if (!basis().equals(RegionAnswer.Basis.NONE.name())) {
      return Optional.of("neither structures nor image show any region");
    }
    return Optional.of(
        modality == null
            ? "the course has no planning CT and no structure of any region"
            : "the planning CT has no axial slices that can be read, or neither bone nor lungs that"
                + " tell a region");
  }

  /** The results of the checks that rest on it. */
  public List<QcResult> checks(String subject) {
    List<QcResult> results = new ArrayList<>();
    Optional<String> reason = reason();
    if (basis().equals(RegionAnswer.Basis.NONE.name())) {
      results.add(QcResult.notEvaluated(QcCheck.BODY_REGIONS, subject, reason.orElse("")));
    } else {
      String value =
          answers.entrySet().stream()
              .filter(entry -> entry.getValue().isShown())
              .map(
                  entry ->
                      String.format(
                          Locale.ROOT,
                          "%s %.2f (%s)",
                          entry.getKey(),
                          entry.getValue().confidence(),
                          entry.getValue().basis()))
              .collect(Collectors.joining(", "));
      results.add(
          new QcResult(
              QcCheck.BODY_REGIONS,
              shown().isEmpty() ? QcLevel.WARNING : QcLevel.PASS,
              subject,
              reason.orElse(value),
              "at least one region"));
    }
    boolean isKnown = contrast.phase() != ContrastPhase.UNKNOWN;
    results.add(
        isKnown
            ? new QcResult(
                QcCheck.CONTRAST_PHASE,
                QcLevel.INFO,
                subject,
                contrast.phase() + ": " + contrast.reason(),
                "")
            : QcResult.notEvaluated(QcCheck.CONTRAST_PHASE, subject, contrast.reason()));
    return results;
  }
}
