/**
 * Object headers of a patient to courses of treatment: which objects belong together, which dose
 * counts, and by which evidence. Pure functions; the order of files never matters.
 */
@NullMarked
package org.rtpipeline.organize;

import org.jspecify.annotations.NullMarked;
