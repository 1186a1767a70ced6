package org.rtpipeline.dicom;

import org.rtpipeline.geometry.Point;

/**
 * How one static beam is aimed.
 *
 * @param gantryAngleDeg 0 to under 360
 * @param isocentreMm patient position of the isocentre
 * @param halfFieldXMm half the field between the X jaws at the isocentre, mm
 * @param halfFieldYMm half the field between the Y jaws at the isocentre, mm
 */
public record BeamSetup(
    double gantryAngleDeg, Point isocentreMm, double halfFieldXMm, double halfFieldYMm) {}
