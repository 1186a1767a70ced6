/** Readers of research image formats: NIfTI-1 and NRRD, into arrays and image volumes. */
@NullMarked
package org.rtpipeline.images;

import org.jspecify.annotations.NullMarked;
