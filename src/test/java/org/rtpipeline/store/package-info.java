/** Tests of the tables. */
@NullMarked
package org.rtpipeline.store;

import org.jspecify.annotations.NullMarked;
