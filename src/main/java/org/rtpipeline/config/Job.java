package org.rtpipeline.config;

import org.rtpipeline.dvh.DvhRequest;
import org.rtpipeline.metadata.pet.PetOptions;
import org.rtpipeline.organize.OrganizeOptions;
import org.rtpipeline.qc.CropOptions;
import org.rtpipeline.radiomics.RadiomicsSettings;
import org.rtpipeline.report.ExportOptions;
import org.rtpipeline.segmentation.SegmentationOptions;
import org.rtpipeline.structures.StructureRequest;

/**
 * Everything one run is asked to do.
 *
 * @param input path or URI of the folder with DICOM files; a path without scheme is absolute
 * @param output path or URI of the folder for results; a path without scheme is absolute
 * @param selection stages and courses
 * @param engine use of the machine
 * @param courses how courses are formed
 * @param segmentation how structures are found
 * @param structures what is derived from other structures
 * @param cropping whether structures are cut at the bounds of a region of the body
 * @param dvh what is asked of doses and volumes
 * @param pet which PET series are turned into uptake values
 * @param radiomics how radiomics features are computed
 * @param privacy what may be known of a patient
 * @param export copies of the tables that people open
 * @param phantom cohort that the job makes for itself
 * @param configuration the whole of it as it was read
 */
public record Job(
    String input,
    String output,
    Selection selection,
    EngineOptions engine,
    OrganizeOptions courses,
    SegmentationOptions segmentation,
    StructureRequest structures,
    CropOptions cropping,
    DvhRequest dvh,
    PetOptions pet,
    RadiomicsSettings radiomics,
    PrivacyOptions privacy,
    ExportOptions export,
    PhantomSection phantom,
    ResolvedConfiguration configuration) {}
