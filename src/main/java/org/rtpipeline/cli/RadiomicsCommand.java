package org.rtpipeline.cli;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.radiomics.FeatureExtractor;
import org.rtpipeline.radiomics.FeatureValue;
import org.rtpipeline.radiomics.GridSize;
import org.rtpipeline.radiomics.PyRadiomicsParameters;
import org.rtpipeline.radiomics.RadiomicsOptions;
import org.rtpipeline.radiomics.RoiFeatures;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Computes the radiomics features of one region of one image file, without Spark. */
@Command(
    name = "radiomics",
    description = {
      "Compute the radiomics features of one region of one image: a table name,value.",
      "Image and mask are NIfTI-1 (.nii, .nii.gz) or NRRD files on the same grid."
    },
    sortOptions = false)
final class RadiomicsCommand implements Callable<Integer> {

  @Spec @Nullable CommandSpec spec;

  @Option(
      names = "--image",
      paramLabel = "FILE",
      required = true,
      description = "image with intensities")
  Path image = Path.of("");

  @Option(
      names = "--mask",
      paramLabel = "FILE",
      required = true,
      description = "labels on the grid of the image")
  Path mask = Path.of("");

  @Option(
      names = "--label",
      paramLabel = "N",
      description = "label of the region (that of the parameter file, else 1)")
  @Nullable Integer label;

  @Option(
      names = "--params",
      paramLabel = "FILE",
      description = "parameter file of PyRadiomics, as conf/radiomics/ct.yaml (its defaults)")
  @Nullable Path params;

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      defaultValue = "pyradiomics",
      converter = ModeOfWord.class,
      description = "whose habits are followed: pyradiomics (${DEFAULT-VALUE})")
  Mode mode = Mode.PYRADIOMICS;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      required = true,
      description = "table to write, as csv")
  Path output = Path.of("");

  /** Whose habits are followed. */
  enum Mode {
    PYRADIOMICS
  }

  /** Reads a mode from its word in lower case. */
  static final class ModeOfWord implements ITypeConverter<Mode> {
    @Override
    public Mode convert(String word) {
      for (Mode mode : Mode.values()) {
        if (mode.name().toLowerCase(Locale.ROOT).equals(word)) {
          return mode;
        }
      }
      throw new TypeConversionException("expected pyradiomics, got '" + word + "'");
    }
  }

  @Override
  public Integer call() throws CommandException {
    String yaml = params == null ? "" : text(params);
    RadiomicsOptions options = options(yaml);
    ImageAndMask files = ImageAndMask.read(image, mask, label == null ? label(yaml) : label);
    RoiFeatures features = new FeatureExtractor(options).of(files.image(), files.mask());
    RoiFeatures.Reason reason = features.reason();
    if (reason != null) {
      throw mistake(
          "the region has no features: "
              + reason.message()
              + " ("
              + features.facts().maskVoxels()
              + " voxels)");
    }
    write(lines(files.image().size(), features));
    Console console = Console.of(spec);
    features
        .facts()
        .left()
        .forEach(
            name -> console.err().println("note: the image is too small or too rich for " + name));
    console.err().flush();
    console.out().println(output);
    return ExitCode.DONE.number();
  }

  private RadiomicsOptions options(String yaml) throws CommandException {
    try {
      return params == null ? RadiomicsOptions.pyradiomics() : PyRadiomicsParameters.read(yaml);
    } catch (IllegalArgumentException unusable) {
      throw mistake("parameters " + params + ": " + unusable.getMessage());
    }
  }

  private int label(String yaml) throws CommandException {
    try {
      return PyRadiomicsParameters.label(yaml);
    } catch (IllegalArgumentException unusable) {
      throw mistake("parameters " + params + ": " + unusable.getMessage());
    }
  }

  private static String text(Path file) throws CommandException {
    if (!Files.isRegularFile(file)) {
      throw mistake("parameters " + file + " are not there");
    }
    try {
      return Files.readString(file);
    } catch (MalformedInputException binary) {
      throw mistake("parameters " + file + " are no text in UTF-8");
    } catch (IOException unreadable) {
      throw mistake("parameters " + file + " cannot be read: " + unreadable.getMessage());
    }
  }

  /** The table: what was computed on, as diagnostics, then the features. */
  private List<String> lines(GridSize size, RoiFeatures features) {
    List<String> lines = new ArrayList<>();
    lines.add("name,value");
    lines.add("diagnostics_Versions_rtpipeline," + Versions.product());
    lines.add("diagnostics_Configuration_Mode," + mode.name().toLowerCase(Locale.ROOT));
    lines.add(
        "diagnostics_Image-original_Size,\"("
            + size.nx()
            + ", "
            + size.ny()
            + ", "
            + size.nz()
            + ")\"");
    lines.add(
        "diagnostics_Image-original_Spacing,\"("
            + size.dxMm()
            + ", "
            + size.dyMm()
            + ", "
            + size.dzMm()
            + ")\"");
    lines.add("diagnostics_Mask-original_VoxelNum," + features.facts().maskVoxels());
    lines.add("diagnostics_Mask-used_VoxelNum," + features.facts().usedVoxels());
    for (FeatureValue value : features.values()) {
      lines.add(value.name() + "," + (Double.isNaN(value.value()) ? "nan" : value.value()));
    }
    return lines;
  }

  private void write(List<String> lines) throws CommandException {
    Path file = output.toAbsolutePath();
    Path unfinished = file.resolveSibling("." + file.getFileName() + ".unfinished");
    try {
      Files.createDirectories(unfinished.resolve("..").normalize());
      Files.write(unfinished, lines);
      Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException unwritable) {
      throw mistake("output " + output + " cannot be written: " + unwritable);
    }
  }

  private static CommandException mistake(String message) {
    return new CommandException(ExitCode.USAGE, message);
  }
}
