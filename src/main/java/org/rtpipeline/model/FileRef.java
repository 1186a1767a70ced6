package org.rtpipeline.model;

import java.io.Serializable;

/**
 * A file as the listing saw it.
 *
 * @param uri full URI
 * @param sizeBytes length
 * @param modifiedMillis modification time, milliseconds since 1970-01-01 UTC
 */
public record FileRef(String uri, long sizeBytes, long modifiedMillis) implements Serializable {}
