@NullMarked
package org.rtpipeline.config;

import org.jspecify.annotations.NullMarked;
