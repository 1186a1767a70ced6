package org.rtpipeline.spark;

import java.util.ArrayList;
import java.util.List;
import org.rtpipeline.metadata.Delivery;
import org.rtpipeline.metadata.DeliveryFindings;
import org.rtpipeline.metadata.DeliveryRow;
import org.rtpipeline.metadata.Fraction;
import org.rtpipeline.metadata.FractionRow;
import org.rtpipeline.metadata.Fractions;
import org.rtpipeline.metadata.pet.PetOptions;
import org.rtpipeline.metadata.pet.PetVerdict;
import org.rtpipeline.model.Course;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.Outcome;
import org.rtpipeline.model.Plan;
import org.rtpipeline.model.RowHead;
import org.rtpipeline.model.TableRecord;
import org.rtpipeline.model.TreatmentRecord;

/**
 * What the plans, treatment records and PET series of a course say: fractions, what was delivered
 * against what was planned, and what turns PET into uptake values. An object that cannot be read is
 * left out, and a finding says so.
 */
final class MetadataStage implements CourseStage<StageRows> {

  private static final long serialVersionUID = 1L;

  private final PetOptions pet;

  MetadataStage(PetOptions pet) {
    this.pet = pet;
  }

  @Override
  public StageName name() {
    return StageName.METADATA;
  }

  @Override
  public String configuration() {
    return pet.json();
  }

  @Override
  public Outcome<StageRows> apply(Course course, CourseData data) {
    List<Finding> findings = new ArrayList<>();
    List<Plan> plans = ReadObjects.of(course.objects().plans(), data::plan, findings);
    List<TreatmentRecord> records =
        ReadObjects.of(course.objects().records(), data::record, findings);
    plans.forEach(p -> findings.addAll(p.findings()));
    records.forEach(r -> findings.addAll(r.findings()));
    List<Fraction> fractions = Fractions.of(records, plans);
    List<Delivery> deliveries = Delivery.of(plans, fractions);
    findings.addAll(DeliveryFindings.of(deliveries));
    List<PetVerdict> pets = CoursePet.of(course, data, pet);
    pets.forEach(p -> findings.addAll(p.findings()));
    RowHead head = RowHead.of(course, data.stageKey(this), Outcome.Kind.DONE, findings);
    List<TableRecord> rows = new ArrayList<>();
    fractions.forEach(f -> rows.add(new FractionRow(head, f)));
    deliveries.forEach(d -> rows.add(new DeliveryRow(head, d)));
    pets.forEach(p -> rows.add(CoursePet.row(course, head.stageKey(), p)));
    return new Outcome.Done<>(course.id(), new StageRows(rows), findings);
  }
}
