package org.rtpipeline.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.dicom.ReadVolume;
import org.rtpipeline.dicom.StudyContext;
import org.rtpipeline.model.Course;
import org.rtpipeline.model.CourseDataException;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.ImageSeries;
import org.rtpipeline.model.LabelMap;
import org.rtpipeline.model.Outcome;
import org.rtpipeline.model.SeriesClass;
import org.rtpipeline.model.StructureSet;
import org.rtpipeline.segmentation.ImageKind;
import org.rtpipeline.segmentation.SegmentationException;
import org.rtpipeline.segmentation.SegmentationInput;

/**
 * Finds structures in an image of a course, the planning CT or an MR, and writes them as files of
 * the course. A course whose folder is whole is not segmented again.
 */
public final class SegmentationStage implements CourseStage<StageRows> {

  private static final long serialVersionUID = 1L;

  private final SegmentationModel model;
  private final SegmentationFiles files;
  private final String outputUri;
  private final Broadcast<SerializableConfiguration> hadoop;
  private final @Nullable ImageSeries mr;
  private final @Nullable TaskDevice device;

  /** What was found in the image before; one whose results are not there is no part of it. */
  private final List<Segmented> before;

  /**
   * The stage for courses of an output.
   *
   * @param model what finds the structures, and in which images
   * @param files what is written of them
   * @param outputUri root of the output
   */
  SegmentationStage(
      SegmentationModel model,
      SegmentationFiles files,
      String outputUri,
      Broadcast<SerializableConfiguration> hadoop) {
    this(model, files, outputUri, hadoop, null, null, List.of());
  }

  private SegmentationStage(
      SegmentationModel model,
      SegmentationFiles files,
      String outputUri,
      Broadcast<SerializableConfiguration> hadoop,
      @Nullable ImageSeries mr,
      @Nullable TaskDevice device,
      List<Segmented> before) {
    this.model = model;
    this.files = files;
    this.outputUri = outputUri;
    this.hadoop = hadoop;
    this.mr = mr;
    this.device = device;
    this.before = List.copyOf(before);
  }

  /**
   * The stage in a task that has a device.
   *
   * @param earlier segmentations of the same course that are finished
   */
  SegmentationStage on(TaskDevice taken, List<Segmented> earlier) {
    return new SegmentationStage(model, files, outputUri, hadoop, mr, taken, earlier);
  }

  /** The stage for each image of a course: the planning CT, or every MR that shows anatomy. */
  List<SegmentationStage> of(Course course) {
    if (model.images() == ImageKind.CT) {
      return List.of(this);
    }
    return course.otherSeries().stream()
        .filter(
            series -> course.classOf(series).filter(SeriesClass.MR_ANATOMIC::equals).isPresent())
        .map(
            series ->
                new SegmentationStage(model, files, outputUri, hadoop, series, device, before))
        .toList();
  }

  /** What finds the structures. */
  SegmentationModel model() {
    return model;
  }

  /** Image and model. */
  SegmentationTarget target(Course course) {
    ImageSeries series = mr == null ? course.planningCt() : mr;
    return new SegmentationTarget(
        model.name(), model.images(), series == null ? "" : series.seriesUid());
  }

  @Override
  public StageName name() {
    return StageName.SEGMENTATION;
  }

  @Override
  public String configuration() {
    return String.format(
        Locale.ROOT,
        "{\"backEnd\":\"%s\",\"digest\":\"%s\",\"files\":%s}",
        model.backEnd().name(),
        model.digest(),
        files.configuration());
  }

  @Override
  public Outcome<StageRows> apply(Course course, CourseData data) throws CourseDataException {
    Optional<Images> images = images(course, data);
    if (images.isEmpty()) {
      return new Outcome.Skipped<>(
          course.id(),
          List.of(
              new Finding(
                  Finding.Level.SKIP_STAGE,
                  Finding.Code.NO_PLANNING_CT,
                  course.id().key(),
                  "the course has no planning CT to find structures in")));
    }
    try {
      LabelMap known =
          model.backEnd().anchorsOnKnown() ? known(images.get(), data).orElse(null) : null;
      StageFolder folder = folder(course, data.stageKey(this));
      Optional<Outcome<StageRows>> made = files.reused(course, data.stageKey(this), folder);
      return made.isPresent() ? made.get() : segmented(images.get(), known, folder, data);
    } catch (SegmentationException e) {
      throw new CourseDataException(e.finding());
    } catch (IOException e) {
      throw new CourseDataException(
          new Finding(
              Finding.Level.FAILED,
              Finding.Code.DISK_FULL,
              course.id().key(),
              "files of the segmentation cannot be written: " + FolderWalk.kind(e)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CourseDataException(
          new Finding(
              Finding.Level.FAILED,
              Finding.Code.SEGMENTER_FAILED,
              course.id().key(),
              "the task was ended"));
    }
  }

  private StageFolder folder(Course course, String stageKey) throws IOException {
    return StageFolder.of(hadoop.value().value(), outputUri, course.id(), name(), stageKey);
  }

  /** What is known of the image: structures of the input, then those that were found before. */
  private Optional<LabelMap> known(Images images, CourseData data)
      throws CourseDataException, IOException {
    List<StructureSet> sets = new ArrayList<>();
    data.structureSets(name()).forEach(structures -> sets.add(structures.set()));
    for (Segmented one : before) {
      if (one.kind() == Outcome.Kind.DONE) {
        String uri = folder(images.course(), one.stageKey()).uri(one.target().structureSet());
        sets.add(data.automaticSet(new CourseData.AutomaticSet(one.target(), uri, one.stageKey())));
      }
    }
    return KnownStructures.of(
        sets, images.read().volume().grid(), images.series().frameOfReferenceUid());
  }

  private Optional<Images> images(Course course, CourseData data) throws CourseDataException {
    if (mr != null) {
      return Optional.of(new Images(course, mr, data.image(mr), data.studyOf(mr)));
    }
    ImageSeries series = course.planningCt();
    Optional<ReadVolume> ct = data.planningCt();
    return series == null || ct.isEmpty()
        ? Optional.empty()
        : Optional.of(new Images(course, series, ct.get(), data.studyOf(series)));
  }

  /** The image series, and what objects made of it repeat of its study. */
  private record Images(Course course, ImageSeries series, ReadVolume read, StudyContext study) {}

  private Outcome<StageRows> segmented(
      Images images, @Nullable LabelMap known, StageFolder folder, CourseData data)
      throws IOException, InterruptedException, SegmentationException {
    if (device == null) {
      throw new IllegalStateException("the stage has no device");
    }
    if (!device.isTaken()) {
      throw new SegmentationException(
          new Finding(
              Finding.Level.FAILED,
              Finding.Code.GPU_UNAVAILABLE,
              images.course().id().key(),
              "no device is taken for the course"));
    }
    Path scratch = Files.createTempDirectory("rtpipeline-segmentation-");
    try {
      SegmentationInput input =
          new SegmentationInput(
              images.course().id(),
              images.series().seriesUid(),
              model.images().name(),
              images.read().volume(),
              scratch,
              known);
      LabelMap labels = model.backEnd().segment(input, device.device());
      List<Finding> findings = new ArrayList<>(images.read().findings());
      findings.addAll(labels.findings());
      return files.written(
          new SegmentationFiles.Made(
              images.course(),
              target(images.course()),
              images.series(),
              images.read(),
              images.study(),
              data.stageKey(this),
              model.backEnd(),
              labels,
              findings),
          folder,
          TaskContext.get().taskAttemptId());
    } finally {
      remove(scratch);
    }
  }

  private static void remove(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the scratch folder cannot be removed", e);
    }
  }
}
