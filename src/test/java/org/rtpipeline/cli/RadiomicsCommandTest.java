package org.rtpipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rtpipeline.fixture.RadiomicsGolden;
import org.rtpipeline.fixture.SharedData;
import org.rtpipeline.spark.InputException;
import picocli.CommandLine;

final class RadiomicsCommandTest {

  private static final String FILTERS =
      "imageType:\n  Original: {}\n  LoG: {sigma: [1.0, 2.0, 3.0]}\n  Wavelet: {}\nsetting:\n";

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "brain1, default, 'setting: {binWidth: 25}'",
    "brain1, fbn32, 'setting: {binCount: 32}'",
    "brain1, reseg, 'setting: {binWidth: 25, resegmentRange: [-3, 3], resegmentMode: sigma}'",
    "brain2, filters, 'FILTERS'",
    "brain2, resample1mm, 'FILTERS  resampledPixelSpacing: [1, 1, 1]\n  padDistance: 10\n'",
    "ibsi1_digital, default, 'setting: {binWidth: 1}'",
    "ibsi1_digital, dist123eucl,"
        + " 'setting: {binWidth: 1, distances: [1, 2, 3], weightingNorm: euclidean, gldm_a: 1}'",
    "STS_001_PET, default, 'setting: {binWidth: 0.25}'"
  })
  void theTableHoldsTheValuesOfPyRadiomics(String name, String options, String yaml)
      throws IOException {
    Path data = SharedData.require("radiomics");
    Path params =
        Files.writeString(
            folder.resolve("params.yaml"), yaml.replace("FILTERS", FILTERS + "  binWidth: 25\n"));
    Path table = folder.resolve("new/table.csv");
    List<Path> files = files(data, name);

    int exitCode =
        run(
            "--image",
            files.get(0).toString(),
            "--mask",
            files.get(1).toString(),
            "--params",
            params.toString(),
            "--output",
            table.toString());

    assertThat(err.toString()).isEmpty();
    assertThat(exitCode).isZero();
    assertThat(out.toString().strip()).isEqualTo(table.toString());
    RadiomicsGolden.assertSame(
        RadiomicsGolden.read(table), RadiomicsGolden.of(name, options), options);
  }

  private static List<Path> files(Path data, String name) {
    if (name.startsWith("brain")) {
      Path brain = data.resolve("pyradiomics");
      return List.of(brain.resolve(name + "_image.nrrd"), brain.resolve(name + "_label.nrrd"));
    }
    if (name.startsWith("STS")) {
      Path patient = data.resolve("ibsi_validation/" + name.substring(0, 7));
      String image = name.substring(8);
      return List.of(
          patient.resolve(image + "_image.nii.gz"), patient.resolve(image + "_mask.nii.gz"));
    }
    Path phantom = data.resolve("ibsi1/" + name.substring(6) + "_phantom");
    return List.of(phantom.resolve("phantom.nii.gz"), phantom.resolve("mask.nii.gz"));
  }

  @Test
  void withoutParametersTheDefaultsOfPyRadiomicsHold() throws IOException {
    assertThat(compute(image(4, 1), mask(4, i -> 1))).isZero();
    List<String> lines = Files.readAllLines(folder.resolve("table.csv"));
    assertThat(lines)
        .hasSize(1 + 6 + 107)
        .startsWith("name,value")
        .contains(
            "diagnostics_Configuration_Mode,pyradiomics",
            "diagnostics_Image-original_Size,\"(4, 4, 4)\"",
            "diagnostics_Image-original_Spacing,\"(1.0, 1.0, 1.0)\"",
            "diagnostics_Mask-original_VoxelNum,64",
            "original_shape_VoxelVolume,64.0");
  }

  @Test
  void modeIbsiWritesTagsWithTheirAggregation() throws IOException {
    String params = "conf/radiomics/ibsi/digital-phantom.yaml";
    String mask = mask(4, i -> 1);

    assertThat(compute(image(4, 1), mask, "--mode", "ibsi", "--params", params)).isZero();
    assertThat(Files.readAllLines(folder.resolve("table.csv")))
        .hasSize(1 + 6 + 487)
        .contains(
            "diagnostics_Configuration_Mode,ibsi",
            "diagnostics_Mask-used_VoxelNum,64",
            "morph_vol_approx,64.0")
        .anyMatch(line -> line.startsWith("cm_joint_max_2_5d_merged,"));
  }

  @Test
  void modeIbsiNamesWhatItLeavesOut() throws IOException {
    Path params =
        Files.writeString(
            folder.resolve("p.yaml"),
            Files.readString(Path.of("conf/radiomics/ibsi/digital-phantom.yaml"))
                + "autocorrelation-voxels: 10\n");

    assertThat(
            compute(image(4, 1), mask(4, i -> 1), "--mode", "ibsi", "--params", params.toString()))
        .isZero();
    assertThat(err.toString())
        .contains("note: the region is too large or too rich in levels for morph_moran_i");
  }

  @Test
  void modesDoNotTakeTheParametersOfEachOther() throws IOException {
    String ibsi = "conf/radiomics/ibsi/digital-phantom.yaml";
    String mask = mask(4, i -> 1);

    assertRefused(compute(image(4, 1), mask, "--params", ibsi), "mode is not supported");
    assertRefused(
        compute(image(4, 1), mask, "--mode", "ibsi", "--params", "conf/radiomics/ct.yaml"),
        "mode must be ibsi");
    assertRefused(compute(image(4, 1), mask, "--mode", "ibsi"), "mode ibsi needs --params");
  }

  @Test
  void modeIbsiSaysWhyARegionHasNoFeatures() throws IOException {
    Path params =
        Files.writeString(
            folder.resolve("p.yaml"),
            Files.readString(Path.of("conf/radiomics/ibsi/digital-phantom.yaml"))
                + "range: {lower: 1e6, upper: 1e7}\n");

    assertRefused(
        compute(image(4, 1), mask(4, i -> 1), "--mode", "ibsi", "--params", params.toString()),
        "at most one voxel is left in the range of intensities (64 voxels)");
  }

  @Test
  void theTimeOfEveryRepetitionIsSaid() throws IOException {
    assertThat(compute(image(4, 1), mask(4, i -> 1), "--repeat", "3")).isZero();
    assertThat(err.toString().lines()).hasSize(3).allMatch(l -> l.matches("cpu seconds: [0-9.]+"));
    assertRefused(
        compute(image(4, 1), mask(4, i -> 1), "--repeat", "0"),
        "--repeat is 0, expected at least 1");
  }

  @Test
  void aRunReplacesTheTableOfAnEarlierOne() throws IOException {
    Files.writeString(folder.resolve("table.csv"), "old");
    assertThat(compute(image(4, 1), mask(4, i -> 1))).isZero();
    assertThat(folder.resolve("table.csv")).content().startsWith("name,value");
    try (var files = Files.list(folder)) {
      assertThat(files).noneMatch(file -> file.toString().endsWith(".unfinished"));
    }
  }

  @Test
  void theLabelIsThatOfTheOptionElseThatOfTheParameters() throws IOException {
    Path params = Files.writeString(folder.resolve("p.yaml"), "setting:\n  label: 300\n");
    String mask = mask(4, i -> i < 32 ? 300 : 2);
    assertThat(compute(image(4, 1), mask, "--params", params.toString())).isZero();
    assertThat(folder.resolve("table.csv")).content().contains("VoxelNum,32");
    assertThat(compute(image(4, 1), mask, "--params", params.toString(), "--label", "2")).isZero();
  }

  @Test
  void aLabelThatIsNotThereIsNamedBesideThoseThatAre() throws IOException {
    assertRefused(
        compute(image(4, 1), mask(4, i -> 2 + i % 2)),
        "has no voxel of label 1; labels there: [2, 3]");
    assertRefused(compute(image(4, 1), mask(4, i -> 0)), "all its voxels are 0");
  }

  @Test
  void aRegionWithoutFeaturesSaysWhyAndLeavesNoTable() throws IOException {
    assertRefused(
        compute(image(4, 1), mask(4, i -> i == 5 ? 1 : 0)),
        "the region has no features: the mask holds one voxel only (1 voxels)");
    assertThat(folder.resolve("table.csv")).doesNotExist();
  }

  @Test
  void anImageThatAFilterCannotTakeIsNamedInANote() throws IOException {
    Path params =
        Files.writeString(
            folder.resolve("p.yaml"), "imageType:\n  Original: {}\n  LoG: {sigma: [9.0]}\n");
    assertThat(compute(image(4, 1), mask(4, i -> 1), "--params", params.toString())).isZero();
    assertThat(err.toString())
        .contains("note: the image is too small or too rich for log-sigma-9-0-mm-3D");
  }

  @Test
  void filesThatCannotBeUsedAreNamed() throws IOException {
    String text = Files.writeString(folder.resolve("text.nii"), "no image").toString();
    String image = image(4, 1);
    String mask = mask(4, i -> 1);
    assertRefused(compute(text, mask), "image " + text + " cannot be read as NIfTI or NRRD");
    assertRefused(compute(image, folder.resolve("none.nrrd").toString()), "none.nrrd is not there");
    assertRefused(
        compute(image, mask(5, i -> 1)), "the image has 4 x 4 x 4 voxels, the mask 5 x 5 x 5");
    assertRefused(
        compute(image, mask, "--params", folder + "/p"), "parameters " + folder + "/p are");
    assertRefused(
        compute(image, mask, "--mode", "other"), "expected pyradiomics or ibsi, got 'other'");
    assertRefused(compute(image(4, 0), mask), "spacing must be over 0 mm");
  }

  @Test
  void gridsThatLieApartAreRefusedWithTheirDistance() throws IOException {
    assertRefused(
        compute(image(4, 2), mask(4, i -> 1)),
        "lie up to 5.1962 mm apart, expected at most 0.0200 mm");
  }

  @Test
  void aMaskOnAnotherGridIsCorrectedWhenTheParametersSaySo() throws IOException {
    String image = nifti("wide.nii", 4, 2, i -> i * 7919 % 300);
    String mask = mask(5, i -> 1);
    assertRefused(compute(image, mask), "or set correctMask in the parameters");
    Path correct = Files.writeString(folder.resolve("c.yaml"), "setting: {correctMask: true}\n");
    assertThat(compute(image, mask, "--params", correct.toString())).isZero();
    assertThat(folder.resolve("table.csv")).content().contains("Mask-original_VoxelNum,27");
    Path spacing =
        Files.writeString(
            folder.resolve("s.yaml"), "setting: {resampledPixelSpacing: [1, 1, 1]}\n");
    assertThat(compute(image, mask, "--params", spacing.toString())).isZero();
    assertThat(folder.resolve("table.csv")).content().contains("VoxelVolume,125.0");
    assertRefused(
        compute(image(4, 1), mask, "--params", correct.toString()), "reaches beyond the image");
  }

  @Test
  void gridsMayDifferByTheToleranceOfTheParameters() throws IOException {
    String image = nifti("near.nii", 4, 1.0005, i -> i * 7919 % 300);
    String mask = mask(4, i -> 1);
    assertThat(compute(image, mask)).isZero();
    Path strict =
        Files.writeString(folder.resolve("t.yaml"), "setting: {geometryTolerance: 1e-4}\n");
    assertRefused(
        compute(image, mask, "--params", strict.toString()), "within geometryTolerance 1.0E-4");
    Path loose =
        Files.writeString(folder.resolve("l.yaml"), "setting: {geometryTolerance: 1e-3}\n");
    assertThat(compute(image, mask, "--params", loose.toString())).isZero();
  }

  @Test
  void theChannelOfAMaskIsThatOfTheParameters() throws IOException {
    ByteBuffer voxels = ByteBuffer.allocate(2 * 64);
    for (int i = 0; i < 64; i++) {
      voxels.put((byte) 1).put((byte) (i < 32 ? 1 : 0));
    }
    String header =
        """
        NRRD0004
        type: uchar
        dimension: 4
        space: right-anterior-superior
        sizes: 2 4 4 4
        space directions: none (1,0,0) (0,1,0) (0,0,1)
        kinds: vector domain domain domain
        encoding: raw
        space origin: (0,0,0)

        """;
    Path mask = folder.resolve("channels.nrrd");
    try (var to = Files.newOutputStream(mask)) {
      to.write(header.getBytes(StandardCharsets.US_ASCII));
      to.write(voxels.array());
    }
    assertThat(compute(image(4, 1), mask.toString())).isZero();
    assertThat(folder.resolve("table.csv")).content().contains("VoxelNum,64");
    Path second = Files.writeString(folder.resolve("1.yaml"), "setting: {label_channel: 1}\n");
    assertThat(compute(image(4, 1), mask.toString(), "--params", second.toString())).isZero();
    assertThat(folder.resolve("table.csv")).content().contains("VoxelNum,32");
    Path third = Files.writeString(folder.resolve("2.yaml"), "setting: {label_channel: 2}\n");
    assertRefused(
        compute(image(4, 1), mask.toString(), "--params", third.toString()),
        "no channel 2, there are 2, counted from 0");
    assertRefused(compute(mask.toString(), mask(4, i -> 1)), "2 numbers a voxel, expected one");
  }

  @Test
  void parametersThatCannotBeUsedAreNamedWithTheirLine() throws IOException {
    Path params = Files.writeString(folder.resolve("p.yaml"), "setting:\n  binWidht: 3\n");
    assertRefused(
        compute(image(4, 1), mask(4, i -> 1), "--params", params.toString()),
        "parameters " + params + ": line 2: binWidht is not supported");
    Path binary = Files.write(folder.resolve("b.yaml"), new byte[] {(byte) 0xc3, 1});
    assertRefused(
        compute(image(4, 1), mask(4, i -> 1), "--params", binary.toString()),
        "are no text in UTF-8");
    Path label = Files.writeString(folder.resolve("l.yaml"), "setting:\n  label: one\n");
    assertRefused(
        compute(image(4, 1), mask(4, i -> 1), "--params", label.toString()),
        "label must be a whole number of at least 1, got one");
  }

  @Test
  void anOutputThatCannotBeWrittenIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("taken"), "");
    assertRefused(
        run(
            "--image",
            image(4, 1),
            "--mask",
            mask(4, i -> 1),
            "--output",
            file.resolve("t.csv").toString()),
        "t.csv cannot be written");
  }

  private void assertRefused(int exitCode, String message) {
    assertThat(exitCode).isEqualTo(2);
    assertThat(err.toString()).startsWith("error: ").contains(message).doesNotContain("\tat ");
  }

  /** A NIfTI file of a cube of whole numbers of a pattern. */
  private String image(int n, double spacingMm) throws IOException {
    return nifti("image.nii", n, spacingMm, i -> i * 7919 % 300);
  }

  /** A NRRD file of labels on a cube of 1 mm. */
  private String mask(int n, IntUnaryOperator label) throws IOException {
    ByteBuffer voxels = ByteBuffer.allocate(2 * n * n * n).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < n * n * n; i++) {
      voxels.putShort((short) label.applyAsInt(i));
    }
    String header =
        "NRRD0004\ntype: unsigned short\ndimension: 3\nspace: right-anterior-superior\nsizes: "
            + n
            + " "
            + n
            + " "
            + n
            + "\nspace directions: (1,0,0) (0,1,0) (0,0,1)\nendian: little\nencoding: raw\n"
            + "space origin: (0,0,0)\n\n";
    Path file = folder.resolve("mask-" + n + ".nrrd");
    try (var to = Files.newOutputStream(file)) {
      to.write(header.getBytes(StandardCharsets.US_ASCII));
      to.write(voxels.array());
    }
    return file.toString();
  }

  private String nifti(String name, int n, double spacingMm, IntUnaryOperator value)
      throws IOException {
    ByteBuffer b = ByteBuffer.allocate(352 + 2 * n * n * n).order(ByteOrder.LITTLE_ENDIAN);
    b.putInt(0, 348).putShort(40, (short) 3).putShort(70, (short) 4).putFloat(108, 352);
    for (int axis = 0; axis < 3; axis++) {
      b.putShort(42 + 2 * axis, (short) n).putFloat(80 + 4 * axis, (float) spacingMm);
    }
    b.put(344, (byte) 'n').put(345, (byte) '+').put(346, (byte) '1');
    for (int i = 0; i < n * n * n; i++) {
      b.putShort(352 + 2 * i, (short) value.applyAsInt(i));
    }
    Path file = folder.resolve(name);
    Files.write(file, b.array());
    return file.toString();
  }

  private int compute(String image, String mask, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--image",
                image,
                "--mask",
                mask,
                "--output",
                folder.resolve("table.csv").toString()));
    arguments.addAll(List.of(more));
    return run(arguments.toArray(String[]::new));
  }

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    CommandLine line =
        Main.commandLine(
            new WiredRooms(
                options -> {
                  throw new InputException("the command needs no Spark");
                }));
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    List<String> all = new ArrayList<>(List.of("radiomics"));
    all.addAll(List.of(arguments));
    return line.execute(all.toArray(String[]::new));
  }
}
