package org.rtpipeline.spark;

import java.util.Locale;

/** The parts of a run, in the order they start: how wide each is and what it makes. */
public enum StageName {
  /** Lists the input and reads the header of every file. */
  SCAN(Width.IO, 3, "list the input and read the header of every file"),
  /** Forms the courses of every patient. */
  ORGANIZE(Width.CPU, 1, "form the courses of every patient"),
  /** Finds structures in the planning CT of every course. */
  SEGMENTATION(Width.GPU, 1, "find structures in the planning CT, one task for each GPU"),
  /** Reads what the objects say: plans, beams, images, patient, fractions, PET. */
  METADATA(Width.CPU, 3, "what plans, images and records of every course say, and its fractions"),
  /** Checks the objects of every course. */
  QC(Width.CPU, 4, "checks of the objects of every course"),
  /** Derives structures from those of every course. */
  STRUCTURES(Width.CPU, 1, "derive structures from those of every course"),
  /** Cuts structures at the bounds of a region of the body. */
  CROPPING(Width.CPU, 1, "cut structures of every course at the bounds of a region of the body"),
  /** Computes dose-volume histograms of every ROI of every structure set. */
  DVH(Width.CPU, 3, "dose-volume histogram of every ROI of every structure set"),
  /** Computes radiomics features of every ROI of every structure set. */
  RADIOMICS(Width.CPU, 2, "radiomics features of every ROI on the planning CT, MR and PET"),
  /** Writes the tables of the run, one transaction each. */
  COMMIT(Width.CPU, 1, "write the tables, one transaction each");

  /** What bounds the tasks of a stage. */
  public enum Width {
    /** Usable cores. */
    CPU,
    /** Waiting for files: twice the usable cores. */
    IO,
    /** GPU addresses. */
    GPU
  }

  private final Width width;
  private final int algorithmVersion;
  private final String meaning;

  StageName(Width width, int algorithmVersion, String meaning) {
    this.width = width;
    this.algorithmVersion = algorithmVersion;
    this.meaning = meaning;
  }

  /** What bounds its tasks. */
  public Width width() {
    return width;
  }

  /** Raised by hand when the same input and options give other numbers. */
  public int algorithmVersion() {
    return algorithmVersion;
  }

  /** One line of help. */
  public String meaning() {
    return meaning;
  }

  /** The word in tables, job files and on the command line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
