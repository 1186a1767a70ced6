package org.rtpipeline.model;

import java.util.Locale;

/** A part of the body that an image can show, from the head down. */
public enum BodyRegion {
  /** Head and neck. */
  HEAD_NECK,
  /** Chest, shoulders included. */
  THORAX,
  /** From the diaphragm to the iliac crest. */
  ABDOMEN,
  /** From the iliac crest to the hips. */
  PELVIS;

  /** The word in column names. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
