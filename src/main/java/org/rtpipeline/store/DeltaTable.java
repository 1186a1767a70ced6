package org.rtpipeline.store;

import io.delta.kernel.Operation;
import io.delta.kernel.Snapshot;
import io.delta.kernel.TableManager;
import io.delta.kernel.Transaction;
import io.delta.kernel.TransactionCommitResult;
import io.delta.kernel.data.Row;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.exceptions.TableNotFoundException;
import io.delta.kernel.hook.PostCommitHook;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.internal.actions.SingleAction;
import io.delta.kernel.internal.types.DataTypeJsonSerDe;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterable;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.DataFileStatus;
import io.delta.kernel.utils.FileStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;

/** One Delta table's log: which files it has now, and a transaction that changes them. */
final class DeltaTable {

  private static final String ENGINE = "rtpipeline";

  private final Engine engine;
  private final String path;

  DeltaTable(Configuration hadoop, String path) {
    this.engine = DefaultEngine.create(hadoop);
    this.path = path;
  }

  /** The table as it is now; empty when it was never written. */
  Optional<Snapshot> snapshot() {
    try {
      return Optional.of(TableManager.loadSnapshot(path).build(engine));
    } catch (TableNotFoundException e) {
      return Optional.empty();
    }
  }

  /** The files of a snapshot by path, each with the log entry that added it. */
  Map<String, LoggedFile> files(Snapshot snapshot) {
    Map<String, LoggedFile> files = new HashMap<>();
    try (CloseableIterator<Row> rows =
        Utils.intoRows(snapshot.getScanBuilder().build().getScanFiles(engine))) {
      while (rows.hasNext()) {
        Row row = rows.next();
        FileStatus status = InternalScanFileUtils.getAddFileStatus(row);
        files.put(
            status.getPath(),
            new LoggedFile(
                new DataFile(
                    status.getPath(), status.getSize(), status.getModificationTime(), null),
                new AddFile(row.getStruct(InternalScanFileUtils.ADD_FILE_ORDINAL))));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the log of " + path + " cannot be read", e);
    }
    return files;
  }

  /**
   * A file and the log entry that added it.
   *
   * @param file the file
   * @param added its entry
   */
  record LoggedFile(DataFile file, AddFile added) {}

  /** Makes the table with these files, in one transaction. */
  void create(StructType schema, List<DataFile> added) {
    commit(
        TableManager.buildCreateTableTransaction(path, schema, ENGINE).build(engine),
        schema,
        List.of(),
        added);
  }

  /** Takes files out and puts files in, in one transaction on top of the snapshot that was read. */
  void change(Snapshot read, List<AddFile> removed, List<DataFile> added) {
    commit(
        read.buildUpdateTableTransaction(ENGINE, Operation.WRITE).withMaxRetries(0).build(engine),
        read.getSchema(),
        removed,
        added);
  }

  private void commit(
      Transaction transaction, StructType schema, List<AddFile> removed, List<DataFile> added) {
    List<Row> actions = new ArrayList<>();
    for (AddFile file : removed) {
      actions.add(
          SingleAction.createRemoveFileSingleAction(
              file.toRemoveFileRow(true, Optional.of(System.currentTimeMillis()))));
    }
    Row state = transaction.getTransactionState(engine);
    List<DataFileStatus> statuses = added.stream().map(file -> file.status(schema)).toList();
    try (CloseableIterator<Row> adds =
        Transaction.generateAppendActions(
            engine,
            state,
            Utils.toCloseableIterator(statuses.iterator()),
            Transaction.getWriteContext(engine, state, Map.of()))) {
      while (adds.hasNext()) {
        actions.add(adds.next());
      }
      TransactionCommitResult result =
          transaction.commit(
              engine,
              CloseableIterable.inMemoryIterable(Utils.toCloseableIterator(actions.iterator())));
      for (PostCommitHook hook : result.getPostCommitHooks()) {
        hook.threadSafeInvoke(engine);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("table " + path + " cannot be written", e);
    }
  }

  /** The type that {@link #json} wrote. */
  static StructType schema(String json) {
    return DataTypeJsonSerDe.deserializeStructType(json);
  }

  /** A type as text that travels to tasks. */
  static String json(StructType schema) {
    return DataTypeJsonSerDe.serializeStructType(schema);
  }

  /** Names of the columns of a type. */
  static Set<String> names(StructType schema) {
    return Set.copyOf(schema.fieldNames());
  }
}
