package org.rtpipeline.store;

import io.delta.kernel.data.ArrayValue;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rows of cells as the columns that the Parquet writer asks for. */
final class RowBatch implements ColumnarBatch {

  private static final int ROWS = 1024;

  private final StructType schema;
  private final List<@Nullable Object[]> rows;

  private RowBatch(StructType schema, List<@Nullable Object[]> rows) {
    this.schema = schema;
    this.rows = rows;
  }

  /** Batches of rows, made as they are asked for. */
  static CloseableIterator<FilteredColumnarBatch> batches(
      StructType schema, Iterator<@Nullable Object[]> rows) {
    return new CloseableIterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public FilteredColumnarBatch next() {
        List<@Nullable Object[]> batch = new ArrayList<>(ROWS);
        while (batch.size() < ROWS && rows.hasNext()) {
          batch.add(rows.next());
        }
        return new FilteredColumnarBatch(new RowBatch(schema, batch), Optional.empty());
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public StructType getSchema() {
    return schema;
  }

  @Override
  public ColumnVector getColumnVector(int ordinal) {
    return new Cell(schema.at(ordinal).getDataType(), rows.size()) {
      @Override
      @Nullable Object at(int row) {
        return rows.get(row)[ordinal];
      }
    };
  }

  @Override
  public int getSize() {
    return rows.size();
  }

  /** One column: of a batch, or of the elements of a list. */
  private abstract static class Cell implements ColumnVector {
    private final DataType type;
    private final int size;

    Cell(DataType type, int size) {
      this.type = type;
      this.size = size;
    }

    abstract @Nullable Object at(int row);

    private Object present(int row) {
      return Objects.requireNonNull(at(row), "cell");
    }

    @Override
    public DataType getDataType() {
      return type;
    }

    @Override
    public int getSize() {
      return size;
    }

    @Override
    public void close() {}

    @Override
    public boolean isNullAt(int row) {
      return at(row) == null;
    }

    @Override
    public boolean getBoolean(int row) {
      return (Boolean) present(row);
    }

    @Override
    public int getInt(int row) {
      return (Integer) present(row);
    }

    @Override
    public long getLong(int row) {
      return (Long) present(row);
    }

    @Override
    public double getDouble(int row) {
      return (Double) present(row);
    }

    @Override
    public String getString(int row) {
      return (String) present(row);
    }

    @Override
    public ArrayValue getArray(int row) {
      List<?> list = (List<?>) present(row);
      DataType elements = ((ArrayType) type).getElementType();
      return new ArrayValue() {
        @Override
        public int getSize() {
          return list.size();
        }

        @Override
        public ColumnVector getElements() {
          return new Cell(elements, list.size()) {
            @Override
            @Nullable Object at(int index) {
              return list.get(index);
            }
          };
        }
      };
    }
  }
}
