/**
 * The only place that knows DICOM: streams in, {@code model} values out, and back. Every failure is
 * one checked exception with a code, a path and an offset; a DICOM engine is named by one adapter
 * class only.
 */
@NullMarked
package org.rtpipeline.dicom;

import org.jspecify.annotations.NullMarked;
