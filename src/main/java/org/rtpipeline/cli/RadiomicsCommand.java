package org.rtpipeline.cli;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.radiomics.FeatureExtractor;
import org.rtpipeline.radiomics.IbsiExtractor;
import org.rtpipeline.radiomics.IbsiFeatures;
import org.rtpipeline.radiomics.IbsiOptions;
import org.rtpipeline.radiomics.IbsiParameters;
import org.rtpipeline.radiomics.PyRadiomicsParameters;
import org.rtpipeline.radiomics.PyRadiomicsParameters.Matching;
import org.rtpipeline.radiomics.PyRadiomicsParameters.OffGrid;
import org.rtpipeline.radiomics.RadiomicsMode;
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
      "Image and mask are NIfTI-1 (.nii, .nii.gz) or NRRD files on the same grid; by mode",
      "pyradiomics on any grids where the parameters resample or set correctMask."
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
      description = "labels; of several channels that of label_channel in the parameters")
  Path mask = Path.of("");

  @Option(
      names = "--label",
      paramLabel = "N",
      description = "label of the region (that of the parameter file, else 1)")
  @Nullable Integer label;

  @Option(
      names = "--params",
      paramLabel = "FILE",
      description = {
        "parameter file of PyRadiomics, as conf/radiomics/ct.yaml (its defaults);",
        "in mode ibsi a file as conf/radiomics/ibsi/configuration-c.yaml"
      })
  @Nullable Path params;

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      defaultValue = "pyradiomics",
      converter = ModeOfWord.class,
      description = "whose habits are followed: pyradiomics, ibsi (${DEFAULT-VALUE})")
  RadiomicsMode mode = RadiomicsMode.PYRADIOMICS;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      required = true,
      description = "table to write, as csv")
  Path output = Path.of("");

  @Option(
      names = "--repeat",
      paramLabel = "N",
      defaultValue = "1",
      description = "compute N times and say the CPU seconds of each, for comparisons of speed")
  int repeat = 1;

  /** Reads a mode from its word in lower case. */
  static final class ModeOfWord implements ITypeConverter<RadiomicsMode> {
    @Override
    public RadiomicsMode convert(String word) {
      for (RadiomicsMode mode : RadiomicsMode.values()) {
        if (mode.word().equals(word)) {
          return mode;
        }
      }
      throw new TypeConversionException("expected pyradiomics or ibsi, got '" + word + "'");
    }
  }

  @Override
  public Integer call() throws CommandException {
    String yaml = params == null ? "" : text(params);
    FeatureTable table =
        switch (mode) {
          case PYRADIOMICS -> pyradiomics(yaml);
          case IBSI -> ibsi(yaml);
        };
    write(table.lines());
    Console console = Console.of(spec);
    table.notes().forEach(note -> console.err().println("note: " + note));
    console.err().flush();
    console.out().println(output);
    return ExitCode.DONE.number();
  }

  private FeatureTable pyradiomics(String yaml) throws CommandException {
    RadiomicsOptions options = options(yaml);
    Matching matching = matching(yaml);
    FeatureExtractor extractor = new FeatureExtractor(options);
    RoiFeatures features;
    ImageAndMask files;
    if (options.resampling() == null) {
      files = ImageAndMask.read(image, mask, matching);
      features = repeated(() -> extractor.of(files.image(), files.mask()));
    } else {
      files = ImageAndMask.readApart(image, mask, matching);
      files.requireInside();
      features = repeated(() -> extractor.of(files.image(), files.labels(), files.mask()));
    }
    refuse(features.reason(), features.facts().maskVoxels());
    return FeatureTable.of(files.image().size(), features);
  }

  private FeatureTable ibsi(String yaml) throws CommandException {
    IbsiOptions options = ibsiOptions(yaml);
    ImageAndMask files =
        ImageAndMask.read(
            image, mask, new Matching(label == null ? 1 : label, 0, null, OffGrid.REFUSED));
    IbsiExtractor extractor = new IbsiExtractor(options);
    IbsiFeatures features = repeated(() -> extractor.of(files.image(), files.mask()));
    refuse(features.reason(), features.steps().get(0).morphology().voxels());
    return FeatureTable.of(files.image().size(), features);
  }

  /** What is computed, as often as asked for. */
  private <T> T repeated(Supplier<T> computed) throws CommandException {
    if (repeat < 1) {
      throw mistake("--repeat is " + repeat + ", expected at least 1");
    }
    for (int run = 1; run < repeat; run++) {
      timed(computed);
    }
    return repeat > 1 ? timed(computed) : computed.get();
  }

  private <T> T timed(Supplier<T> computed) {
    long startNanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    T made = computed.get();
    long spentNanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - startNanos;
    Console.of(spec).err().printf(Locale.ROOT, "cpu seconds: %.4f%n", spentNanos / 1e9);
    return made;
  }

  private static void refuse(RoiFeatures.@Nullable Reason reason, int voxels)
      throws CommandException {
    if (reason != null) {
      throw mistake("the region has no features: " + reason.message() + " (" + voxels + " voxels)");
    }
  }

  private IbsiOptions ibsiOptions(String yaml) throws CommandException {
    if (params == null) {
      throw mistake("mode ibsi needs --params, as conf/radiomics/ibsi/configuration-c.yaml");
    }
    try {
      return IbsiParameters.read(yaml);
    } catch (IllegalArgumentException unusable) {
      throw mistake("parameters " + params + ": " + unusable.getMessage());
    }
  }

  private RadiomicsOptions options(String yaml) throws CommandException {
    try {
      return params == null ? RadiomicsOptions.pyradiomics() : PyRadiomicsParameters.read(yaml);
    } catch (IllegalArgumentException unusable) {
      throw mistake("parameters " + params + ": " + unusable.getMessage());
    }
  }

  private Matching matching(String yaml) throws CommandException {
    try {
      Matching asked = PyRadiomicsParameters.matching(yaml);
      return label == null
          ? asked
          : new Matching(label, asked.channel(), asked.tolerance(), asked.offGrid());
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
