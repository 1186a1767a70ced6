/** Structures derived from others by set operations, margins and rings. */
@NullMarked
package org.rtpipeline.structures;

import org.jspecify.annotations.NullMarked;
