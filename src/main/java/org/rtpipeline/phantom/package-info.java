/**
 * Made-up treatment courses as valid DICOM: bodies and organs are solids whose volume and dose
 * statistics have closed forms, so the right answer is known and lies beside the data.
 */
@NullMarked
package org.rtpipeline.phantom;

import org.jspecify.annotations.NullMarked;
