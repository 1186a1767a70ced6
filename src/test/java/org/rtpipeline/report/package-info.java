/** Tests of the exports and the report page. */
@NullMarked
package org.rtpipeline.report;

import org.jspecify.annotations.NullMarked;
