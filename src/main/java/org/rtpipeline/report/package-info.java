/** What people open: exports of the tables as csv, xlsx and parquet, and the report page. */
@NullMarked
package org.rtpipeline.report;

import org.jspecify.annotations.NullMarked;
