package org.rtpipeline.spark;

import java.util.EnumSet;
import java.util.Set;
import org.rtpipeline.config.EngineOptions.OnBug;
import org.rtpipeline.config.Job;
import org.rtpipeline.config.RequestedStage;
import org.rtpipeline.config.ResolvedConfiguration;
import org.rtpipeline.config.Selection;
import org.rtpipeline.dvh.DvhRequest;
import org.rtpipeline.metadata.pet.PetOptions;
import org.rtpipeline.model.PersonalData;
import org.rtpipeline.organize.CourseKeys;
import org.rtpipeline.organize.OrganizeOptions;
import org.rtpipeline.qc.CropOptions;
import org.rtpipeline.radiomics.RadiomicsSettings;
import org.rtpipeline.report.ExportOptions;
import org.rtpipeline.segmentation.SegmentationOptions;
import org.rtpipeline.store.PatientIds;
import org.rtpipeline.structures.StructureRequest;

/**
 * What one run is asked to do, in the words of the packages that do it.
 *
 * @param places input and output
 * @param stages stages over courses that are asked for
 * @param selection which courses
 * @param onBug what an error of our own does
 * @param organize how courses are formed
 * @param keys how courses are named
 * @param segmentation how structures are found
 * @param structures what is derived from other structures
 * @param cropping whether structures are cut at the bounds of a region of the body
 * @param dvh what is asked of doses and volumes
 * @param pet which PET series are turned into uptake values
 * @param radiomics how radiomics features are computed
 * @param patientIds what the tables say of patients
 * @param personal what the tables hold of people beside ids
 * @param export copies of the tables
 * @param configuration the whole of it as it was read
 */
public record RunRequest(
    Places places,
    Set<StageName> stages,
    Selection selection,
    OnBug onBug,
    OrganizeOptions organize,
    CourseKeys keys,
    SegmentationOptions segmentation,
    StructureRequest structures,
    CropOptions cropping,
    DvhRequest dvh,
    PetOptions pet,
    RadiomicsSettings radiomics,
    PatientIds patientIds,
    PersonalData personal,
    ExportOptions export,
    ResolvedConfiguration configuration) {

  /**
   * Where a run reads and writes.
   *
   * @param inputUri folder or file with DICOM files
   * @param outputUri folder for results
   */
  public record Places(String inputUri, String outputUri) {}

  /** Copies the set. */
  public RunRequest {
    stages = Set.copyOf(stages);
  }

  /**
   * The request of a job.
   *
   * @param siteKey secret of the site, under which courses are named
   */
  public static RunRequest of(Job job, byte[] siteKey) {
    return new RunRequest(
        new Places(job.input(), job.output()),
        stages(job),
        job.selection(),
        job.engine().onBug(),
        job.courses(),
        new CourseKeys(siteKey),
        job.segmentation(),
        job.structures(),
        job.cropping(),
        job.dvh(),
        job.pet(),
        job.radiomics(),
        PatientIds.of(job.privacy().identifiers(), siteKey),
        job.privacy().personalData(),
        job.export(),
        job.configuration());
  }

  private static Set<StageName> stages(Job job) {
    Set<StageName> stages = EnumSet.noneOf(StageName.class);
    job.selection().stages().stream()
        .filter(stage -> stage != RequestedStage.ORGANIZE)
        .forEach(stage -> stages.add(StageName.valueOf(stage.name())));
    if (job.cropping().mode() == CropOptions.Mode.ON) {
      stages.add(StageName.CROPPING);
    }
    return stages;
  }
}
