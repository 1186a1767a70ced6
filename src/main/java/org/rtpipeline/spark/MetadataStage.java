package org.rtpipeline.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.metadata.BeamRow;
import org.rtpipeline.metadata.CaseMetadata;
import org.rtpipeline.metadata.Delivery;
import org.rtpipeline.metadata.DeliveryFindings;
import org.rtpipeline.metadata.DeliveryRow;
import org.rtpipeline.metadata.Fraction;
import org.rtpipeline.metadata.FractionRow;
import org.rtpipeline.metadata.Fractions;
import org.rtpipeline.metadata.MetadataRow;
import org.rtpipeline.metadata.pet.PetOptions;
import org.rtpipeline.metadata.pet.PetVerdict;
import org.rtpipeline.model.Course;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.Outcome;
import org.rtpipeline.model.PersonalData;
import org.rtpipeline.model.Plan;
import org.rtpipeline.model.PlanDetail;
import org.rtpipeline.model.RowHead;
import org.rtpipeline.model.TableRecord;
import org.rtpipeline.model.TreatmentRecord;

/**
 * What the objects of a course say beside doses and features: plans, beams and patient, how images
 * and dose were made, fractions, what was delivered against what was planned, and what turns PET
 * into uptake values. An object that cannot be read is left out, and a finding says so.
 */
final class MetadataStage implements CourseStage<StageRows> {

  private static final long serialVersionUID = 1L;

  private final PersonalData personal;
  private final PetOptions pet;

  /**
   * A stage.
   *
   * @param personal what the tables may hold of people
   * @param pet which PET series are turned into uptake values
   */
  MetadataStage(PersonalData personal, PetOptions pet) {
    this.personal = personal;
    this.pet = pet;
  }

  @Override
  public StageName name() {
    return StageName.METADATA;
  }

  @Override
  public String configuration() {
    return "{\"personal-data\":\"" + personal + "\",\"pet\":" + pet.json() + "}";
  }

  @Override
  public Outcome<StageRows> apply(Course course, CourseData data) {
    List<Finding> findings = new ArrayList<>();
    List<PlanDetail> details = ReadObjects.of(course.objects().plans(), data::planDetail, findings);
    List<Plan> plans = details.stream().map(PlanDetail::plan).toList();
    List<TreatmentRecord> records =
        ReadObjects.of(course.objects().records(), data::record, findings);
    plans.forEach(p -> findings.addAll(p.findings()));
    details.forEach(d -> findings.addAll(d.findings()));
    records.forEach(r -> findings.addAll(r.findings()));
    List<Fraction> fractions = Fractions.of(records, plans);
    List<Delivery> deliveries = Delivery.of(plans, fractions);
    findings.addAll(DeliveryFindings.of(deliveries));
    CaseMetadata metadata =
        new CourseMetadata(course, data, personal, findings).of(details, whole(deliveries));
    List<PetVerdict> pets = CoursePet.of(course, data, pet);
    pets.forEach(p -> findings.addAll(p.findings()));
    Outcome.Kind kind = StageResult.kindOf(findings);
    List<Finding> worstFirst = StageResult.worstFirst(findings);
    RowHead head = RowHead.of(course, data.stageKey(this), kind, worstFirst);
    List<TableRecord> rows = new ArrayList<>();
    rows.add(
        new MetadataRow(
            head, metadata, kind == Outcome.Kind.DONE ? "" : worstFirst.get(0).message()));
    details.forEach(detail -> rows.addAll(BeamRow.of(head, detail)));
    fractions.forEach(f -> rows.add(new FractionRow(head, f)));
    deliveries.forEach(d -> rows.add(new DeliveryRow(head, d)));
    pets.forEach(p -> rows.add(CoursePet.row(course, head.stageKey(), p)));
    return new Outcome.Done<>(course.id(), new StageRows(rows), findings);
  }

  private static @Nullable Delivery whole(List<Delivery> deliveries) {
    Optional<Delivery> whole = deliveries.stream().filter(Delivery::isCourse).findFirst();
    return whole.orElse(null);
  }
}
