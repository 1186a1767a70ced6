/**
 * Radiomics features of one region of interest: image and mask in, names and numbers out. Arrays x
 * fastest, then y, then z. Follows PyRadiomics habit by habit, or the IBSI; never a mixture.
 */
@NullMarked
package org.rtpipeline.radiomics;

import org.jspecify.annotations.NullMarked;
