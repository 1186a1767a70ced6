package org.rtpipeline.dicom;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A data set: attributes with values, items and fragments. It never changes, and no engine type
 * shows in it. Bytes are little endian whatever the stream was, text is UTF-8.
 */
final class DicomObject {
  private static final byte[] NO_BYTES = new byte[0];
  private static final int DATE_CHARACTERS = 8;

  private final String transferSyntaxUid;
  private final NavigableMap<Integer, Value> values;

  private DicomObject(String transferSyntaxUid, NavigableMap<Integer, Value> values) {
    this.transferSyntaxUid = transferSyntaxUid;
    this.values = values;
  }

  /** What an attribute holds. */
  sealed interface Value permits Bytes, Items, Fragments {
    /** Its value representation. */
    Vr vr();

    /** One function per kind; the compiler counts the cases. */
    <R> R fold(
        Function<Bytes, R> bytes, Function<Items, R> items, Function<Fragments, R> fragments);
  }

  /** A plain value; its bytes are shared, nobody writes to them. */
  static final class Bytes implements Value {
    private final Vr vr;
    private final byte[] bytes;

    Bytes(Vr vr, byte[] bytes) {
      this.vr = vr;
      this.bytes = bytes;
    }

    @Override
    public Vr vr() {
      return vr;
    }

    byte[] bytes() {
      return bytes;
    }

    @Override
    public <R> R fold(
        Function<Bytes, R> bytes, Function<Items, R> items, Function<Fragments, R> fragments) {
      return bytes.apply(this);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Bytes that && vr == that.vr && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
      return 31 * vr.hashCode() + Arrays.hashCode(bytes);
    }
  }

  /**
   * A sequence.
   *
   * @param items in order
   */
  record Items(List<DicomObject> items) implements Value {
    Items {
      items = List.copyOf(items);
    }

    @Override
    public Vr vr() {
      return Vr.SQ;
    }

    @Override
    public <R> R fold(
        Function<Bytes, R> bytes, Function<Items, R> items, Function<Fragments, R> fragments) {
      return items.apply(this);
    }
  }

  /** Encapsulated pixel data: offset table first, then the fragments; the arrays are shared. */
  static final class Fragments implements Value {
    private final Vr vr;
    private final List<byte[]> fragments;

    Fragments(Vr vr, List<byte[]> fragments) {
      this.vr = vr;
      this.fragments = List.copyOf(fragments);
    }

    @Override
    public Vr vr() {
      return vr;
    }

    List<byte[]> fragments() {
      return fragments;
    }

    @Override
    public <R> R fold(
        Function<Bytes, R> bytes, Function<Items, R> items, Function<Fragments, R> fragments) {
      return fragments.apply(this);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Fragments that
          && vr == that.vr
          && Arrays.deepEquals(fragments.toArray(), that.fragments.toArray());
    }

    @Override
    public int hashCode() {
      return 31 * vr.hashCode() + Arrays.deepHashCode(fragments.toArray());
    }
  }

  /** An empty data set in explicit VR little endian, to be filled. */
  static Builder builder() {
    return new Builder();
  }

  /** Transfer syntax the object came in, or is to be written in. */
  String transferSyntaxUid() {
    return transferSyntaxUid;
  }

  /** The same attributes under another transfer syntax; pixel data are not converted. */
  DicomObject withTransferSyntax(String uid) {
    return new DicomObject(uid, values);
  }

  /**
   * The same object as big-endian files hold it: samples of 32 bits in words of 16 bits come with
   * the more significant word first there, which the byte order of a word alone does not undo.
   * Turning twice changes nothing.
   */
  DicomObject withLongSamplesTurned() {
    byte[] bytes = bytes(Tags.PIXEL_DATA);
    if (vr(Tags.PIXEL_DATA).orElse(Vr.UN) != Vr.OW
        || integer(Tags.BITS_ALLOCATED).orElse(0) != Integer.SIZE) {
      return this;
    }
    byte[] turned = bytes.clone();
    for (int i = 0; i + 4 <= turned.length; i += 4) {
      turned[i] = bytes[i + 2];
      turned[i + 1] = bytes[i + 3];
      turned[i + 2] = bytes[i];
      turned[i + 3] = bytes[i + 1];
    }
    return builder()
        .all(this)
        .transferSyntax(transferSyntaxUid)
        .bytes(Tags.PIXEL_DATA, Vr.OW, turned)
        .build();
  }

  /** Attributes in ascending order. */
  List<Integer> tags() {
    return values.keySet().stream().map(key -> key - Integer.MIN_VALUE).toList();
  }

  /** Number of attributes. */
  int size() {
    return values.size();
  }

  /** True when the attribute is there, empty or not. */
  boolean has(int tag) {
    return values.containsKey(key(tag));
  }

  /** What the attribute holds. */
  Optional<Value> value(int tag) {
    return Optional.ofNullable(values.get(key(tag)));
  }

  /** Value representation of an attribute that is there. */
  Optional<Vr> vr(int tag) {
    return value(tag).map(Value::vr);
  }

  /** Bytes of a plain value, little endian; none when absent. The array itself, not a copy. */
  byte[] bytes(int tag) {
    return values.get(key(tag)) instanceof Bytes value ? value.bytes() : NO_BYTES;
  }

  /** Items of a sequence; none when absent. */
  List<DicomObject> items(int tag) {
    return values.get(key(tag)) instanceof Items value ? value.items() : List.of();
  }

  /**
   * The tag under which a maker keeps an element of its private block (PS3.5 7.8.1); none when the
   * object holds no such element.
   *
   * @param creator text of the private creator element
   * @param element last two digits of the element
   */
  Optional<Integer> privateTag(int group, String creator, int element) {
    for (int block = 0x10; block <= 0xFF; block++) {
      int tag = group << 16 | block << 8 | element;
      if (has(tag) && text(group << 16 | block).filter(creator::equals).isPresent()) {
        return Optional.of(tag);
      }
    }
    return Optional.empty();
  }

  /** Fragments of encapsulated pixel data, offset table first; none when absent. */
  List<byte[]> fragments(int tag) {
    return values.get(key(tag)) instanceof Fragments value ? value.fragments() : List.of();
  }

  /** First item of a sequence. */
  Optional<DicomObject> item(int tag) {
    return items(tag).stream().findFirst();
  }

  /** First text value without padding; none when absent or blank. */
  Optional<String> text(int tag) {
    return texts(tag).stream().findFirst().filter(text -> !text.isEmpty());
  }

  /** Text values without padding; an empty list when absent or blank. */
  List<String> texts(int tag) {
    if (!(values.get(key(tag)) instanceof Bytes value)) {
      return List.of();
    }
    Vr vr = value.vr();
    if (!vr.isText() && vr != Vr.UN) {
      List<String> numbers = new ArrayList<>();
      for (double number : numbers(tag)) {
        numbers.add(DecimalFormatter.text(number));
      }
      return numbers;
    }
    String all = new String(value.bytes(), vr.kind() == Vr.Kind.TEXT ? ISO_8859_1 : UTF_8);
    if (vr.isSingleText()) {
      String text = withoutTrailingPadding(all);
      return text.isBlank() ? List.of() : List.of(text);
    }
    List<String> texts = new ArrayList<>();
    for (String part : all.split("\\\\", -1)) {
      texts.add(withoutPadding(part));
    }
    return texts.size() == 1 && texts.get(0).isEmpty() ? List.of() : List.copyOf(texts);
  }

  /** First whole number; none when absent, empty or not a whole number. */
  OptionalInt integer(int tag) {
    double[] numbers = numbers(tag);
    if (numbers.length == 0
        || numbers[0] != Math.rint(numbers[0])
        || Math.abs(numbers[0]) > Integer.MAX_VALUE) {
      return OptionalInt.empty();
    }
    return OptionalInt.of((int) numbers[0]);
  }

  /** First number; none when absent, empty or not a number. */
  OptionalDouble number(int tag) {
    double[] numbers = numbers(tag);
    return numbers.length == 0 || Double.isNaN(numbers[0])
        ? OptionalDouble.empty()
        : OptionalDouble.of(numbers[0]);
  }

  /** Numbers of text or binary values, NaN for a text that is not one; none when absent. */
  double[] numbers(int tag) {
    if (!(values.get(key(tag)) instanceof Bytes value)) {
      return new double[0];
    }
    Vr.Kind kind = value.vr().kind();
    byte[] bytes = value.bytes();
    if (value.vr().isText()) {
      return DecimalParser.numbers(bytes);
    }
    double[] numbers = new double[kind == Vr.Kind.OPAQUE ? 0 : bytes.length / kind.valueBytes()];
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] =
          switch (kind) {
            case SHORT -> buffer.getShort();
            case UNSIGNED_SHORT -> buffer.getShort() & 0xFFFF;
            case INT -> buffer.getInt();
            case UNSIGNED_INT, TAG -> buffer.getInt() & 0xFFFFFFFFL;
            case FLOAT -> buffer.getFloat();
            case DOUBLE -> buffer.getDouble();
            case TEXT, CHARSET_TEXT, OPAQUE, ITEMS -> Double.NaN;
          };
    }
    return numbers;
  }

  /** A date (DA), the old form with full stops included; none when absent or not a date. */
  Optional<LocalDate> date(int tag) {
    return text(tag).flatMap(DicomObject::date);
  }

  /** A time (TM), to the second; none when absent or not a time. */
  Optional<LocalTime> time(int tag) {
    return text(tag).flatMap(DicomObject::time);
  }

  /**
   * A date with a time (DT), to the second; none when absent or without a time. An offset from UTC
   * is not added: the clock is that of the machine, as for dates and times apart.
   */
  Optional<LocalDateTime> dateTime(int tag) {
    return text(tag)
        .filter(text -> text.length() >= DATE_CHARACTERS)
        .flatMap(
            text ->
                date(text.substring(0, DATE_CHARACTERS))
                    .flatMap(
                        day ->
                            time(text.substring(DATE_CHARACTERS)).map(time -> day.atTime(time))));
  }

  private static Optional<LocalDate> date(String value) {
    String text = value.replace(".", "");
    if (text.length() < DATE_CHARACTERS || !isDigits(text, DATE_CHARACTERS)) {
      return Optional.empty();
    }
    try {
      return Optional.of(LocalDate.of(digits(text, 0, 4), digits(text, 4, 6), digits(text, 6, 8)));
    } catch (DateTimeException noDate) {
      return Optional.empty();
    }
  }

  private static Optional<LocalTime> time(String value) {
    String text = value.replace(":", "");
    if (text.length() < 4 || !isDigits(text, 4)) {
      return Optional.empty();
    }
    try {
      int seconds = text.length() >= 6 && isDigits(text, 6) ? digits(text, 4, 6) : 0;
      return Optional.of(
          LocalTime.of(digits(text, 0, 2), digits(text, 2, 4), Math.min(seconds, 59)));
    } catch (DateTimeException noTime) {
      return Optional.empty();
    }
  }

  private static boolean isDigits(String text, int length) {
    return text.chars().limit(length).allMatch(c -> c >= '0' && c <= '9');
  }

  private static int digits(String text, int start, int end) {
    return Integer.parseInt(text, start, end, 10);
  }

  /** Orders tags as unsigned numbers inside a signed map. */
  private static Integer key(int tag) {
    return tag + Integer.MIN_VALUE;
  }

  private static String withoutPadding(String text) {
    String end = withoutTrailingPadding(text);
    int start = 0;
    while (start < end.length() && end.charAt(start) == ' ') {
      start++;
    }
    return end.substring(start);
  }

  private static String withoutTrailingPadding(String text) {
    int end = text.length();
    while (end > 0 && (text.charAt(end - 1) == ' ' || text.charAt(end - 1) == 0)) {
      end--;
    }
    return text.substring(0, end);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DicomObject object
        && transferSyntaxUid.equals(object.transferSyntaxUid)
        && values.equals(object.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  /** Collects attributes; tags may come in any order. */
  static final class Builder {
    private final NavigableMap<Integer, Value> values = new TreeMap<>();
    private String transferSyntaxUid = TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN;

    private Builder() {}

    /** Sets the transfer syntax; pixel data must already be in it. */
    Builder transferSyntax(String uid) {
      transferSyntaxUid = uid;
      return this;
    }

    /** Sets text values under the standard value representation of the attribute. */
    Builder text(int tag, String... texts) {
      Vr vr = Dcm4cheEngine.INSTANCE.standardVr(tag);
      if (!vr.isText()) {
        throw new IllegalArgumentException(
            String.format(Locale.ROOT, "attribute %08X is %s, not text", tag, vr));
      }
      return text(tag, vr, texts);
    }

    /** Sets text values. */
    Builder text(int tag, Vr vr, String... texts) {
      String all = String.join("\\", texts);
      byte[] bytes = all.getBytes(vr.kind() == Vr.Kind.TEXT ? ISO_8859_1 : UTF_8);
      return value(tag, new Bytes(vr, bytes));
    }

    /** Sets whole numbers under the standard value representation of the attribute. */
    Builder integers(int tag, int... numbers) {
      return integers(tag, Dcm4cheEngine.INSTANCE.standardVr(tag), numbers);
    }

    /** Sets whole numbers: IS, US, SS, UL, SL or AT. */
    Builder integers(int tag, Vr vr, int... numbers) {
      if (vr.isText()) {
        String[] texts = new String[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
          texts[i] = Integer.toString(numbers[i]);
        }
        return text(tag, vr, texts);
      }
      ByteBuffer buffer =
          ByteBuffer.allocate(numbers.length * vr.kind().valueBytes())
              .order(ByteOrder.LITTLE_ENDIAN);
      for (int number : numbers) {
        switch (vr.kind()) {
          case SHORT, UNSIGNED_SHORT -> buffer.putShort((short) number);
          case INT, UNSIGNED_INT, TAG -> buffer.putInt(number);
          default ->
              throw new IllegalArgumentException(
                  String.format(Locale.ROOT, "attribute %08X is %s, not whole numbers", tag, vr));
        }
      }
      return value(tag, new Bytes(vr, buffer.array()));
    }

    /** Sets numbers under the standard value representation: DS (16 characters each), FL or FD. */
    Builder numbers(int tag, double... numbers) {
      Vr vr = Dcm4cheEngine.INSTANCE.standardVr(tag);
      if (vr == Vr.DS) {
        String[] texts = new String[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
          texts[i] = DecimalFormatter.text(numbers[i]);
        }
        return text(tag, vr, texts);
      }
      ByteBuffer buffer =
          ByteBuffer.allocate(numbers.length * vr.kind().valueBytes())
              .order(ByteOrder.LITTLE_ENDIAN);
      for (double number : numbers) {
        switch (vr.kind()) {
          case FLOAT -> buffer.putFloat((float) number);
          case DOUBLE -> buffer.putDouble(number);
          default ->
              throw new IllegalArgumentException(
                  String.format(Locale.ROOT, "attribute %08X is %s, not numbers", tag, vr));
        }
      }
      return value(tag, new Bytes(vr, buffer.array()));
    }

    /**
     * Sets a plain value from its little-endian bytes, which the caller no longer writes to.
     * Padding at the end of text is dropped.
     */
    Builder bytes(int tag, Vr vr, byte[] bytes) {
      int end = bytes.length;
      while (vr.isText() && end > 0 && (bytes[end - 1] == ' ' || bytes[end - 1] == 0)) {
        end--;
      }
      return value(tag, new Bytes(vr, end == bytes.length ? bytes : Arrays.copyOf(bytes, end)));
    }

    /** Sets an attribute without a value under its standard value representation. */
    Builder empty(int tag) {
      Vr vr = Dcm4cheEngine.INSTANCE.standardVr(tag);
      return value(tag, vr == Vr.SQ ? new Items(List.of()) : new Bytes(vr, NO_BYTES));
    }

    /** Sets a sequence. */
    Builder items(int tag, List<DicomObject> items) {
      return value(tag, new Items(items));
    }

    /** Sets a sequence. */
    Builder items(int tag, DicomObject... items) {
      return items(tag, List.of(items));
    }

    /** Sets encapsulated pixel data, offset table first. */
    Builder fragments(int tag, Vr vr, List<byte[]> fragments) {
      return value(tag, new Fragments(vr, fragments));
    }

    /** Sets anything. */
    Builder value(int tag, Value value) {
      values.put(key(tag), value);
      return this;
    }

    /** Takes every attribute of another data set, over those that are here. */
    Builder all(DicomObject other) {
      values.putAll(other.values);
      return this;
    }

    /** Leaves an attribute out. */
    Builder without(int tag) {
      values.remove(key(tag));
      return this;
    }

    /** The data set; the builder may go on afterwards. */
    DicomObject build() {
      return new DicomObject(transferSyntaxUid, new TreeMap<>(values));
    }
  }
}
