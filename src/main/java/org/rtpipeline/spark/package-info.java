/**
 * The run on Spark: the one rule of parallelism, the session, the scan, courses as an RDD, the
 * stages over them, progress, and the commit of the tables.
 */
@NullMarked
package org.rtpipeline.spark;

import org.jspecify.annotations.NullMarked;
