@NullMarked
package org.rtpipeline.cli;

import org.jspecify.annotations.NullMarked;
