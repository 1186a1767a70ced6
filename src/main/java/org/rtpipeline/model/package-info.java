/**
 * The nouns of radiotherapy that every other package speaks: courses, structure sets, doses, plans,
 * findings, outcomes and the rows of result tables.
 */
@NullMarked
package org.rtpipeline.model;

import org.jspecify.annotations.NullMarked;
