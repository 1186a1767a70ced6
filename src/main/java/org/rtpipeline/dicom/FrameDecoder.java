package org.rtpipeline.dicom;

import com.github.jaiimageio.jpeg2000.impl.J2KImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Locale;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.rtpipeline.model.Finding;

/**
 * Decodes one compressed frame to little-endian samples. The readers are made directly: looking
 * them up would load every reader on the class path, native ones too.
 */
final class FrameDecoder {
  private static final byte[] SIZE_MARKER = {(byte) 0xFF, 0x4F, (byte) 0xFF, 0x51};
  private static final int SAMPLE_SIZE_OFFSET = 42;

  private FrameDecoder() {}

  /**
   * The samples of a frame, little endian, {@code format.sampleBytes()} each.
   *
   * @throws ParseFailure when the frame cannot be decoded, or has another size or sign than the
   *     attributes say
   */
  static byte[] decode(String transferSyntaxUid, byte[] frame, PixelFormat format)
      throws ParseFailure {
    return switch (transferSyntaxUid) {
      case TransferSyntax.RLE_LOSSLESS ->
          RunLengthDecoder.decode(frame, format.samples(), format.sampleBytes());
      case TransferSyntax.JPEG_BASELINE_8_BIT,
          TransferSyntax.JPEG_LOSSLESS,
          TransferSyntax.JPEG_LOSSLESS_SV1 ->
          image(jpeg(), frame, format);
      case TransferSyntax.JPEG_2000_LOSSLESS, TransferSyntax.JPEG_2000 -> {
        requireSameSign(frame, format);
        yield image(new J2KImageReaderSpi(), frame, format);
      }
      default ->
          throw new ParseFailure(
              Finding.Code.UNSUPPORTED_TRANSFER_SYNTAX,
              0,
              "pixel data in transfer syntax " + transferSyntaxUid);
    };
  }

  /** True for transfer syntaxes of encapsulated frames that can be decoded. */
  static boolean supports(String transferSyntaxUid) {
    return switch (transferSyntaxUid) {
      case TransferSyntax.RLE_LOSSLESS,
          TransferSyntax.JPEG_BASELINE_8_BIT,
          TransferSyntax.JPEG_LOSSLESS,
          TransferSyntax.JPEG_LOSSLESS_SV1,
          TransferSyntax.JPEG_2000_LOSSLESS,
          TransferSyntax.JPEG_2000 ->
          true;
      default -> false;
    };
  }

  /** The JPEG reader leans on that of the JDK, which only a registry can hand to it. */
  private static ImageReaderSpi jpeg() {
    JPEGImageReaderSpi provider = new JPEGImageReaderSpi();
    provider.onRegistration(IIORegistry.getDefaultInstance(), ImageReaderSpi.class);
    return provider;
  }

  private static byte[] image(ImageReaderSpi provider, byte[] frame, PixelFormat format)
      throws ParseFailure {
    Raster raster;
    try (ImageInputStream stream =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(frame))) {
      ImageReader reader = provider.createReaderInstance();
      try {
        reader.setInput(stream, true, true);
        raster = reader.read(0).getRaster();
      } finally {
        reader.dispose();
      }
    } catch (IOException
        | IllegalArgumentException
        | IllegalStateException
        | IndexOutOfBoundsException
        | NegativeArraySizeException
        | ArithmeticException
        | ClassCastException
        | NullPointerException
        | UnsupportedOperationException
        | StackOverflowError
        | LinkageError fault) {
      throw new ParseFailure(
          Finding.Code.PIXEL_DECODE_FAILED,
          0,
          "the frame does not decode: " + fault.getClass().getSimpleName());
    }
    if (raster.getWidth() != format.columns()
        || raster.getHeight() != format.rows()
        || raster.getNumBands() != 1) {
      throw new ParseFailure(
          Finding.Code.PIXEL_DECODE_FAILED,
          0,
          String.format(
              Locale.ROOT,
              "the frame has %d x %d x %d samples, expected %d x %d x 1",
              raster.getWidth(),
              raster.getHeight(),
              raster.getNumBands(),
              format.columns(),
              format.rows()));
    }
    return samples(raster, format);
  }

  private static byte[] samples(Raster raster, PixelFormat format) {
    byte[] bytes = new byte[format.samples() * format.sampleBytes()];
    int[] row = new int[format.columns()];
    int next = 0;
    for (int y = 0; y < format.rows(); y++) {
      raster.getSamples(raster.getMinX(), raster.getMinY() + y, row.length, 1, 0, row);
      for (int sample : row) {
        for (int i = 0; i < format.sampleBytes(); i++) {
          bytes[next++] = (byte) (sample >> (8 * i));
        }
      }
    }
    return bytes;
  }

  /** The codestream says itself whether its samples have a sign (ISO 15444-1 A.5.1). */
  private static void requireSameSign(byte[] frame, PixelFormat format) throws ParseFailure {
    int start = indexOf(frame, SIZE_MARKER);
    if (start < 0 || start + SAMPLE_SIZE_OFFSET >= frame.length) {
      throw new ParseFailure(
          Finding.Code.PIXEL_DECODE_FAILED, 0, "the frame holds no JPEG 2000 codestream");
    }
    boolean signed = (frame[start + SAMPLE_SIZE_OFFSET] & 0x80) != 0;
    if (signed != format.isSigned()) {
      throw new ParseFailure(
          Finding.Code.UNSUPPORTED_PIXEL_FORMAT,
          start,
          "JPEG 2000 samples are "
              + (signed ? "signed" : "unsigned")
              + ", pixel representation (0028,0103) says the opposite");
    }
  }

  private static int indexOf(byte[] bytes, byte[] wanted) {
    for (int i = 0; i + wanted.length <= bytes.length; i++) {
      int same = 0;
      while (same < wanted.length && bytes[i + same] == wanted[same]) {
        same++;
      }
      if (same == wanted.length) {
        return i;
      }
    }
    return -1;
  }
}
