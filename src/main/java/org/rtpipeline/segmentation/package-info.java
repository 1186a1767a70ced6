/** Structures found in images by a method or a model, and what is made of them. */
@NullMarked
package org.rtpipeline.segmentation;

import org.jspecify.annotations.NullMarked;
