/**
 * Shapes and grids in DICOM patient coordinates (LPS), millimetres; arrays x fastest, then y, then
 * z; voxel centres. Knows neither DICOM nor Spark.
 */
@NullMarked
package org.rtpipeline.geometry;

import org.jspecify.annotations.NullMarked;
