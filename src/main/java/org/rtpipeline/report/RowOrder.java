package org.rtpipeline.report;

import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.store.StoredRow;

/** Orders rows by all their cells, first column first, empty cells first. */
final class RowOrder implements Comparator<StoredRow>, Serializable {

  private static final long serialVersionUID = 1L;

  @Override
  public int compare(StoredRow a, StoredRow b) {
    for (int i = 0; i < a.width(); i++) {
      int order = cells(a.cell(i), b.cell(i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  @SuppressWarnings("unchecked") // cells of one column have one type, text, number or truth value
  private static int cells(@Nullable Object a, @Nullable Object b) {
    if (a == null || b == null) {
      return Boolean.compare(a != null, b != null);
    }
    if (a instanceof List<?> left && b instanceof List<?> right) {
      return lists(left, right);
    }
    return ((Comparable<Object>) a).compareTo(b);
  }

  private static int lists(List<?> a, List<?> b) {
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      int order = cells(a.get(i), b.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(a.size(), b.size());
  }
}
