package org.rtpipeline.organize;

import java.io.Serializable;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.InstanceHeader;

/**
 * A usable object that is in no course, and why.
 *
 * @param header the object
 * @param finding why it is in no course
 */
public record LeftOut(InstanceHeader header, Finding finding) implements Serializable {}
