/** Checks of the quality of a course's data, and of regions across the cohort. */
@NullMarked
package org.rtpipeline.qc;

import org.jspecify.annotations.NullMarked;
