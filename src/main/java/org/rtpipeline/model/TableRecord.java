package org.rtpipeline.model;

import java.io.Serializable;

/** A row of a result table. Small: ids, numbers and findings, never voxels. */
public interface TableRecord extends Serializable {

  /** The table it belongs to; the schema's row type is the type of this row. */
  TableSchema<?> schema();
}
