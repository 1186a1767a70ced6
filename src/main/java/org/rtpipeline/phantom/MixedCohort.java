package org.rtpipeline.phantom;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A made-up cohort of what clinics send beside plain courses: sums, beams, boosts, replans, parts
 * of courses, missing references, and images of every kind; one small patient for each, and the
 * table of the courses, decisions, fractions and findings that are right.
 */
public final class MixedCohort {

  /** Name of the table inside the folder of the cohort. */
  public static final String TRUTH_FILE = "truth-courses.csv";

  private MixedCohort() {}

  /**
   * Writes the cohort; the same seed gives the same files, byte for byte.
   *
   * @param folder where to; made when it is not there
   * @return what is true of every course
   */
  public static List<CourseTruth> write(Path folder, long seed) throws IOException {
    Files.createDirectories(folder);
    List<CourseTruth> truth = new ArrayList<>();
    int number = 0;
    for (MixedCase story : MixedCase.values()) {
      number++;
      truth.addAll(story.write(folder, number, seed));
    }
    String lines =
        truth.stream()
            .map(CourseTruth::line)
            .collect(Collectors.joining("\n", CourseTruth.HEADER + "\n", "\n"));
    Files.writeString(folder.resolve(TRUTH_FILE), lines, StandardCharsets.UTF_8);
    return List.copyOf(truth);
  }
}
