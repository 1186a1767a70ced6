/** Structures derived from others by set operations and margins, and the names of structures. */
@NullMarked
package org.rtpipeline.structures;

import org.jspecify.annotations.NullMarked;
