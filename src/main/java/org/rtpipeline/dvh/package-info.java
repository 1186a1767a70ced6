/**
 * Dose-volume histograms of regions, and every number read from them.
 *
 * <p>{@link org.rtpipeline.dvh.DoseVolumeCalculator} turns one region and one dose into a {@link
 * org.rtpipeline.dvh.RoiDoseVolume}; {@link org.rtpipeline.dvh.DvhRow} and {@link
 * org.rtpipeline.dvh.DvhCurveRow} are what the tables hold.
 */
@NullMarked
package org.rtpipeline.dvh;

import org.jspecify.annotations.NullMarked;
