package org.rtpipeline.segmentation.worker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A task of TotalSegmentator 2.18: the data sets whose weights it needs, and who may run it. The
 * table is a file beside this class.
 *
 * @param name as the option {@code --task} takes it
 * @param licence who may run it
 * @param full data sets of its finest models
 * @param fast data sets of its models of 3 mm; empty when it has none
 * @param fastest data sets of its models of 6 mm; empty when it has none
 * @param crop data sets of the models that find the part of the image it looks at; empty for all
 */
record TotalSegmentatorTask(
    String name,
    Licence licence,
    List<Integer> full,
    List<Integer> fast,
    List<Integer> fastest,
    List<Integer> crop) {

  private static final int CROP_CT = 298;
  private static final int CROP_MR = 852;
  private static final String TABLE = "totalsegmentator_tasks.csv";

  /** Who may run a task. */
  enum Licence {
    /** Everybody. */
    OPEN,
    /** Who has a licence number. */
    KEY,
    /** Everybody for what earns no money. */
    NON_COMMERCIAL
  }

  /** The task of that name. */
  static Optional<TotalSegmentatorTask> find(String name) {
    return Optional.ofNullable(Table.TASKS.get(name));
  }

  /** Names of all tasks, in order. */
  static List<String> names() {
    return List.copyOf(Table.TASKS.keySet());
  }

  /**
   * Data sets that a model needs: those of its resolution and those that crop the image for it.
   *
   * <p>With chosen structures TotalSegmentator crops to them by its model of 6 mm, for MR by the
   * one of 3 mm.
   */
  List<Integer> datasets(WorkerModel model) {
    Set<Integer> all = new LinkedHashSet<>(datasets(model.resolution()));
    if (!all.isEmpty()) {
      all.addAll(crop);
      if (!model.roiSubset().isEmpty()) {
        all.add(name.endsWith("_mr") ? CROP_MR : CROP_CT);
      }
    }
    return List.copyOf(all);
  }

  /** Data sets that the models of a resolution need. */
  List<Integer> datasets(WorkerModel.Resolution resolution) {
    return switch (resolution) {
      case FULL -> full;
      case FAST -> fast;
      case FASTEST -> fastest;
    };
  }

  /** Read once. */
  private static final class Table {
    private static final Map<String, TotalSegmentatorTask> TASKS = read();

    private static Map<String, TotalSegmentatorTask> read() {
      Map<String, TotalSegmentatorTask> tasks = new TreeMap<>();
      try (InputStream in =
              Objects.requireNonNull(TotalSegmentatorTask.class.getResourceAsStream(TABLE));
          BufferedReader lines =
              new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
        lines
            .lines()
            .filter(line -> !line.startsWith("#"))
            .skip(1)
            .map(Table::task)
            .forEach(task -> tasks.put(task.name(), task));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return tasks;
    }

    private static TotalSegmentatorTask task(String line) {
      String[] cells = line.split(",", -1);
      return new TotalSegmentatorTask(
          cells[0],
          Licence.valueOf(cells[1].toUpperCase(Locale.ROOT)),
          numbers(cells[2]),
          numbers(cells[3]),
          numbers(cells[4]),
          numbers(cells[5]));
    }

    private static List<Integer> numbers(String cell) {
      return Arrays.stream(cell.split(" ", -1))
          .filter(text -> !text.isEmpty())
          .map(Integer::valueOf)
          .toList();
    }
  }
}
