package org.rtpipeline.phantom;

/**
 * A region of a made-up patient.
 *
 * @param name ROI name, as TG-263 spells it
 * @param type RT ROI interpreted type: EXTERNAL, PTV, CTV, GTV, ORGAN or AVOIDANCE
 * @param intensityHu what the CT shows inside it, HU
 * @param solid where it is
 */
public record PhantomRoi(String name, String type, int intensityHu, Solid solid) {}
