/**
 * The tables of record: Delta tables under {@code <output>/tables}, one transaction per table and
 * run, on any Hadoop file system.
 */
@NullMarked
package org.rtpipeline.store;

import org.jspecify.annotations.NullMarked;
