package org.rtpipeline.segmentation.onnx;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.LabelMap;
import org.rtpipeline.segmentation.Device;
import org.rtpipeline.segmentation.SegmentationBackEnd;
import org.rtpipeline.segmentation.SegmentationException;
import org.rtpipeline.segmentation.SegmentationInput;

/**
 * Networks run by ONNX Runtime in this virtual machine, with the steps of nnU-Net 2 round them.
 *
 * <p>Networks are loaded for each image and let go after it, so that nothing is held between
 * courses; their files are checked against the hashes that were taken when the back end was made.
 */
public final class OnnxBackEnd implements SegmentationBackEnd {

  /** Changes with every change of the labels that the same model gives. */
  private static final String METHOD = "onnx 1";

  private static final long serialVersionUID = 1L;

  private final OnnxOptions options;
  private final Model model;
  private final List<String> hashes;

  private OnnxBackEnd(OnnxOptions options, Model model, List<String> hashes) {
    this.options = options;
    this.model = model;
    this.hashes = List.copyOf(hashes);
  }

  /**
   * Reads a model and checks that it can be run here.
   *
   * @throws SegmentationException when the folder is not that of a model this back end can run, or
   *     ONNX Runtime is not on the class path
   */
  public static OnnxBackEnd open(OnnxOptions options) throws SegmentationException {
    try {
      OrtRuntime.require(OnnxBackEnd.class.getClassLoader());
    } catch (NetworkException e) {
      throw ModelFields.unusable("onnx", String.valueOf(e.getMessage()));
    }
    Path folder = Path.of(options.modelFolder());
    Model model = chosen(ModelFolder.read(folder), options);
    List<String> hashes = new ArrayList<>();
    for (String network : model.networks()) {
      hashes.add(sha256(folder.resolve(network)));
    }
    return new OnnxBackEnd(options, model, hashes);
  }

  private static Model chosen(Model model, OnnxOptions options) throws SegmentationException {
    List<String> networks = new ArrayList<>();
    for (int fold : options.folds()) {
      if (fold >= model.networks().size()) {
        throw ModelFields.unusable(
            options.modelFolder(),
            "has " + model.networks().size() + " networks, asked for number " + fold);
      }
      networks.add(model.networks().get(fold));
    }
    boolean mirrored = options.mirroring() == OnnxOptions.Mirroring.AS_TRAINED;
    Windows windows =
        options.tileStep() > 0 && model.windows() instanceof GaussianTiles tiles
            ? new GaussianTiles(tiles.tile(), options.tileStep())
            : model.windows();
    return model.shownAs(
        windows,
        mirrored ? model.mirrorAxes() : List.of(),
        networks.isEmpty() ? model.networks() : networks);
  }

  @Override
  public String name() {
    return "onnx " + model.name();
  }

  @Override
  public String version() {
    return model.version();
  }

  @Override
  public String digest() {
    MessageDigest digest = sha256();
    String all = METHOD + "\n" + model + "\n" + options.device() + "\n" + hashes;
    return HexFormat.of().formatHex(digest.digest(all.getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public Device.Kind deviceKind() {
    return options.device();
  }

  @Override
  public LabelMap segment(SegmentationInput input, Device device) throws SegmentationException {
    VoxelGrid grid = input.volume().grid();
    if (grid.planes() < 2) {
      throw SegmentationException.of(
          Finding.Level.SKIP_STAGE,
          Finding.Code.TOO_FEW_SLICES,
          input,
          "the image has 1 plane, expected 2 or more");
    }
    if (!grid.isRegular()) {
      throw SegmentationException.of(
          Finding.Level.SKIP_STAGE,
          Finding.Code.NON_UNIFORM_SPACING,
          input,
          "planes are not equally far apart, as the network " + model.name() + " needs them");
    }
    try (Network network =
        OrtRuntime.open(files(input), options.threads(), device, model.mirrorAxes())) {
      short[] labels = Inference.labels(model, network, input.volume());
      return StructureLayers.of(grid, labels, model);
    } catch (NetworkException e) {
      throw failed(input, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(input, String.valueOf(e.getMessage()));
    }
  }

  /** Files of the networks, with the contents they had when the back end was made. */
  private List<Path> files(SegmentationInput input) throws SegmentationException {
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < hashes.size(); i++) {
      Path file = Path.of(options.modelFolder()).resolve(model.networks().get(i));
      String seen = sha256(file);
      if (!seen.equals(hashes.get(i))) {
        throw failed(input, file + " has the SHA-256 " + seen + " here, expected " + hashes.get(i));
      }
      files.add(file);
    }
    return files;
  }

  private static SegmentationException failed(SegmentationInput input, String message) {
    return SegmentationException.of(
        Finding.Level.FAILED, Finding.Code.SEGMENTER_FAILED, input, message);
  }

  private static String sha256(Path file) throws SegmentationException {
    MessageDigest digest = sha256();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw ModelFields.unusable(file.toString(), "cannot be read: " + e.getMessage());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
