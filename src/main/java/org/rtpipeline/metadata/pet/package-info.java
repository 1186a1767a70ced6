/**
 * PET: what was given and when, and what turns the values of a series into standardised uptake
 * values.
 */
@NullMarked
package org.rtpipeline.metadata.pet;

import org.jspecify.annotations.NullMarked;
