/**
 * Configuration: the files, environment and command line of one run, bound by hand to immutable
 * options, with every problem named at once by file and line.
 */
@NullMarked
package org.rtpipeline.config;

import org.jspecify.annotations.NullMarked;
