package org.rtpipeline.metadata;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.rtpipeline.model.Finding;

/** What a reader must know of the delivery of plans. */
public final class DeliveryFindings {

  private final List<Finding> findings = new ArrayList<>();

  private DeliveryFindings() {}

  /** The findings about the deliveries of a course, in the order of the deliveries. */
  public static List<Finding> of(List<Delivery> deliveries) {
    DeliveryFindings all = new DeliveryFindings();
    deliveries.stream()
        .filter(d -> !d.isCourse())
        .forEach(
            d -> {
              all.count(d);
              all.numbers(d);
              all.fractions(d);
            });
    return all.findings;
  }

  private void count(Delivery delivery) {
    int delivered = delivery.fractions().size();
    Integer planned = delivery.planned();
    if (delivered == 0) {
      add(
          Finding.Level.OK,
          Finding.Code.NO_TREATMENT_RECORDS,
          delivery,
          "no treatment record tells of the plan");
    } else if (planned != null && delivered < planned) {
      add(
          Finding.Level.WARN,
          Finding.Code.FRACTIONS_MISSING,
          delivery,
          delivered + " of " + planned + " planned fractions have records");
    } else if (planned != null && delivered > planned) {
      add(
          Finding.Level.WARN,
          Finding.Code.FRACTIONS_BEYOND_PLAN,
          delivery,
          delivered + " fractions have records, " + planned + " are planned");
    }
  }

  private void numbers(Delivery delivery) {
    long without = delivery.fractions().stream().filter(f -> f.recordedNumber() == null).count();
    if (without > 0) {
      add(
          Finding.Level.WARN,
          Finding.Code.FRACTION_NUMBER_MISSING,
          delivery,
          without + " fraction(s) without current fraction number (3008,0022), told apart by day");
    }
    Map<Integer, Integer> uses = new TreeMap<>();
    delivery.fractions().stream()
        .map(Fraction::recordedNumber)
        .filter(Objects::nonNull)
        .map(Objects::requireNonNull)
        .forEach(n -> uses.merge(n, 1, Integer::sum));
    List<Integer> repeated =
        uses.entrySet().stream().filter(e -> e.getValue() > 1).map(Map.Entry::getKey).toList();
    if (!repeated.isEmpty()) {
      add(
          Finding.Level.WARN,
          Finding.Code.FRACTION_NUMBER_REPEATED,
          delivery,
          "current fraction numbers (3008,0022) of several fractions: " + repeated);
    }
  }

  private void fractions(Delivery delivery) {
    List<Integer> partial =
        delivery.fractions().stream()
            .filter(f -> f.status() == Fraction.Status.PARTIAL)
            .map(Fraction::index)
            .toList();
    if (!partial.isEmpty()) {
      add(
          Finding.Level.WARN,
          Finding.Code.FRACTION_INCOMPLETE,
          delivery,
          "fractions with a beam missing or ended early: " + partial);
    }
    List<Integer> overridden =
        delivery.fractions().stream()
            .filter(f -> !f.overridden().isEmpty())
            .map(Fraction::index)
            .toList();
    if (!overridden.isEmpty()) {
      add(
          Finding.Level.WARN,
          Finding.Code.DELIVERY_OVERRIDDEN,
          delivery,
          "fractions with overridden parameters (3008,0060): " + overridden);
    }
  }

  private void add(Finding.Level level, Finding.Code code, Delivery delivery, String message) {
    findings.add(new Finding(level, code, delivery.planUid(), message));
  }
}
