package org.rtpipeline.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.PetImage;
import org.rtpipeline.model.PetSeries;

final class PetSeriesReaderTest {

  private static final LocalDateTime MADE = LocalDateTime.of(2024, 3, 4, 10, 0);
  private static final int GE_BLOCK = 0x00090011;
  private static final int GE_SCAN_TIME = 0x0009110D;
  private static final int PHILIPS_BLOCK = 0x70530010;
  private static final int PHILIPS_SUV = 0x70531000;
  private static final int PHILIPS_ACTIVITY = 0x70531009;

  private final TreeMap<String, byte[]> files = new TreeMap<>();

  @Test
  void whatTheWriterSaysOfTracerAndTimeComesBack() throws Exception {
    write("b", 1, object -> object);
    write("a", 0, object -> object);

    PetSeries series = read();

    assertThat(series.seriesUid()).isEqualTo("1.2.3.5");
    assertThat(series.seriesNumber()).isEqualTo(7);
    assertThat(series.quantity()).isEqualTo(new PetSeries.Quantity("BQML", "", "START"));
    assertThat(series.body()).isEqualTo(new PetSeries.Body(70.0, 1.75, "M"));
    assertThat(series.making().corrections()).contains("DECY", "ATTN", "SCAT");
    assertThat(series.making().reconstruction()).isEqualTo("osem made");
    assertThat(series.making().frames()).isEqualTo(PetSeries.Frames.ONE);
    assertThat(series.extentMm()).isEqualTo(3);
    assertThat(series.differing()).isEmpty();
    assertThat(series.injections()).hasSize(1);
    PetSeries.Injection injection = series.injections().get(0);
    assertThat(injection.doseBq()).isEqualTo(3.5e8);
    assertThat(injection.halfLifeS()).isEqualTo(6586.2);
    assertThat(injection.time()).isEqualTo(LocalTime.of(9, 0));
    assertThat(injection.dateTime()).isNull();
    assertThat(injection.label()).isEqualTo("fluorodeoxyglucose f^18^");
    assertThat(series.images()).extracting(PetImage::sopInstanceUid).containsExactly("a", "b");
    assertThat(series.images().get(0).seriesTime()).isEqualTo(MADE);
    assertThat(series.images().get(0).acquisitionTime()).isEqualTo(MADE);
    assertThat(series.images().get(0).decayFactor()).isEqualTo(1);
  }

  @Test
  void privateAttributesAreFoundInTheBlockOfTheirMaker() throws Exception {
    write(
        "a",
        0,
        object ->
            object
                .text(0x00090010, Vr.LO, "OTHER")
                .text(0x0009100D, Vr.LO, "20200101000000")
                .text(GE_BLOCK, Vr.LO, "GEMS_PETD_01")
                .text(GE_SCAN_TIME, Vr.DT, "20240304095930.00")
                .text(PHILIPS_BLOCK, Vr.LO, "Philips PET Private Group")
                .text(PHILIPS_SUV, Vr.DS, "0.00042")
                .text(PHILIPS_ACTIVITY, Vr.DS, "7.5"));

    assertThat(read().images().get(0).scale())
        .isEqualTo(new PetImage.PrivateScale(MADE.minusSeconds(30), 0.00042, 7.5));
  }

  @Test
  void privateAttributesWithoutTheirMakerMeanNothing() throws Exception {
    write("a", 0, object -> object.text(PHILIPS_SUV, Vr.DS, "0.00042"));

    assertThat(read().images().get(0).scale())
        .isEqualTo(new PetImage.PrivateScale(null, null, null));
  }

  @Test
  void whatMustBeTheSameInAllImagesIsNamedWhereItIsNot() throws Exception {
    write("a", 0, object -> object);
    write("b", 1, object -> object.text(Tags.UNITS, "GML").numbers(Tags.PATIENT_WEIGHT, 71));

    assertThat(read().differing())
        .containsExactly("units or decay correction", "weight, size or sex");
  }

  @Test
  void dateTimesAreReadToTheSecond() throws Exception {
    write(
        "a",
        0,
        object -> {
          DicomObject item =
              DicomObject.builder()
                  .text(Tags.RADIOPHARMACEUTICAL_START_DATE_TIME, "20240304083015.250000+0100")
                  .build();
          return object.items(Tags.RADIOPHARMACEUTICAL_INFORMATION_SEQUENCE, item);
        });

    assertThat(read().injections().get(0).dateTime())
        .isEqualTo(LocalDateTime.of(2024, 3, 4, 8, 30, 15));
    assertThat(read().injections().get(0).radionuclide()).isNull();
  }

  @Test
  void aDateTimeThatIsNoneIsNone() {
    DicomObject.Builder object = DicomObject.builder();
    for (String text : List.of("20240304", "2024", "20241304083015", "20240304990000")) {
      DicomObject built = object.text(Tags.RADIOPHARMACEUTICAL_START_DATE_TIME, text).build();
      assertThat(built.dateTime(Tags.RADIOPHARMACEUTICAL_START_DATE_TIME)).isEmpty();
    }
  }

  @Test
  void severalFramesInOneObjectAreSaid() throws Exception {
    write(
        "a",
        0,
        object -> object.integers(Tags.NUMBER_OF_FRAMES, 4).without(Tags.IMAGE_POSITION_PATIENT));

    assertThat(read().making().frames()).isEqualTo(PetSeries.Frames.SEVERAL);
    assertThat(read().images().get(0).positionMm()).isNull();
    assertThat(read().extentMm()).isZero();
  }

  @Test
  void filesThatCannotBeReadAreRefused() throws Exception {
    write("a", 0, object -> object);
    files.put("b", new byte[200]);
    assertThatExceptionOfType(DicomException.class).isThrownBy(this::read);
    assertThatExceptionOfType(DicomException.class)
        .isThrownBy(
            () ->
                PetSeriesReader.read(
                    List.of("c"),
                    path -> {
                      throw new IOException("gone");
                    }))
        .satisfies(e -> assertThat(e.code()).isEqualTo(Finding.Code.UNREADABLE));
    files.clear();
    assertThatIllegalArgumentException().isThrownBy(this::read);
  }

  private PetSeries read() throws DicomException {
    return PetSeriesReader.read(
        List.copyOf(files.keySet()), path -> new ByteArrayInputStream(files.get(path)));
  }

  private void write(String uid, int plane, UnaryOperator<DicomObject.Builder> change)
      throws IOException, DicomException {
    StudyContext study = new StudyContext("P1", "A^B", "M", "1.2.3", "1", null, null, "1.2.3.9");
    SeriesContext series =
        new SeriesContext(
            "1.2.3.5", 7, "Made", new SeriesContext.Equipment("Maker", "Model", "1"), MADE);
    VoxelGrid grid = VoxelGrid.axial(2, 1, 2, new Point(0, 0, 0), 2, 2, 3);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PetImageWriter.write(
        study, series, new CtImageWriter.Slice(uid, grid, plane, "CHEST"), new short[2], out);
    DicomObject written =
        DicomFile.read(
                uid,
                new ByteArrayInputStream(out.toByteArray()),
                DicomFile.UNKNOWN_SIZE,
                ReadScope.WHOLE)
            .object();
    ByteArrayOutputStream changed = new ByteArrayOutputStream();
    DicomWriter.write(change.apply(DicomObject.builder().all(written)).build(), changed);
    files.put(uid, changed.toByteArray());
  }
}
