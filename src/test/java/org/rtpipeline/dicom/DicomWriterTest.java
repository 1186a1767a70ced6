package org.rtpipeline.dicom;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class DicomWriterTest {
  @Test
  void filesNameThisProductAsTheirWriter() {
    String text = new String(Samples.file(Samples.ctSlice("1.2.3", 0).build()), US_ASCII);
    assertThat(text)
        .contains("DICM")
        .contains(DicomWriter.IMPLEMENTATION_CLASS_UID)
        .contains(DicomWriter.IMPLEMENTATION_VERSION_NAME)
        .doesNotContain("aoju", "dcm4che");
  }

  @Test
  void objectsWithoutUidsAreRefused() {
    DicomObject object = DicomObject.builder().text(Tags.MODALITY, "CT").build();
    assertThatThrownBy(() -> DicomWriter.write(object, new ByteArrayOutputStream()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void nativePixelsUnderAnEncapsulatedSyntaxAreRefused() {
    DicomObject object =
        Samples.ctSlice("1.2.3", 0).transferSyntax(TransferSyntax.RLE_LOSSLESS).build();
    assertThatThrownBy(() -> DicomWriter.write(object, new ByteArrayOutputStream()))
        .hasMessageContaining("native");
  }

  @Test
  void encapsulatedPixelsUnderANativeSyntaxAreRefused() {
    DicomObject object =
        Samples.identity(SopClass.CT, "1.2.3")
            .fragments(Tags.PIXEL_DATA, Vr.OB, List.of(new byte[0], new byte[2]))
            .build();
    assertThatThrownBy(() -> DicomWriter.write(object, new ByteArrayOutputStream()))
        .hasMessageContaining("encapsulated");
  }
}
