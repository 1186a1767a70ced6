package org.rtpipeline.phantom;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Made-up cohorts: a folder of DICOM files for each patient, and the truth beside them. */
public final class PhantomCohort {

  private PhantomCohort() {}

  /**
   * Writes a cohort: {@code PHANTOM-0001/} and so on, and {@value Truth#FILE_NAME}.
   *
   * <p>The same options give the same files, byte for byte. Files of the same names are replaced,
   * others stay.
   *
   * @param folder where to; made when it is not there
   * @return what is true of every region, in the order of the file
   */
  public static List<TruthRow> write(Path folder, PhantomOptions options) throws IOException {
    Files.createDirectories(folder);
    List<TruthRow> truth = new ArrayList<>();
    for (int patient = 1; patient <= options.patients(); patient++) {
      PhantomCourse course = PhantomCourse.of(options, patient);
      new CourseWriter(course, folder.resolve(course.patientId())).write();
      truth.addAll(course.truth());
    }
    Truth.write(folder.resolve(Truth.FILE_NAME), truth);
    return List.copyOf(truth);
  }
}
