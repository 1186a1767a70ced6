/**
 * What the objects of a course say of the treatment: fractions from treatment records, and what was
 * delivered against what was planned. Model values in, rows out.
 */
@NullMarked
package org.rtpipeline.metadata;

import org.jspecify.annotations.NullMarked;
