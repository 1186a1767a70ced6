/**
 * Segmentation by programs outside the JVM: kept warm, watched, and ended with all they started.
 */
@NullMarked
package org.rtpipeline.segmentation.worker;

import org.jspecify.annotations.NullMarked;
