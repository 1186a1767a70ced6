package org.rtpipeline.store;

import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.FieldMetadata;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.Column;
import org.rtpipeline.model.TableRecord;
import org.rtpipeline.model.TableSchema;

/** The cells of one table's records, and the type of the table that holds them. */
final class Cells {

  private static final String PATIENT_ID = "patient_id";

  private final List<Function<TableRecord, @Nullable Object>> values = new ArrayList<>();
  private final int patientIdAt;
  private final PatientIds patientIds;

  @SuppressWarnings("unchecked") // a record's own schema: its row type is the record's type
  Cells(TableSchema<?> schema, PatientIds patientIds) {
    int at = -1;
    for (Column<?> column : schema.columns()) {
      if (column.name().equals(PATIENT_ID)) {
        at = values.size();
      }
      values.add((Function<TableRecord, @Nullable Object>) (Function<?, ?>) column.value());
    }
    this.patientIdAt = at;
    this.patientIds = patientIds;
  }

  /** The cells of a record; a number that is none leaves its cell empty. */
  @Nullable Object[] of(TableRecord record) {
    @Nullable Object[] cells = new @Nullable Object[values.size()];
    for (int i = 0; i < cells.length; i++) {
      Object value = values.get(i).apply(record);
      if (i == patientIdAt && value != null) {
        cells[i] = patientIds.cell((String) value);
      } else if (!(value instanceof Double number) || Double.isFinite(number)) {
        cells[i] = value;
      }
    }
    return cells;
  }

  /** The type of a table, each column with its meaning as comment. */
  static StructType structType(TableSchema<?> schema) {
    StructType type = new StructType();
    for (Column<?> column : schema.columns()) {
      String comment =
          column.unit().isEmpty()
              ? column.meaning()
              : column.meaning() + " [" + column.unit() + "]";
      type =
          type.add(
              new StructField(
                  column.name(),
                  dataType(column.type()),
                  true,
                  FieldMetadata.builder().putString("comment", comment).build()));
    }
    return type;
  }

  static DataType dataType(Column.Type type) {
    return switch (type) {
      case TEXT -> StringType.STRING;
      case INTEGER -> IntegerType.INTEGER;
      case LONG -> LongType.LONG;
      case DOUBLE -> DoubleType.DOUBLE;
      case BOOLEAN -> BooleanType.BOOLEAN;
      case TEXT_LIST -> new ArrayType(StringType.STRING, true);
      case DOUBLE_LIST -> new ArrayType(DoubleType.DOUBLE, true);
    };
  }

  /** What a cell of a stored column holds. */
  static Column.Type columnType(DataType type) {
    for (Column.Type candidate : Column.Type.values()) {
      if (dataType(candidate).equivalent(type)) {
        return candidate;
      }
    }
    throw new IllegalStateException("a table of ours has no column of type " + type);
  }
}
