package org.rtpipeline.spark;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.rtpipeline.dicom.DicomException;
import org.rtpipeline.dicom.StreamOpener;
import org.rtpipeline.model.CourseDataException;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.ImageSeries;
import org.rtpipeline.model.InstanceHeader;

/**
 * The files of one course: what is read is held against what the scan saw, and what the stage at
 * work says it uses is remembered as what it depends on.
 */
final class CourseFiles {

  private final DigestingStreams streams;

  /** Objects that the stage at work has asked for, by SOP instance UID. */
  private final Map<String, InstanceHeader> used = new TreeMap<>();

  CourseFiles(StreamOpener streams) {
    this.streams = new DigestingStreams(streams);
  }

  /** Reads one object. */
  interface ObjectReader<T> {
    T read(String path, InputStream in) throws DicomException;
  }

  /** Reads the images of a series. */
  interface SeriesReader<T> {
    T read(List<String> paths, StreamOpener streams) throws DicomException;
  }

  /** Forgets what earlier stages asked for; what they read is kept. */
  void startStage() {
    used.clear();
  }

  /** Remembers that the stage at work depends on an object. */
  void use(InstanceHeader header) {
    used.put(header.sopInstanceUid(), header);
  }

  /** The objects that the stage at work depends on, by SOP instance UID. */
  Collection<InstanceHeader> used() {
    return used.values();
  }

  /** Whether the stage at work depends on an object. */
  boolean isUsed(String sopInstanceUid) {
    return used.containsKey(sopInstanceUid);
  }

  /** What the key of the stage at work takes from the objects: their UIDs and contents. */
  List<StageKey.Input> inputs() {
    Map<String, DigestingStreams.Digest> digests = streams.digests();
    List<StageKey.Input> inputs = new ArrayList<>();
    for (InstanceHeader header : used.values()) {
      DigestingStreams.Digest digest = digests.get(header.file().uri());
      inputs.add(
          new StageKey.Input(
              header.sopClassUid(),
              header.sopInstanceUid(),
              digest == null ? "unread" : digest.sha256()));
    }
    return inputs;
  }

  /** Reads an object of the course. */
  <T> T read(InstanceHeader header, ObjectReader<T> reader) throws CourseDataException {
    T object;
    try {
      object = read(header.file().uri(), header.sopInstanceUid(), "the file", reader);
    } catch (DicomException e) {
      requireUnchanged(List.of(header));
      throw unusable(e, header.sopInstanceUid());
    }
    requireUnchanged(List.of(header));
    return object;
  }

  /** Reads structures that this run has written for the course. */
  <T> T readOwn(String uri, String courseKey, ObjectReader<T> reader) throws CourseDataException {
    try {
      return read(uri, courseKey, "the file of automatic structures", reader);
    } catch (DicomException e) {
      throw unusable(e, courseKey);
    }
  }

  private <T> T read(String uri, String subject, String what, ObjectReader<T> reader)
      throws DicomException, CourseDataException {
    try (InputStream in = streams.open(uri)) {
      return reader.read(uri, in);
    } catch (IOException e) {
      throw new CourseDataException(
          new Finding(
              Finding.Level.FAILED,
              Finding.Code.UNREADABLE,
              subject,
              what + " cannot be read: " + FolderWalk.kind(e)));
    }
  }

  /** Reads the images of a series of the course. */
  <T> T readSeries(List<InstanceHeader> images, SeriesReader<T> reader)
      throws DicomException, CourseDataException {
    T series;
    try {
      series = reader.read(images.stream().map(image -> image.file().uri()).toList(), streams);
    } catch (DicomException e) {
      requireUnchanged(images);
      throw e;
    }
    requireUnchanged(images);
    return series;
  }

  /**
   * A file whose length is no longer that of the scan was rewritten meanwhile: nothing that the
   * scan saw of it holds, and it is not to blame for what a reader says of it.
   */
  private void requireUnchanged(List<InstanceHeader> headers) throws CourseDataException {
    for (InstanceHeader header : headers) {
      DigestingStreams.Digest digest = streams.digests().get(header.file().uri());
      if (digest != null && digest.sizeBytes() != header.file().sizeBytes()) {
        throw new CourseDataException(
            new Finding(
                Finding.Level.FAILED,
                Finding.Code.INPUT_CHANGED_DURING_RUN,
                header.sopInstanceUid(),
                "the file has "
                    + digest.sizeBytes()
                    + " bytes, the scan saw "
                    + header.file().sizeBytes()
                    + "; the next run reads it anew"));
      }
    }
  }

  /** What a stage is told of a series that cannot be used: the image whose file is to blame. */
  static CourseDataException unusable(DicomException e, ImageSeries series) {
    return unusable(
        e,
        series.instances().stream()
            .filter(image -> image.file().uri().equals(e.path()))
            .map(InstanceHeader::sopInstanceUid)
            .findFirst()
            .orElse(series.seriesUid()));
  }

  private static CourseDataException unusable(DicomException e, String subject) {
    Finding.Level level =
        e.code() == Finding.Code.UNREADABLE ? Finding.Level.FAILED : Finding.Level.SKIP_STAGE;
    return new CourseDataException(e.finding(level, subject));
  }
}
