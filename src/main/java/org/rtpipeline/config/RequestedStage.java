package org.rtpipeline.config;

import java.util.Locale;

/** The stages a job can ask for, in the order they run. */
public enum RequestedStage {
  /** Reads all headers and forms courses; every run does it. */
  ORGANIZE("files to courses: the catalogue of instances and the table of courses"),
  /** Structures found in the planning CT. */
  SEGMENTATION("structures found in the planning CT, as RTSTRUCT and in all stages after it"),
  /** Fractions from treatment records, planned against delivered. */
  METADATA("fractions of every plan from treatment records, planned against delivered"),
  /** Checks of the objects of every course. */
  QC("checks of images, plans, doses, references, regions and fractions"),
  /** Structures derived from others. */
  STRUCTURES("structures derived from others by rules, in all stages after it"),
  /** Dose-volume histograms of every ROI. */
  DVH("dose-volume histogram of every ROI of every structure set"),
  /** Radiomics features of every ROI. */
  RADIOMICS("radiomics features of every ROI on the planning CT and on MR in the same frame");

  private final String meaning;

  RequestedStage(String meaning) {
    this.meaning = meaning;
  }

  /** One line of help. */
  public String meaning() {
    return meaning;
  }

  /** The word of the command line and of job files. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
