package org.rtpipeline.model;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * One dose reference of a plan (PS3.3 C.8.8.10).
 *
 * @param referenceType dose reference type (300A,0020), such as TARGET; null when absent
 * @param description dose reference description (300A,0016); null when absent
 * @param roiNumber referenced ROI number (3006,0084); null when absent
 * @param targetPrescriptionDoseGy target prescription dose (300A,0026), Gy; null when absent
 */
public record Prescription(
    @Nullable String referenceType,
    @Nullable String description,
    @Nullable Integer roiNumber,
    @Nullable Double targetPrescriptionDoseGy)
    implements Serializable {}
