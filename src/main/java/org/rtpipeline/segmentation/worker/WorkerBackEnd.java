package org.rtpipeline.segmentation.worker;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.LabelMap;
import org.rtpipeline.segmentation.Device;
import org.rtpipeline.segmentation.SegmentationBackEnd;
import org.rtpipeline.segmentation.SegmentationException;
import org.rtpipeline.segmentation.SegmentationInput;

/**
 * A back end in a long-lived process of its own that keeps its models loaded. Crashes are tried
 * once more, a lack of memory down a ladder of smaller settings; what was done otherwise than asked
 * is a finding of the result.
 */
public final class WorkerBackEnd implements SegmentationBackEnd {

  private static final long serialVersionUID = 1L;

  private final WorkerOptions options;

  /** The back end of a worker. */
  public WorkerBackEnd(WorkerOptions options) {
    this.options = options;
  }

  @Override
  public String name() {
    WorkerModel model = options.model();
    String what = model.kind() == WorkerModel.Kind.TOTALSEGMENTATOR ? model.task() : fileName();
    return "worker:" + word(model.kind()) + ":" + what;
  }

  private String fileName() {
    return String.valueOf(Path.of(options.model().path()).getFileName());
  }

  @Override
  public String version() {
    return "protocol " + WorkerMessage.PROTOCOL;
  }

  /**
   * Digest of the model and of how it is asked; weights by the digest of their files.
   *
   * @throws java.io.UncheckedIOException when files of the model cannot be read
   */
  @Override
  public String digest() {
    return ModelDigest.of(options);
  }

  @Override
  public Device.Kind deviceKind() {
    return options.deviceKind();
  }

  @Override
  public boolean anchorsOnKnown() {
    WorkerModel model = options.model();
    return model.kind() == WorkerModel.Kind.CUSTOM
        && CustomModelFile.at(Path.of(model.path())).needsReferences();
  }

  @Override
  public LabelMap segment(SegmentationInput input, Device device) throws SegmentationException {
    Path image = input.scratchFolder().resolve("image.nii");
    try {
      requireEvenPlanes(input);
      Attempts attempts = new Attempts(input, device, image);
      attempts.passRegions();
      ScratchNifti.write(input.volume(), image);
      return attempts.labels();
    } catch (IOException e) {
      throw SegmentationException.of(
          Finding.Level.FAILED,
          Finding.Code.DISK_FULL,
          input,
          "the scratch folder cannot be used: " + e.getClass().getSimpleName());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw SegmentationException.of(
          Finding.Level.FAILED, Finding.Code.SEGMENTER_FAILED, input, "the task was ended");
    }
  }

  private static void requireEvenPlanes(SegmentationInput input) throws SegmentationException {
    if (!input.volume().grid().isRegular()) {
      throw SegmentationException.of(
          Finding.Level.SKIP_STAGE,
          Finding.Code.NON_UNIFORM_SPACING,
          input,
          "planes are not evenly spaced, and models compute on even grids only");
    }
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** The tries for one image. */
  private final class Attempts {
    private final SegmentationInput input;
    private final Device device;
    private final Path image;
    private final List<Rung> taken = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private final @Nullable CustomModelFile custom;
    private boolean again;

    Attempts(SegmentationInput input, Device device, Path image) {
      this.input = input;
      this.device = device;
      this.image = image;
      this.custom =
          options.model().kind() == WorkerModel.Kind.CUSTOM
              ? CustomModelFile.at(Path.of(options.model().path()))
              : null;
    }

    /** A model that says which regions of the body it needs is asked of images with them only. */
    void passRegions() throws SegmentationException {
      if (custom != null) {
        findings.addAll(custom.gate().pass(input));
      }
    }

    LabelMap labels() throws SegmentationException, InterruptedException, IOException {
      while (true) {
        try {
          return once();
        } catch (WorkerFault fault) {
          prepareNext(fault);
        }
      }
    }

    private LabelMap once()
        throws WorkerFault, InterruptedException, SegmentationException, IOException {
      String request = request();
      WorkerPool pool = WorkerPool.ofThisJvm();
      WorkerProcess worker = pool.borrow(options, device);
      try {
        WorkerMessage.Result result = worker.run(request);
        for (String degraded : result.degraded()) {
          warn(Finding.Code.SEGMENTER_DEGRADED, "the worker did otherwise than asked: " + degraded);
        }
        return WorkerLabels.of(input, result.layers(), maker(result, worker), findings);
      } finally {
        pool.giveBack(options, worker);
      }
    }

    /** The program that computed, with its version where the worker knows it, and the worker. */
    private static String maker(WorkerMessage.Result result, WorkerProcess worker) {
      String program = result.facts().getOrDefault("program", "");
      return program.isEmpty() ? worker.version() : program + " in " + worker.version();
    }

    /** Says what the next try changes, or ends the tries. */
    private void prepareNext(WorkerFault fault) throws SegmentationException {
      switch (fault.kind().answer()) {
        case SKIP -> throw failed(Finding.Level.SKIP_STAGE, fault);
        case FAIL -> throw failed(Finding.Level.FAILED, fault);
        case RETRY -> {
          if (again) {
            throw failed(Finding.Level.FAILED, fault);
          }
          again = true;
          warn(fault.kind().code(), "a first try ended so: " + fault.getMessage());
        }
        default -> {
          if (taken.size() == options.ladder().size()) {
            throw failed(Finding.Level.FAILED, fault);
          }
          Rung next = options.ladder().get(taken.size());
          taken.add(next);
          warn(
              next == Rung.RETRY ? fault.kind().code() : Finding.Code.SEGMENTER_DEGRADED,
              "memory did not suffice (" + fault.getMessage() + "); next: " + next.meaning());
        }
      }
    }

    private void warn(Finding.Code code, String message) {
      findings.add(new Finding(Finding.Level.WARN, code, input.course().key(), message));
    }

    private SegmentationException failed(Finding.Level level, WorkerFault fault) {
      return SegmentationException.of(
          level, fault.kind().code(), input, fault.kind() + ": " + fault.getMessage());
    }

    private String request() throws SegmentationException, IOException {
      WorkerModel model = options.model();
      ObjectNode node = JsonNodeFactory.instance.objectNode();
      node.put("type", "run")
          .put("id", input.course().key())
          .put("modality", input.modality())
          .put("image", image.toString())
          .put("folder", input.scratchFolder().toString());
      ObjectNode what = node.putObject("model");
      what.put("kind", word(model.kind()))
          .put("task", model.task())
          .put("resolution", word(model.resolution()))
          .put("path", model.path())
          .put("orientation", model.orientation());
      model.roiSubset().forEach(what.putArray("roi_subset")::add);
      taken.forEach(rung -> node.withArray("/rungs").add(rung.word()));
      if (custom != null) {
        KnownStructures.add(input, custom, node);
      }
      return node.toString();
    }
  }
}
