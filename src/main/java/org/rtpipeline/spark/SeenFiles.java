package org.rtpipeline.spark;

import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.dicom.HeaderReader;
import org.rtpipeline.model.FileRef;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.ScannedFile;
import org.rtpipeline.store.KnownFiles;
import org.rtpipeline.store.PackedFile;

/**
 * The results of listed entries: from the catalogue when it knows the file, else from its bytes.
 */
final class SeenFiles implements Iterator<SeenFile> {

  private final Iterator<ListedEntry> entries;
  private final ScanStage.Opening opening;
  private final @Nullable KnownFiles known;

  /**
   * Results to be made as they are asked for.
   *
   * @param entries files and what is neither file nor folder, in the order of a catalogue
   * @param known the catalogue; null when there is none
   */
  SeenFiles(Iterator<ListedEntry> entries, ScanStage.Opening opening, @Nullable KnownFiles known) {
    this.entries = entries;
    this.opening = opening;
    this.known = known;
  }

  @Override
  public boolean hasNext() {
    return entries.hasNext();
  }

  @Override
  public SeenFile next() {
    ListedEntry entry = entries.next();
    if (entry.kind() != ListedEntry.Kind.FILE) {
      return new SeenFile(PackedFile.of(entry.scanned()), SeenFile.Origin.LISTED);
    }
    FileRef file = entry.file();
    Optional<PackedFile> old = known == null ? Optional.empty() : known.find(file);
    return old.map(packed -> new SeenFile(packed, SeenFile.Origin.KNOWN))
        .orElseGet(() -> read(file));
  }

  private SeenFile read(FileRef file) {
    long openedMillis = opening.clock().millis();
    ScannedFile result = result(file);
    return new SeenFile(PackedFile.of(result), origin(result, openedMillis));
  }

  private ScannedFile result(FileRef file) {
    try (InputStream in = opening.opener().open(file.uri())) {
      return HeaderReader.read(file, in, opening.personal());
    } catch (IOException e) {
      return ListedEntry.rejected(
              file.uri(), Finding.Code.UNREADABLE, "the file cannot be read: " + FolderWalk.kind(e))
          .withFile(file)
          .scanned();
    }
  }

  private SeenFile.Origin origin(ScannedFile result, long openedMillis) {
    boolean mayChangeUnseen =
        openedMillis - result.file().modifiedMillis() <= ScanStage.TIME_STEP_MILLIS;
    boolean couldNotBeRead =
        result.findings().stream().anyMatch(f -> f.code() == Finding.Code.UNREADABLE);
    if (mayChangeUnseen || couldNotBeRead) {
      return SeenFile.Origin.UNSURE;
    }
    return known != null && known.isBroken()
        ? SeenFile.Origin.READ_FOR_BROKEN_CATALOGUE
        : SeenFile.Origin.READ;
  }
}
