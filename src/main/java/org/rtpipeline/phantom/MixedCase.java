package org.rtpipeline.phantom;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.rtpipeline.dicom.RtDoseWriter;
import org.rtpipeline.dicom.StudyContext;
import org.rtpipeline.phantom.CasePatient.Intent;

/** The patients of the mixed cohort: what clinics send beside plain courses. */
enum MixedCase {
  /** CT, structure set, plan, dose and a record of every fraction. */
  PLAIN {
    @Override
    void tell(CasePatient p, List<CourseTruth> truth) throws IOException {
      StudyContext study = p.study("study", SCAN);
      base(p, study, 1, Intent.of("Prostate", PLANNED, 4, 60.0));
      p.dose(study, "rd", p.ofPlan("rp"), 60);
      p.records(study, "rp", START, 4);
      truth.add(full(p).has("RTRECORD", 4).dose("SINGLE_DOSE", "rd").fractions("rp", 4).truth());
    }
  },
  /** Two plans, their doses and the planning system's sum. */
  PLAN_SUM {
    @Override
    void tell(CasePatient p, List<CourseTruth> truth) throws IOException {
      StudyContext study = p.study("study", SCAN);
      base(p, study, 2, Intent.of("Breast", PLANNED, 25, 50.0));
      p.plan(study, "rp2", "rs", new Intent("Nodes", PLANNED, 25, List.of(45.0), 2, 0));
      p.dose(study, "rd", p.ofPlan("rp"), 50);
      p.dose(study, "rd2", p.ofPlan("rp2"), 45);
      p.dose(
          study,
          "sum",
          new RtDoseWriter.Kind("PLAN_SUM", "GY", List.of(p.uid("rp"), p.uid("rp2")), null),
          95);
      truth.add(
          full(p)
              .has("RTPLAN", 2)
              .has("RTDOSE", 3)
              .dose("PLAN_SUM_USED", "sum")
              .found(UNRECORDED)
              .truth());
    }
  },
  /** One dose per treatment beam; the plan has a beam for setup too. */
  BEAM_DOSES {
    @Override
    void tell(CasePatient p, List<CourseTruth> truth) throws IOException {
      StudyContext study = p.study("study", SCAN);
      base(p, study, 1, new Intent("Lung", PLANNED, 30, List.of(60.0), 1, 1));
      p.dose(study, "rd1", beam(p, 1), 25);
      p.dose(study, "rd2", beam(p, 2), 35);
      truth.add(
          full(p)
              .has("RTDOSE", 2)
              .dose("BEAM_DOSES_SUMMED", "rd1", "rd2")
              .found(UNRECORDED)
              .truth());
    }
  },
  /** A treatment beam without dose. */
  BEAM_DOSE_MISSING {
    @Override
    void tell(CasePatient p, List<CourseTruth> truth) throws IOException {
      StudyContext study = p.study("study", SCAN);
      base(p, study, 1, Intent.of("Lung", PLANNED, 30, 60.0));
      p.dose(study, "rd1", beam(p, 1), 25);
      truth.add(full(p).dose("BEAM_DOSES_INCOMPLETE").found("AMBIGUOUS_DOSE", UNRECORDED).truth());
    }
  },
  /** A first course and a boost after it, every fraction recorded. */
  BOOST {
    @Override
    void tell(CasePatient p, List<CourseTruth> truth) throws IOException {
      StudyContext study = p.study("study", SCAN);
      base(p, study, 2, Intent.of("Prostate", PLANNED, 4, 46.0));
      p.plan(study, "rp2", "rs", new Intent("Phase 2", PLANNED, 2, List.of(24.0), 2, 0));
      p.dose(study, "rd", p.ofPlan("rp"), 46);
      p.dose(study, "rd2", p.ofPlan("rp2"), 24);
      p.records(study, "rp", START, 4);
      p.records(study, "rp2", START.plusDays(4), 2);
      truth.add(
          full(p)
              .has("RTPLAN", 2)
              .has("RTDOSE", 2)
              .has("RTRECORD", 6)
              .dose("PLANS_SUMMED", "rd", "rd2")
              .fractions("rp", 4)
              .fractions("rp2", 2)
              .truth());
    }
  },
  /** A plan that another replaces after two fractions. */
  REPLAN {
    @Override
    void tell(CasePatient p, List<CourseTruth> truth) throws IOException {
      StudyContext study = p.study("study", SCAN);
      base(p, study, 1, Intent.of("HeadNeck", PLANNED, 6, 60.0));
      p.plan(study, "rp2", "rs", Intent.of("HeadNeck adapt", START.plusDays(1), 6, 60.0));
      p.dose(study, "rd", p.ofPlan("rp"), 60);
      p.dose(study, "rd2", p.ofPlan("rp2"), 60);
      p.records(study, "rp", START, 2);
      p.records(study, "rp2", START.plusDays(2), 4);
      truth.add(
          full(p)
              .has("RTPLAN", 2)
              .has("RTDOSE", 2)
              .has("RTRECORD", 6)
              .dose("REPLAN_FIRST_PLAN", "rd")
              .fractions("rp", 2)
              .fractions("rp2", 4)
              .found("REPLANNED", "NO_DOSE", "FRACTIONS_MISSING")
              .truth());
    }
  },
  /** Two studies of one month. */
  TWO_COURSES {
    @Override
    void tell(CasePatient p, List<CourseTruth> truth) throws IOException {
      for (String suffix : List.of("", "-b")) {
        StudyContext study = p.study("study" + suffix, SCAN);
        p.ct(study, "ct" + suffix, CasePatient.IMAGES, "Planning CT");
        p.structures(study, "rs" + suffix, "ct" + suffix, 1);
        p.plan(study, "rp" + suffix, "rs" + suffix, Intent.of("Bone", PLANNED, 1, 8.0));
        p.dose(study, "rd" + suffix, p.ofPlan("rp" + suffix), 8);
        truth.add(
            new TruthOfCase(p, name(), PLANNED)
                .planningCt("ct" + suffix)
                .has("RTSTRUCT", 1)
                .has("RTPLAN", 1)
                .has("RTDOSE", 1)
                .dose("SINGLE_DOSE", "rd" + suffix)
                .found(UNRECORDED)
                .truth());
      }
    }
  },
  /** CT and structure set. */
  STRUCTURES_ONLY {
    @Override
    void tell(CasePatient p, List<CourseTruth> truth) throws IOException {
      StudyContext study = p.study("study", SCAN);
      p.ct(study, "ct", CasePatient.IMAGES, "Planning CT");
      p.structures(study, "rs", "ct", 1);
      truth.add(new TruthOfCase(p, name(), null).planningCt("ct").has("RTSTRUCT", 1).truth());
    }
  },
  /** CT alone. */
  CT_ONLY {
    @Override
    void tell(CasePatient p, List<CourseTruth> truth) throws IOException {
      p.ct(p.study("study", SCAN), "ct", CasePatient.IMAGES, "Thorax");
      truth.add(new TruthOfCase(p, name(), null).onlyCt("ct").truth());
    }
  },
  /** Plan and dose without structure set and CT. */
  DOSE_ONLY {
    @Override
    void tell(CasePatient p, List<CourseTruth> truth) throws IOException {
      StudyContext study = p.study("study", SCAN);
      p.plan(study, "rp", "rs", Intent.of("Brain", PLANNED, 10, 30.0));
      p.dose(study, "rd", p.ofPlan("rp"), 30);
      truth.add(
          new TruthOfCase(p, name(), PLANNED)
              .has("RTPLAN", 1)
              .has("RTDOSE", 1)
              .dose("SINGLE_DOSE", "rd")
              .found(UNRECORDED)
              .truth());
    }
  },
  /** Half of the images that the structure set refers to. */
  IMAGES_MISSING {
    @Override
    void tell(CasePatient p, List<CourseTruth> truth) throws IOException {
      StudyContext study = p.study("study", SCAN);
      p.ct(study, "ct", CasePatient.IMAGES / 2, "Planning CT");
      p.structures(study, "rs", "ct", 1);
      p.plan(study, "rp", "rs", Intent.of("Rectum", PLANNED, 25, 50.0));
      p.dose(study, "rd", p.ofPlan("rp"), 50);
      truth.add(
          new TruthOfCase(p, name(), PLANNED)
              .series("ct", "REFERENCE EXCLUDED")
              .has("RTSTRUCT", 1)
              .has("RTPLAN", 1)
              .has("RTDOSE", 1)
              .dose("SINGLE_DOSE", "rd")
              .found("RTSTRUCT_REFERENCE_MISSING", UNRECORDED)
              .truth());
    }
  },
  /** A dose whose plan is not there. */
  PLAN_MISSING {
    @Override
    void tell(CasePatient p, List<CourseTruth> truth) throws IOException {
      StudyContext study = p.study("study", SCAN);
      p.ct(study, "ct", CasePatient.IMAGES, "Planning CT");
      p.structures(study, "rs", "ct", 1);
      p.dose(study, "rd", p.ofPlan("rp"), 50);
      truth.add(
          new TruthOfCase(p, name(), null)
              .planningCt("ct")
              .has("RTSTRUCT", 1)
              .has("RTDOSE", 1)
              .dose("SINGLE_DOSE", "rd")
              .found("PLAN_MISSING", "LINKED_BY_FRAME_OF_REFERENCE")
              .truth());
    }
  },
  /** Two fractions a day, numbered. */
  TWICE_DAILY {
    @Override
    void tell(CasePatient p, List<CourseTruth> truth) throws IOException {
      StudyContext study = p.study("study", SCAN);
      base(p, study, 1, Intent.of("Larynx", PLANNED, 4, 4.8));
      p.dose(study, "rd", p.ofPlan("rp"), 4.8);
      for (int n = 1; n <= 4; n++) {
        p.record(study, "rp", START.plusDays((n - 1) / 2).atTime(n % 2 == 1 ? 8 : 15, 0), n);
      }
      truth.add(full(p).has("RTRECORD", 4).dose("SINGLE_DOSE", "rd").fractions("rp", 4).truth());
    }
  },
  /** Two fractions a day whose records have no fraction number. */
  TWICE_DAILY_WITHOUT_NUMBERS {
    @Override
    void tell(CasePatient p, List<CourseTruth> truth) throws IOException {
      StudyContext study = p.study("study", SCAN);
      base(p, study, 1, Intent.of("Larynx", PLANNED, 4, 4.8));
      p.dose(study, "rd", p.ofPlan("rp"), 4.8);
      for (int n = 1; n <= 4; n++) {
        p.record(study, "rp", START.plusDays((n - 1) / 2).atTime(n % 2 == 1 ? 8 : 15, 0), null);
      }
      truth.add(
          full(p)
              .has("RTRECORD", 4)
              .dose("SINGLE_DOSE", "rd")
              .fractions("rp", 4)
              .found("FRACTION_NUMBER_MISSING")
              .truth());
    }
  },
  /** Three levels at once, under a name that has the word for it. */
  SIMULTANEOUS_BOOST {
    @Override
    void tell(CasePatient p, List<CourseTruth> truth) throws IOException {
      StudyContext study = p.study("study", SCAN);
      base(p, study, 3, Intent.of("HN SIB 70/63/56", PLANNED, 35, 70.0, 63.0, 56.0));
      p.dose(study, "rd", p.ofPlan("rp"), 70);
      truth.add(full(p).dose("SINGLE_DOSE", "rd").found(UNRECORDED).truth());
    }
  },
  /** An MR of its own study and frame, registered with the planning CT. */
  MR_REGISTERED {
    @Override
    void tell(CasePatient p, List<CourseTruth> truth) throws IOException {
      StudyContext study = p.study("study", SCAN);
      StudyContext other = p.study("mr-study", SCAN.minusDays(3));
      base(p, study, 1, Intent.of("Brain", PLANNED, 30, 60.0));
      p.dose(study, "rd", p.ofPlan("rp"), 60);
      p.mr(other, "mr", "t2_tse_tra");
      p.mr(other, "dwi", "ep2d_diff_b800");
      p.registration(study, "reg", other, "mr", "MR");
      truth.add(
          full(p)
              .has("REG", 1)
              .series("mr", "REGISTRATION MR_ANATOMIC")
              .series("dwi", "REGISTRATION MR_FUNCTIONAL")
              .dose("SINGLE_DOSE", "rd")
              .found(UNRECORDED)
              .truth());
    }
  },
  /** A PET/CT of its own study and frame, registered with the planning CT. */
  PET {
    @Override
    void tell(CasePatient p, List<CourseTruth> truth) throws IOException {
      StudyContext study = p.study("study", SCAN);
      StudyContext other = p.study("pet-study", SCAN.minusDays(10));
      base(p, study, 1, Intent.of("Lung", PLANNED, 30, 60.0));
      p.dose(study, "rd", p.ofPlan("rp"), 60);
      p.ct(other, "pet-ct", CasePatient.IMAGES, "CT AC");
      p.pet(other, "pet");
      p.registration(study, "reg", other, "pet-ct", "CT");
      truth.add(
          full(p)
              .has("REG", 1)
              .series("pet-ct", "REGISTRATION PETCT_CT")
              .series("pet", "REGISTRATION PET")
              .dose("SINGLE_DOSE", "rd")
              .found(UNRECORDED)
              .truth());
    }
  },
  /** Phases and average of a 4DCT, and a cone-beam CT, in the frame of the planning CT. */
  CT_OF_EVERY_KIND {
    @Override
    void tell(CasePatient p, List<CourseTruth> truth) throws IOException {
      StudyContext study = p.study("study", SCAN);
      base(p, study, 1, Intent.of("Lung", PLANNED, 30, 60.0));
      p.dose(study, "rd", p.ofPlan("rp"), 60);
      p.ct(study, "t00", CasePatient.IMAGES, "4D T=0%");
      p.ct(study, "ave", CasePatient.IMAGES, "4D AVE");
      p.ct(study, "mip", CasePatient.IMAGES, "4D MIP");
      p.ct(study, "cbct", CasePatient.IMAGES, "kV_CBCT");
      p.ct(study, "other", CasePatient.IMAGES, "Thorax contrast");
      truth.add(
          full(p)
              .series("t00", "STUDY_AND_FRAME FOURDCT_PHASE")
              .series("ave", "STUDY_AND_FRAME FOURDCT_AVERAGE")
              .series("mip", "STUDY_AND_FRAME EXCLUDED")
              .series("cbct", "STUDY_AND_FRAME CBCT")
              .series("other", "STUDY_AND_FRAME DIAGNOSTIC_CT")
              .dose("SINGLE_DOSE", "rd")
              .found(UNRECORDED)
              .truth());
    }
  },
  /** Two plans of one day for the same targets and dose, none recorded: rivals. */
  RIVAL_PLANS {
    @Override
    void tell(CasePatient p, List<CourseTruth> truth) throws IOException {
      StudyContext study = p.study("study", SCAN);
      base(p, study, 1, Intent.of("Prostate copy", PLANNED, 30, 60.0));
      p.plan(study, "rp2", "rs", Intent.of("Prostate v2", PLANNED, 30, 60.0));
      p.dose(study, "rd", p.ofPlan("rp"), 60);
      p.dose(study, "rd2", p.ofPlan("rp2"), 60);
      truth.add(
          full(p)
              .has("RTPLAN", 2)
              .has("RTDOSE", 2)
              .dose("AMBIGUOUS_NO_SUM")
              .found("AMBIGUOUS_DOSE", UNRECORDED)
              .truth());
    }
  },
  /** Two plans whose dose grids do not overlap. */
  SEPARATE_REGIONS {
    @Override
    void tell(CasePatient p, List<CourseTruth> truth) throws IOException {
      StudyContext study = p.study("study", SCAN);
      base(p, study, 2, Intent.of("Spine", PLANNED, 5, 20.0));
      p.plan(study, "rp2", "rs", new Intent("Hip", PLANNED, 5, List.of(20.0), 2, 0));
      p.dose(study, "rd", p.ofPlan("rp"), 20);
      p.dose(study, "rd2", p.ofPlan("rp2"), 20, 200);
      truth.add(
          full(p)
              .has("RTPLAN", 2)
              .has("RTDOSE", 2)
              .dose("SEPARATE_REGIONS")
              .found("AMBIGUOUS_DOSE", UNRECORDED)
              .truth());
    }
  },
  /** A dose in cGy. */
  CENTIGRAY {
    @Override
    void tell(CasePatient p, List<CourseTruth> truth) throws IOException {
      StudyContext study = p.study("study", SCAN);
      base(p, study, 1, Intent.of("Breast", PLANNED, 15, 40.0));
      p.dose(study, "rd", new RtDoseWriter.Kind("PLAN", "CGY", List.of(p.uid("rp")), null), 4000);
      truth.add(full(p).dose("SINGLE_DOSE", "rd").found(UNRECORDED).truth());
    }
  },
  /** A dose in per cent of something. */
  RELATIVE_DOSE {
    @Override
    void tell(CasePatient p, List<CourseTruth> truth) throws IOException {
      StudyContext study = p.study("study", SCAN);
      base(p, study, 1, Intent.of("Breast", PLANNED, 15, 40.0));
      p.dose(
          study, "rd", new RtDoseWriter.Kind("PLAN", "RELATIVE", List.of(p.uid("rp")), null), 100);
      truth.add(full(p).dose("SINGLE_DOSE", "rd").found(UNRECORDED).truth());
    }
  },
  /** A dose that lies in two files. */
  DOSE_TWICE {
    @Override
    void tell(CasePatient p, List<CourseTruth> truth) throws IOException {
      StudyContext study = p.study("study", SCAN);
      base(p, study, 1, Intent.of("Bladder", PLANNED, 20, 55.0));
      p.dose(study, "rd", p.ofPlan("rp"), 55);
      p.copyOfLastFile();
      truth.add(full(p).dose("SINGLE_DOSE", "rd").found("DUPLICATE_INSTANCE", UNRECORDED).truth());
    }
  };

  private static final LocalDate SCAN = LocalDate.of(2024, 3, 4);
  private static final LocalDate PLANNED = SCAN.plusDays(2);
  private static final LocalDate START = LocalDate.of(2024, 3, 11);
  private static final String UNRECORDED = "NO_TREATMENT_RECORDS";

  /** Writes the files of the patient and adds what is true of its courses. */
  abstract void tell(CasePatient patient, List<CourseTruth> truth) throws IOException;

  /**
   * Writes the patient of this story.
   *
   * @param number its place in the cohort, from 1
   * @return what is true of its courses
   */
  List<CourseTruth> write(Path folder, int number, long seed) throws IOException {
    String patientId =
        String.format(Locale.ROOT, "MIXED-%02d-%s", number, name().replace('_', '-'));
    List<CourseTruth> truth = new ArrayList<>();
    tell(new CasePatient(folder.resolve(patientId), patientId, seed), truth);
    return truth;
  }

  /** CT, structure set and plan. */
  private static void base(CasePatient p, StudyContext study, int targets, Intent intent)
      throws IOException {
    p.ct(study, "ct", CasePatient.IMAGES, "Planning CT");
    p.structures(study, "rs", "ct", targets);
    p.plan(study, "rp", "rs", intent);
  }

  /** What is true where CT, structure set, plan and dose are there once each. */
  TruthOfCase full(CasePatient p) {
    return new TruthOfCase(p, name(), PLANNED)
        .planningCt("ct")
        .has("RTSTRUCT", 1)
        .has("RTPLAN", 1)
        .has("RTDOSE", 1);
  }

  private static RtDoseWriter.Kind beam(CasePatient p, int number) {
    return new RtDoseWriter.Kind("BEAM", "GY", List.of(p.uid("rp")), number);
  }
}
