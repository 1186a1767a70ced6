package org.rtpipeline.organize;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.FileRef;
import org.rtpipeline.model.InstanceHeader;
import org.rtpipeline.model.ObjectFacts;
import org.rtpipeline.model.Reference;
import org.rtpipeline.model.Reference.Role;

/** Made headers of one patient. */
final class Headers {

  private Headers() {}

  static InstanceHeader header(
      String uid,
      String modality,
      String study,
      @Nullable String frame,
      ObjectFacts facts,
      Reference... references) {
    return new InstanceHeader(
        new FileRef("file:/in/" + uid, 100, 0),
        "class-" + modality,
        uid,
        "P1",
        study,
        "series-" + uid,
        frame,
        modality,
        List.of(references),
        facts,
        List.of());
  }

  static List<InstanceHeader> ct(String series, String study, String frame, int slices) {
    List<InstanceHeader> images = new ArrayList<>();
    for (int i = 0; i < slices; i++) {
      String uid = series + "." + i;
      images.add(
          new InstanceHeader(
              new FileRef("file:/in/" + uid, 1000, 0),
              "class-CT",
              uid,
              "P1",
              study,
              series,
              frame,
              "CT",
              List.of(),
              new ObjectFacts.Image(
                  null,
                  List.of(),
                  i,
                  512,
                  512,
                  1,
                  List.of(0.0, 0.0, 3.0 * i),
                  List.of(1.0, 0.0, 0.0, 0.0, 1.0, 0.0)),
              List.of()));
    }
    return images;
  }

  static InstanceHeader structures(
      String uid, String study, String frame, Reference... references) {
    return header(
        uid,
        "RTSTRUCT",
        study,
        frame,
        new ObjectFacts.Structures("", null, null, List.of("PTV"), 10),
        references);
  }

  static InstanceHeader plan(
      String uid, String study, @Nullable LocalDate date, List<Integer> beams, Reference... refs) {
    return header(
        uid,
        "RTPLAN",
        study,
        null,
        new ObjectFacts.PlanFacts("", date, null, null, 30, 60.0, beams),
        refs);
  }

  static InstanceHeader dose(
      String uid, String study, String frame, String type, List<Integer> beams, Reference... refs) {
    return header(
        uid,
        "RTDOSE",
        study,
        frame,
        new ObjectFacts.Dose("GY", "PHYSICAL", type, beams, 1000),
        refs);
  }

  static InstanceHeader record(String uid, String study, Reference... references) {
    return header(uid, "RTRECORD", study, null, new ObjectFacts.Delivery(null, 1), references);
  }

  static InstanceHeader registration(String uid, String frame, Reference... references) {
    return header(uid, "REG", "study-reg", frame, new ObjectFacts.Link(), references);
  }

  static Reference to(Role role, String uid) {
    return new Reference(role, uid);
  }

  static Reference[] images(String series, int slices) {
    Reference[] references = new Reference[slices];
    for (int i = 0; i < slices; i++) {
      references[i] = to(Role.IMAGE, series + "." + i);
    }
    return references;
  }
}
