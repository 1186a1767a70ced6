/** The command line: arguments, exit codes and what is printed. */
@NullMarked
package org.rtpipeline.cli;

import org.jspecify.annotations.NullMarked;
