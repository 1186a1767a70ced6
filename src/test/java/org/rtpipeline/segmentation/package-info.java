/** Tests of the back ends of the segmentation and of what is made of their labels. */
@NullMarked
package org.rtpipeline.segmentation;

import org.jspecify.annotations.NullMarked;
