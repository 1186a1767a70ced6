package org.rtpipeline.dicom;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.Finding;

/**
 * A DICOM file as far as it was asked for (PS3.10): sniffed, its file meta information read, its
 * deflation undone, its true encoding found, its data set parsed under limits.
 *
 * @param object the data set
 * @param mediaStorageSopClassUid (0002,0002); null when absent
 * @param mediaStorageSopInstanceUid (0002,0003); null when absent
 * @param findings what was odd about the file as a file
 */
record DicomFile(
    DicomObject object,
    @Nullable String mediaStorageSopClassUid,
    @Nullable String mediaStorageSopInstanceUid,
    List<Finding> findings) {
  /** Length of a file that is not known. */
  static final long UNKNOWN_SIZE = -1;

  private static final int BUFFER_BYTES = 64 * 1024;
  private static final int PREAMBLE_BYTES = 128;
  private static final int PEEKED_BYTES = 256;
  private static final int META_GROUP = 0x0002;
  private static final int FIRST_DATA_GROUP = 0x0008;
  private static final int LONGEST_META_VALUE_BYTES = 1 << 20;
  private static final int LONGEST_FIRST_VALUE_BYTES = 1 << 16;

  DicomFile {
    findings = List.copyOf(findings);
  }

  /** SOP instance UID of the data set, or else of the file meta information. */
  Optional<String> sopInstanceUid() {
    return object
        .text(Tags.SOP_INSTANCE_UID)
        .or(() -> Optional.ofNullable(mediaStorageSopInstanceUid));
  }

  /** SOP class UID of the data set, or else of the file meta information. */
  Optional<String> sopClassUid() {
    return object.text(Tags.SOP_CLASS_UID).or(() -> Optional.ofNullable(mediaStorageSopClassUid));
  }

  /**
   * Reads a file. The stream is not closed.
   *
   * @param path named in failures
   * @param sizeBytes length of the file, {@link #UNKNOWN_SIZE} when not known
   *     <p>In scope {@link ReadScope#HEADER} the data set is not read when the file meta
   *     information names a SOP class that this product does not use.
   * @throws DicomException {@code NOT_DICOM} for anything that is no DICOM file at all; other codes
   *     for one that cannot be used
   */
  static DicomFile read(String path, InputStream in, long sizeBytes, ReadScope scope)
      throws DicomException {
    Parse parse = new Parse(path, new BufferedInputStream(in, BUFFER_BYTES));
    try {
      return parse.file(sizeBytes, scope);
    } catch (ParseFailure failure) {
      throw new DicomException(
          failure.code(), path, parse.dataSetStart + failure.offset(), failure.reason());
    } catch (EOFException end) {
      throw new DicomException(
          Finding.Code.TRUNCATED_FILE, path, parse.offset, "the file ends inside an element");
    } catch (ZipException broken) {
      throw new DicomException(
          Finding.Code.UNREADABLE, path, parse.offset, "the deflated data set is broken");
    } catch (IOException failure) {
      throw new DicomException(
          Finding.Code.UNREADABLE,
          path,
          parse.offset,
          "the stream failed with " + failure.getClass().getSimpleName());
    }
  }

  /** Last part of a path or URI. */
  static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** One pass over one stream. */
  private static final class Parse {
    private final String path;
    private final InputStream in;
    private final List<Finding> findings = new ArrayList<>();
    private long offset;
    private long dataSetStart;
    private @Nullable String transferSyntaxUid;
    private @Nullable String sopClassUid;
    private @Nullable String sopInstanceUid;

    Parse(String path, InputStream in) {
      this.path = path;
      this.in = in;
    }

    DicomFile file(long sizeBytes, ReadScope scope) throws IOException, DicomException {
      byte[] head = peek(in, PEEKED_BYTES);
      if (hasPreamble(head)) {
        skip(PREAMBLE_BYTES + 4);
      } else if (startsWithPadding(head)) {
        skip(1);
      } else if (!startsLikeDataSet(head)) {
        throw new DicomException(
            Finding.Code.NOT_DICOM, path, 0, "neither a preamble nor a plausible first attribute");
      }
      readMeta();
      if (scope == ReadScope.HEADER
          && sopClassUid != null
          && SopClass.withUid(sopClassUid).isEmpty()) {
        return new DicomFile(DicomObject.builder().build(), sopClassUid, sopInstanceUid, findings);
      }
      String declared = transferSyntaxUid;
      if (TransferSyntax.DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN.equals(declared)) {
        try (CappedInflation inflation = new CappedInflation(in)) {
          return dataSet(
              new BufferedInputStream(inflation, BUFFER_BYTES),
              declared,
              scope,
              ReadLimits.STANDARD);
        }
      }
      ReadLimits limits =
          sizeBytes == UNKNOWN_SIZE ? ReadLimits.STANDARD : ReadLimits.STANDARD.within(sizeBytes);
      return dataSet(in, declared, scope, limits);
    }

    private DicomFile dataSet(
        InputStream data, @Nullable String declared, ReadScope scope, ReadLimits limits)
        throws IOException {
      dataSetStart = offset;
      Encoding encoding = trueEncoding(peek(data, 8));
      String syntax = declared == null ? encoding.uid() : declared;
      if (declared == null) {
        warn(
            Finding.Code.TRANSFER_SYNTAX_MISSING,
            "no transfer syntax (0002,0010); the elements are " + encoding);
      } else if (Encoding.of(declared) != encoding) {
        warn(
            Finding.Code.TRANSFER_SYNTAX_MISMATCH,
            "transfer syntax " + declared + ", but the elements are " + encoding);
        syntax = TransferSyntax.isNative(declared) ? encoding.uid() : declared;
      }
      DicomObject object =
          Dcm4cheEngine.INSTANCE.read(data, encoding, scope, limits).withTransferSyntax(syntax);
      return new DicomFile(
          encoding == Encoding.EXPLICIT_BIG_ENDIAN ? object.withLongSamplesTurned() : object,
          sopClassUid,
          sopInstanceUid,
          findings);
    }

    private void warn(Finding.Code code, String message) {
      findings.add(new Finding(Finding.Level.WARN, code, name(path), message));
    }

    private void readMeta() throws IOException {
      while (true) {
        byte[] header = peek(in, 12);
        if (header.length < 8) {
          throw new EOFException();
        }
        if (unsignedShort(header, 0) != META_GROUP) {
          return;
        }
        boolean isExplicit = Vr.isSpelledBy(header[4], header[5]);
        boolean isLong = isExplicit && hasLongHeader(header);
        if (isLong && header.length < 12) {
          throw new EOFException();
        }
        long length;
        if (isLong) {
          length = unsignedInt(header, 8);
        } else if (isExplicit) {
          length = unsignedShort(header, 6);
        } else {
          length = unsignedInt(header, 4);
        }
        if (length > LONGEST_META_VALUE_BYTES) {
          throw new ParseFailure(
              Finding.Code.LENGTH_EXCEEDS_FILE,
              offset,
              "file meta information declares a value of " + length + " bytes");
        }
        skip(isLong ? 12 : 8);
        byte[] value = in.readNBytes((int) length);
        offset += value.length;
        if (value.length < length) {
          throw new EOFException();
        }
        keep(META_GROUP << 16 | unsignedShort(header, 2), value);
      }
    }

    private void keep(int tag, byte[] value) {
      String text = new String(value, US_ASCII).replace('\0', ' ').trim();
      if (text.isEmpty()) {
        return;
      }
      switch (tag) {
        case Tags.TRANSFER_SYNTAX_UID -> transferSyntaxUid = text;
        case Tags.MEDIA_STORAGE_SOP_CLASS_UID -> sopClassUid = text;
        case Tags.MEDIA_STORAGE_SOP_INSTANCE_UID -> sopInstanceUid = text;
        default -> {}
      }
    }

    private void skip(int count) throws IOException {
      in.skipNBytes(count);
      offset += count;
    }
  }

  private static byte[] peek(InputStream in, int count) throws IOException {
    in.mark(count);
    byte[] bytes = in.readNBytes(count);
    in.reset();
    return bytes;
  }

  /** The four letters count only before a group that may follow them. */
  private static boolean hasPreamble(byte[] head) {
    if (head.length < PREAMBLE_BYTES + 4
        || !new String(head, PREAMBLE_BYTES, 4, US_ASCII).equals("DICM")) {
      return false;
    }
    if (head.length < PREAMBLE_BYTES + 6) {
      return true;
    }
    int group = unsignedShort(head, PREAMBLE_BYTES + 4);
    return group == META_GROUP
        || (!startsLikeDataSet(head)
            && startsLikeDataSet(Arrays.copyOfRange(head, PREAMBLE_BYTES + 4, head.length)));
  }

  /** A data set whose file meta information was cut away can begin with the last pad byte of it. */
  private static boolean startsWithPadding(byte[] head) {
    return head.length > 9
        && (head[0] == ' ' || head[0] == 0)
        && !startsLikeDataSet(head)
        && unsignedShort(head, 1) == FIRST_DATA_GROUP
        && Vr.isSpelledBy(head[5], head[6]);
  }

  private static boolean startsLikeDataSet(byte[] head) {
    if (head.length < 8) {
      return false;
    }
    int group = unsignedShort(head, 0);
    boolean spelled = Vr.isSpelledBy(head[4], head[5]);
    if (group == META_GROUP || group == FIRST_DATA_GROUP) {
      return spelled || unsignedInt(head, 4) <= LONGEST_FIRST_VALUE_BYTES;
    }
    return spelled && Integer.reverseBytes(group) >>> 16 == FIRST_DATA_GROUP;
  }

  private static Encoding trueEncoding(byte[] head) throws IOException {
    if (head.length < 8) {
      throw new ParseFailure(Finding.Code.TRUNCATED_FILE, 0, "no data set");
    }
    int group = unsignedShort(head, 0);
    boolean bigEndian = Integer.reverseBytes(group) >>> 16 < group;
    if (Vr.isSpelledBy(head[4], head[5])) {
      return bigEndian ? Encoding.EXPLICIT_BIG_ENDIAN : Encoding.EXPLICIT_LITTLE_ENDIAN;
    }
    if (bigEndian) {
      throw new ParseFailure(
          Finding.Code.TRANSFER_SYNTAX_MISMATCH, 0, "the first attribute has no plausible group");
    }
    return Encoding.IMPLICIT_LITTLE_ENDIAN;
  }

  private static boolean hasLongHeader(byte[] header) {
    String vr = new String(header, 4, 2, US_ASCII);
    return vr.startsWith("O") || vr.equals("UN") || vr.equals("UT") || vr.equals("SQ");
  }

  private static int unsignedShort(byte[] bytes, int at) {
    return (bytes[at] & 0xFF) | (bytes[at + 1] & 0xFF) << 8;
  }

  private static long unsignedInt(byte[] bytes, int at) {
    return unsignedShort(bytes, at) | (long) unsignedShort(bytes, at + 2) << 16;
  }
}
