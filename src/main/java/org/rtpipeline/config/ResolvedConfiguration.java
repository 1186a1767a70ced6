package org.rtpipeline.config;

import java.io.Serializable;

/**
 * The whole configuration of a run as it was used.
 *
 * @param text every key with its value and, as a comment, where the value came from
 * @param sha256 hexadecimal digest of keys and values, without their origins
 */
public record ResolvedConfiguration(String text, String sha256) implements Serializable {}
