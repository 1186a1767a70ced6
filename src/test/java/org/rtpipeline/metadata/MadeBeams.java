package org.rtpipeline.metadata;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.rtpipeline.model.Beam;
import org.rtpipeline.model.ControlPoint;
import org.rtpipeline.model.PlannedBeam;

/** Made beams with leaves 10 mm wide. */
final class MadeBeams {

  static final double LEAF_MM = 10;

  private MadeBeams() {}

  /** A control point of a photon beam of 6 MV whose jaws let all leaves through. */
  static ControlPoint point(
      double weight, double gantryDeg, String rotation, List<Double> first, List<Double> second) {
    List<Double> leaves = new ArrayList<>(first);
    leaves.addAll(second);
    double halfMm = first.size() * LEAF_MM / 2;
    return new ControlPoint(
        weight,
        6.0,
        gantryDeg,
        rotation,
        0.0,
        0.0,
        List.of(
            new ControlPoint.Positions("ASYMY", List.of(-halfMm, halfMm)),
            new ControlPoint.Positions("MLCX", leaves)));
  }

  /** As many leaves at one position. */
  static List<Double> aligned(int pairs, double mm) {
    return DoubleStream.generate(() -> mm).limit(pairs).boxed().toList();
  }

  static Beam beam(int number, String radiation, double metersetMu, int points) {
    return new Beam(
        number, "B" + number, "DYNAMIC", "TREATMENT", radiation, "L", 6.0, points, metersetMu);
  }

  static PlannedBeam planned(int number, double metersetMu, List<ControlPoint> points) {
    return planned(beam(number, "PHOTON", metersetMu, points.size()), points);
  }

  static PlannedBeam planned(Beam beam, List<ControlPoint> points) {
    int pairs =
        points.stream()
            .flatMap(p -> p.positionsMm("MLCX").stream())
            .findFirst()
            .map(mm -> mm.size() / 2)
            .orElse(0);
    List<PlannedBeam.Device> devices = new ArrayList<>();
    devices.add(new PlannedBeam.Device("ASYMY", List.of()));
    if (pairs > 0) {
      devices.add(
          new PlannedBeam.Device(
              "MLCX",
              IntStream.rangeClosed(0, pairs).mapToObj(i -> (i - pairs / 2.0) * LEAF_MM).toList()));
    }
    return new PlannedBeam(beam, 1.0, devices, points);
  }

  /** A field at rest whose leaves are aligned at both sides. */
  static PlannedBeam openField(int number, double metersetMu) {
    List<Double> first = aligned(10, -50);
    List<Double> second = aligned(10, 50);
    return planned(
        number,
        metersetMu,
        List.of(point(0, 30, "NONE", first, second), point(1, 30, "NONE", first, second)));
  }

  /** An arc from 180 degrees clockwise to 179, aperture and meterset per degree changing. */
  static PlannedBeam arc(int number, double metersetMu, int points) {
    List<ControlPoint> all = new ArrayList<>();
    for (int i = 0; i < points; i++) {
      double part = (double) i / (points - 1);
      double shiftMm = i % 2 == 0 ? 0 : 10;
      all.add(
          point(
              part * part,
              (180 + 359 * part) % 360,
              "CW",
              aligned(10, -50 + shiftMm),
              aligned(10, 50 - shiftMm)));
    }
    return planned(number, metersetMu, all);
  }
}
