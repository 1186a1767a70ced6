package org.rtpipeline.dicom;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ServiceConfigurationError;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.ElementDictionary;
import org.dcm4che3.data.Fragments;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.VR;
import org.dcm4che3.io.DicomInputHandler;
import org.dcm4che3.io.DicomInputStream;
import org.dcm4che3.io.DicomOutputStream;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.Finding;

/** The dcm4che engine itself, {@code org.dcm4che:dcm4che-core}. */
enum Dcm4cheEngine implements DicomEngine {
  INSTANCE;

  /** First allocation for a long value; it doubles while the bytes really come. */
  private static final int FIRST_ALLOCATION_BYTES = 8 * 1024 * 1024;

  @Override
  public DicomObject read(InputStream in, Encoding encoding, ReadScope scope, ReadLimits limits)
      throws IOException {
    ZeroTail tail = new ZeroTail(in);
    Guard guard = new Guard(scope, limits);
    DicomInputStream stream = new DicomInputStream(tail, encoding.uid());
    stream.setAllocateLimit(FIRST_ALLOCATION_BYTES);
    stream.setDicomInputHandler(guard);
    Attributes attributes = new Attributes(encoding == Encoding.EXPLICIT_BIG_ENDIAN);
    try {
      stream.readAttributes(attributes, -1, -1);
      return object(attributes, false).withTransferSyntax(encoding.uid());
    } catch (EndOfScope end) {
      return object(attributes, false).withTransferSyntax(encoding.uid());
    } catch (EOFException end) {
      if (guard.endOfLast > 0 && tail.isZeroFrom(guard.endOfLast)) {
        return object(attributes, false).withTransferSyntax(encoding.uid());
      }
      throw new ParseFailure(
          Finding.Code.TRUNCATED_FILE, stream.getPosition(), "the data set ends inside an element");
    } catch (StackOverflowError tooDeep) {
      throw new ParseFailure(
          Finding.Code.NESTING_TOO_DEEP, stream.getPosition(), "items are nested without end");
    } catch (IllegalArgumentException
        | IllegalStateException
        | IndexOutOfBoundsException
        | NegativeArraySizeException
        | ArithmeticException
        | ClassCastException
        | NullPointerException
        | UnsupportedOperationException
        | LinkageError
        | ServiceConfigurationError fault) {
      throw new ParseFailure(
          Finding.Code.UNREADABLE,
          stream.getPosition(),
          "the engine gave up with " + fault.getClass().getSimpleName());
    }
  }

  @Override
  public void write(DicomObject object, OutputStream out) throws IOException {
    Attributes meta = new Attributes();
    meta.setBytes(Tags.FILE_META_INFORMATION_VERSION, VR.OB, new byte[] {0, 1});
    meta.setString(
        Tags.MEDIA_STORAGE_SOP_CLASS_UID, VR.UI, object.text(Tags.SOP_CLASS_UID).orElseThrow());
    meta.setString(
        Tags.MEDIA_STORAGE_SOP_INSTANCE_UID,
        VR.UI,
        object.text(Tags.SOP_INSTANCE_UID).orElseThrow());
    meta.setString(Tags.TRANSFER_SYNTAX_UID, VR.UI, object.transferSyntaxUid());
    meta.setString(Tags.IMPLEMENTATION_CLASS_UID, VR.UI, DicomWriter.IMPLEMENTATION_CLASS_UID);
    meta.setString(
        Tags.IMPLEMENTATION_VERSION_NAME, VR.SH, DicomWriter.IMPLEMENTATION_VERSION_NAME);
    Attributes attributes = new Attributes();
    attributes.setString(Tags.SPECIFIC_CHARACTER_SET, VR.CS, "ISO_IR 192");
    fill(attributes, object);
    DicomOutputStream stream = new DicomOutputStream(out, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN);
    stream.writeDataset(meta, attributes);
    stream.finish();
  }

  @Override
  public Vr standardVr(int tag) {
    return Vr.named(ElementDictionary.vrOf(tag, null).name());
  }

  private static void fill(Attributes attributes, DicomObject object) {
    for (int tag : object.tags()) {
      if (tag != Tags.SPECIFIC_CHARACTER_SET) {
        object
            .value(tag)
            .orElseThrow()
            .fold(
                bytes -> setBytes(attributes, tag, bytes),
                items -> setItems(attributes, tag, items),
                fragments -> setFragments(attributes, tag, fragments));
      }
    }
  }

  private static Attributes setBytes(Attributes attributes, int tag, DicomObject.Bytes value) {
    VR vr = VR.valueOf(value.vr().name());
    if (value.bytes().length == 0) {
      attributes.setNull(tag, vr);
    } else if (value.vr().kind() == Vr.Kind.CHARSET_TEXT) {
      String text = new String(value.bytes(), UTF_8);
      attributes.setString(
          tag, vr, value.vr().isSingleText() ? new String[] {text} : text.split("\\\\", -1));
    } else {
      attributes.setBytes(tag, vr, value.bytes());
    }
    return attributes;
  }

  private static Attributes setItems(Attributes attributes, int tag, DicomObject.Items value) {
    if (value.items().isEmpty()) {
      attributes.setNull(tag, VR.SQ);
      return attributes;
    }
    Sequence sequence = attributes.newSequence(tag, value.items().size());
    for (DicomObject item : value.items()) {
      Attributes target = new Attributes(attributes.bigEndian());
      sequence.add(target);
      fill(target, item);
    }
    return attributes;
  }

  private static Attributes setFragments(
      Attributes attributes, int tag, DicomObject.Fragments value) {
    Fragments target =
        attributes.newFragments(tag, VR.valueOf(value.vr().name()), value.fragments().size());
    target.addAll(value.fragments());
    return attributes;
  }

  /**
   * The attributes of a data set or item.
   *
   * @param inherited whether the data set around an item declares a character set
   */
  private static DicomObject object(Attributes attributes, boolean inherited) {
    DicomObject.Builder builder = DicomObject.builder();
    boolean declared =
        attributes.contains(Tags.SPECIFIC_CHARACTER_SET)
            ? CharacterSets.isDeclared(attributes.getStrings(Tags.SPECIFIC_CHARACTER_SET))
            : inherited;
    VR.Holder holder = new VR.Holder();
    for (int tag : attributes.tags()) {
      Object value = attributes.getValue(tag, holder);
      VR vr = holder.vr;
      Vr ourVr = Vr.named(vr.name());
      if (value instanceof Sequence sequence) {
        List<DicomObject> items = new ArrayList<>(sequence.size());
        for (Attributes item : sequence) {
          items.add(object(item, declared));
        }
        builder.items(tag, items);
      } else if (value instanceof Fragments fragments) {
        builder.fragments(tag, ourVr, bytes(fragments));
      } else if (vr == VR.SQ) {
        builder.items(tag, List.of());
      } else if (ourVr.kind() == Vr.Kind.CHARSET_TEXT) {
        builder.text(tag, ourVr, texts(attributes, tag, ourVr, declared));
      } else {
        byte[] bytes = attributes.getSafeBytes(tag);
        builder.bytes(tag, ourVr, littleEndian(bytes, vr, attributes.bigEndian()));
      }
    }
    return builder.build();
  }

  private static String[] texts(Attributes attributes, int tag, Vr vr, boolean declared) {
    byte[] bytes = declared ? null : attributes.getSafeBytes(tag);
    if (bytes != null && !CharacterSets.isAscii(bytes)) {
      String text = CharacterSets.undeclared(bytes);
      return vr.isSingleText() ? new String[] {text} : text.split("\\\\", -1);
    }
    String[] texts = attributes.getStrings(tag);
    return texts == null ? new String[0] : withoutNulls(texts);
  }

  private static byte[] littleEndian(byte @Nullable [] bytes, VR vr, boolean bigEndian) {
    if (bytes == null) {
      return new byte[0];
    }
    return bigEndian ? vr.toggleEndian(bytes, true) : bytes;
  }

  private static List<byte[]> bytes(Fragments fragments) {
    List<byte[]> all = new ArrayList<>(fragments.size());
    for (Object fragment : fragments) {
      all.add(fragment instanceof byte[] bytes ? bytes : new byte[0]);
    }
    return all;
  }

  private static String[] withoutNulls(String[] texts) {
    String[] filled = texts.clone();
    for (int i = 0; i < filled.length; i++) {
      filled[i] = filled[i] == null ? "" : filled[i];
    }
    return filled;
  }

  /** Ends the reading of a data set where its scope ends. */
  private static final class EndOfScope extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /** Holds depth, number and length of what the engine is about to read. */
  private static final class Guard implements DicomInputHandler {
    private final ReadScope scope;
    private final ReadLimits limits;
    private int items;

    /** Where the last whole element of the data set ended. */
    private long endOfLast;

    Guard(ReadScope scope, ReadLimits limits) {
      this.scope = scope;
      this.limits = limits;
    }

    @Override
    public void readValue(DicomInputStream in, Attributes attributes) throws IOException {
      boolean atRoot = in.level() == 0;
      int tag = in.tag();
      if (atRoot && tag == 0 && !in.explicitVR()) {
        skipBehindShortSequence(in);
        return;
      }
      int length = in.length();
      boolean undefined = length == -1;
      if (length < -1 || length > limits.valueBytes()) {
        throw new ParseFailure(
            Finding.Code.LENGTH_EXCEEDS_FILE,
            in.getTagPosition(),
            String.format(Locale.ROOT, "%08X declares %d bytes", tag, length & 0xFFFFFFFFL));
      }
      if (atRoot && scope.stopsBefore(tag)) {
        throw new EndOfScope();
      }
      if (!undefined && in.vr() != VR.SQ && scope.passesOver(tag, length)) {
        in.skipFully(length);
      } else {
        in.readValue(in, attributes);
      }
      if (atRoot) {
        endOfLast = in.getPosition();
        if (scope.stopsAfter(tag)) {
          throw new EndOfScope();
        }
      }
    }

    /**
     * Group 0 never occurs in a file (PS3.10 7.1). Seen behind private sequences whose length stops
     * 4 bytes short of their last delimiter: what looks like a length is the next attribute.
     */
    private static void skipBehindShortSequence(DicomInputStream in) throws IOException {
      byte[] length = new byte[4];
      in.readFully(length);
      in.skipFully(ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getInt() & 0xFFFFFFFFL);
    }

    @Override
    public void readValue(DicomInputStream in, Sequence sequence) throws IOException {
      count(in);
      in.readValue(in, sequence);
    }

    @Override
    public void readValue(DicomInputStream in, Fragments fragments) throws IOException {
      count(in);
      in.readValue(in, fragments);
    }

    private void count(DicomInputStream in) throws ParseFailure {
      items++;
      if (items > limits.items()) {
        throw new ParseFailure(
            Finding.Code.TOO_MANY_ITEMS, in.getTagPosition(), "more than " + limits.items());
      }
      if (in.level() > limits.nesting()) {
        throw new ParseFailure(
            Finding.Code.NESTING_TOO_DEEP,
            in.getTagPosition(),
            "deeper than " + limits.nesting() + " levels");
      }
    }

    @Override
    public void startDataset(DicomInputStream in) {
      items = 0;
    }

    @Override
    public void endDataset(DicomInputStream in) {
      items = 0;
    }
  }
}
