package org.rtpipeline.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Records as bytes, component by component, and back: what is read equals what was written, and
 * equal records have equal bytes. Knows text, numbers, truth values, dates, times, enums, records,
 * sealed choices of records, and lists of these; any of them may be null, elements of lists not.
 *
 * <p>Bytes can be read only by a codec of the same {@link #shape}; nothing but the records of that
 * shape can come of them.
 *
 * @param <R> type of the records
 */
public final class RecordCodec<R extends Record> {

  private static final ClassValue<RecordCodec<?>> KNOWN =
      new ClassValue<>() {
        @Override
        protected RecordCodec<?> computeValue(Class<?> type) {
          return new RecordCodec<>(type.asSubclass(Record.class));
        }
      };

  private final Class<R> type;
  private final Map<Type, Form> forms = new LinkedHashMap<>();
  private final Form root;

  private RecordCodec(Class<R> type) {
    this.type = type;
    this.root = form(type);
  }

  /**
   * The codec of a type of records.
   *
   * @throws IllegalArgumentException when a component has a type that is not known here
   */
  @SuppressWarnings("unchecked") // the value of a class is the codec of that class
  public static <R extends Record> RecordCodec<R> of(Class<R> type) {
    return (RecordCodec<R>) KNOWN.get(type);
  }

  /** The bytes of a record. */
  public byte[] bytes(R record) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      root.write(record, new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * The record of these bytes.
   *
   * @throws UncheckedIOException when they are not those of such a record
   */
  public R record(byte[] bytes) {
    try {
      return type.cast(
          Objects.requireNonNull(root.read(new DataInputStream(new ByteArrayInputStream(bytes)))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every type that is written, with names and types of its components; one line each. */
  public String shape() {
    return forms.entrySet().stream()
        .map(entry -> entry.getKey().getTypeName() + ": " + entry.getValue().shape())
        .collect(Collectors.joining("\n"));
  }

  /** How values of one type are written. */
  private interface Form {
    void write(@Nullable Object value, DataOutputStream out) throws IOException;

    @Nullable Object read(DataInputStream in) throws IOException;

    String shape();
  }

  private Form form(Type wanted) {
    Form known = forms.get(wanted);
    if (known != null) {
      return known;
    }
    if (wanted instanceof ParameterizedType list && list.getRawType() == List.class) {
      return kept(wanted, new ListForm(form(list.getActualTypeArguments()[0])));
    }
    if (!(wanted instanceof Class<?> one)) {
      throw unknown(wanted);
    }
    if (Plain.of(one) != null) {
      return Objects.requireNonNull(Plain.of(one));
    }
    if (one.isEnum()) {
      return kept(one, new EnumForm(List.of(one.getEnumConstants())));
    }
    if (one.isSealed()) {
      ChoiceForm choice = new ChoiceForm(List.of(one.getPermittedSubclasses()), new ArrayList<>());
      forms.put(one, choice);
      choice.classes().forEach(each -> choice.forms().add(form(each)));
      return choice;
    }
    if (one.isRecord()) {
      RecordForm form = RecordForm.of(one);
      forms.put(one, form);
      Arrays.stream(one.getRecordComponents())
          .forEach(part -> form.forms().add(form(part.getGenericType())));
      return form;
    }
    throw unknown(wanted);
  }

  private Form kept(Type wanted, Form form) {
    forms.put(wanted, form);
    return form;
  }

  private static IllegalArgumentException unknown(Type type) {
    return new IllegalArgumentException("no way to write a " + type.getTypeName());
  }

  /** Values that have no parts. */
  private enum Plain implements Form {
    TEXT(String.class, String.class) {
      @Override
      void put(Object value, DataOutputStream out) throws IOException {
        String text = (String) value;
        // Two ways, so that common text is short and any text comes back as it was.
        if (text.chars().allMatch(c -> c <= 0xFF)) {
          out.writeInt(text.length());
          out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        } else {
          out.writeInt(-text.length());
          out.writeChars(text);
        }
      }

      @Override
      Object take(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length >= 0) {
          byte[] bytes = in.readNBytes(length);
          if (bytes.length < length) {
            throw new IOException("text ends after " + bytes.length + " of " + length + " bytes");
          }
          return new String(bytes, StandardCharsets.ISO_8859_1);
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < -length; i++) {
          text.append(in.readChar());
        }
        return text.toString();
      }
    },
    INTEGER(Integer.class, int.class) {
      @Override
      void put(Object value, DataOutputStream out) throws IOException {
        out.writeInt((Integer) value);
      }

      @Override
      Object take(DataInputStream in) throws IOException {
        return in.readInt();
      }
    },
    LONG(Long.class, long.class) {
      @Override
      void put(Object value, DataOutputStream out) throws IOException {
        out.writeLong((Long) value);
      }

      @Override
      Object take(DataInputStream in) throws IOException {
        return in.readLong();
      }
    },
    DOUBLE(Double.class, double.class) {
      @Override
      void put(Object value, DataOutputStream out) throws IOException {
        out.writeDouble((Double) value);
      }

      @Override
      Object take(DataInputStream in) throws IOException {
        return in.readDouble();
      }
    },
    TRUTH(Boolean.class, boolean.class) {
      @Override
      void put(Object value, DataOutputStream out) throws IOException {
        out.writeBoolean((Boolean) value);
      }

      @Override
      Object take(DataInputStream in) throws IOException {
        return in.readBoolean();
      }
    },
    DATE(LocalDate.class, LocalDate.class) {
      @Override
      void put(Object value, DataOutputStream out) throws IOException {
        out.writeLong(((LocalDate) value).toEpochDay());
      }

      @Override
      Object take(DataInputStream in) throws IOException {
        return LocalDate.ofEpochDay(in.readLong());
      }
    },
    TIME(LocalTime.class, LocalTime.class) {
      @Override
      void put(Object value, DataOutputStream out) throws IOException {
        out.writeLong(((LocalTime) value).toNanoOfDay());
      }

      @Override
      Object take(DataInputStream in) throws IOException {
        return LocalTime.ofNanoOfDay(in.readLong());
      }
    };

    private final Class<?> object;
    private final Class<?> primitive;

    Plain(Class<?> object, Class<?> primitive) {
      this.object = object;
      this.primitive = primitive;
    }

    static @Nullable Plain of(Class<?> one) {
      return Arrays.stream(values())
          .filter(plain -> plain.object == one || plain.primitive == one)
          .findFirst()
          .orElse(null);
    }

    abstract void put(Object value, DataOutputStream out) throws IOException;

    abstract Object take(DataInputStream in) throws IOException;

    @Override
    public void write(@Nullable Object value, DataOutputStream out) throws IOException {
      out.writeBoolean(value != null);
      if (value != null) {
        put(value, out);
      }
    }

    @Override
    public @Nullable Object read(DataInputStream in) throws IOException {
      return in.readBoolean() ? take(in) : null;
    }

    @Override
    public String shape() {
      return name();
    }
  }

  /** A list, element by element; -1 elements are no list. */
  private record ListForm(Form element) implements Form {
    @Override
    public void write(@Nullable Object value, DataOutputStream out) throws IOException {
      if (value == null) {
        out.writeInt(-1);
        return;
      }
      List<?> list = (List<?>) value;
      out.writeInt(list.size());
      for (Object one : list) {
        element.write(Objects.requireNonNull(one), out);
      }
    }

    @Override
    public @Nullable Object read(DataInputStream in) throws IOException {
      int size = in.readInt();
      if (size < 0) {
        return null;
      }
      List<Object> list = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        list.add(Objects.requireNonNull(element.read(in)));
      }
      return List.copyOf(list);
    }

    @Override
    public String shape() {
      return "list";
    }
  }

  /** An enum by the place of its constant; -1 is none. */
  private record EnumForm(List<Object> constants) implements Form {
    @Override
    public void write(@Nullable Object value, DataOutputStream out) throws IOException {
      out.writeShort(value == null ? -1 : constants.indexOf(value));
    }

    @Override
    public @Nullable Object read(DataInputStream in) throws IOException {
      int place = in.readShort();
      return place < 0 ? null : constants.get(place);
    }

    @Override
    public String shape() {
      return constants.toString();
    }
  }

  /** One of several types by its place among them; -1 is none. */
  private record ChoiceForm(List<Class<?>> classes, List<Form> forms) implements Form {
    @Override
    public void write(@Nullable Object value, DataOutputStream out) throws IOException {
      int place = value == null ? -1 : classes.indexOf(value.getClass());
      out.writeByte(place);
      if (value != null) {
        forms.get(place).write(value, out);
      }
    }

    @Override
    public @Nullable Object read(DataInputStream in) throws IOException {
      int place = in.readByte();
      return place < 0 ? null : forms.get(place).read(in);
    }

    @Override
    public String shape() {
      return classes.stream().map(Class::getName).toList().toString();
    }
  }

  /** A record by its components, in their order. */
  private record RecordForm(
      Constructor<?> constructor, List<Method> accessors, List<Form> forms, String shape)
      implements Form {

    static RecordForm of(Class<?> type) {
      RecordComponent[] parts = type.getRecordComponents();
      try {
        Constructor<?> constructor =
            type.getDeclaredConstructor(
                Arrays.stream(parts).map(RecordComponent::getType).toArray(Class<?>[]::new));
        List<Method> accessors = Arrays.stream(parts).map(RecordComponent::getAccessor).toList();
        // A record need not be public to be written.
        constructor.setAccessible(true);
        accessors.forEach(accessor -> accessor.setAccessible(true));
        return new RecordForm(
            constructor,
            accessors,
            new ArrayList<>(),
            Arrays.stream(parts)
                .map(part -> part.getName() + " " + part.getGenericType().getTypeName())
                .toList()
                .toString());
      } catch (NoSuchMethodException e) {
        throw new IllegalStateException("every record has its canonical constructor", e);
      }
    }

    @Override
    public void write(@Nullable Object value, DataOutputStream out) throws IOException {
      out.writeBoolean(value != null);
      if (value == null) {
        return;
      }
      for (int i = 0; i < accessors.size(); i++) {
        forms.get(i).write(part(value, accessors.get(i)), out);
      }
    }

    private static @Nullable Object part(Object record, Method accessor) {
      try {
        return accessor.invoke(record);
      } catch (ReflectiveOperationException e) {
        throw new IllegalArgumentException(accessor + " cannot be called", e);
      }
    }

    @Override
    public @Nullable Object read(DataInputStream in) throws IOException {
      if (!in.readBoolean()) {
        return null;
      }
      @Nullable Object[] parts = new Object[forms.size()];
      for (int i = 0; i < parts.length; i++) {
        parts[i] = forms.get(i).read(in);
      }
      try {
        return constructor.newInstance(parts);
      } catch (ReflectiveOperationException e) {
        throw new IOException("no " + constructor.getDeclaringClass().getSimpleName(), e);
      }
    }
  }
}
