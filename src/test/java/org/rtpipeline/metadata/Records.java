package org.rtpipeline.metadata;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.Beam;
import org.rtpipeline.model.Plan;
import org.rtpipeline.model.TreatmentRecord;
import org.rtpipeline.model.TreatmentRecord.DeliveredBeam;

/** Made plans and treatment records. */
final class Records {

  static final LocalDate MONDAY = LocalDate.of(2024, 3, 4);

  private Records() {}

  static Plan plan(String uid, @Nullable Integer fractions, int beams) {
    List<Beam> all = new ArrayList<>();
    IntStream.rangeClosed(1, beams)
        .forEach(
            n ->
                all.add(new Beam(n, "B" + n, "STATIC", "TREATMENT", "PHOTON", "L", 6.0, 2, 100.0)));
    return new Plan(uid, uid, MONDAY, null, null, fractions, List.of(), all, List.of());
  }

  static DeliveredBeam beam(int number, double specifiedMu, double deliveredMu, String end) {
    return new DeliveredBeam(number, specifiedMu, deliveredMu, end, "TREATMENT");
  }

  static DeliveredBeam whole(int number) {
    return beam(number, 100, 100, "NORMAL");
  }

  static TreatmentRecord record(
      String plan,
      @Nullable LocalDate day,
      int hour,
      @Nullable Integer number,
      DeliveredBeam... beams) {
    return new TreatmentRecord(
        plan + "/" + day + "/" + hour + "/" + number,
        plan,
        day,
        LocalTime.of(hour, 0),
        number,
        "L",
        List.of(beams),
        List.of());
  }
}
