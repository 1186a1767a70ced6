/** YAML files of the Python world as values with their lines. */
@NullMarked
package org.rtpipeline.yaml;

import org.jspecify.annotations.NullMarked;
