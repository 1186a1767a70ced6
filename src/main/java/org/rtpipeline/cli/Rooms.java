package org.rtpipeline.cli;

import java.nio.file.Path;
import java.util.List;
import org.rtpipeline.config.ConfigurationException;
import org.rtpipeline.config.Job;
import org.rtpipeline.config.PhantomSection;
import org.rtpipeline.report.ExportSummary;
import org.rtpipeline.spark.RunPlan;
import org.rtpipeline.spark.RunSummary;
import org.rtpipeline.structures.UnmappedName;

/** The work behind the commands: the one place where the command line meets the other packages. */
interface Rooms {
  /**
   * Computes what the job asks for.
   *
   * @param job checked
   * @param progress told how far the run is
   * @throws CommandException when input or output cannot be used
   * @throws ConfigurationException when the site key cannot be used
   */
  RunSummary run(Job job, ProgressLine progress) throws CommandException, ConfigurationException;

  /**
   * What a run would do with its input, without doing it; nothing is written.
   *
   * @param job checked
   * @throws CommandException when the input cannot be used
   * @throws ConfigurationException when the site key cannot be used
   */
  RunPlan plan(Job job) throws CommandException, ConfigurationException;

  /**
   * What a run would be given by the machine, whatever its input.
   *
   * @param job checked; its input may be absent
   * @throws CommandException when Spark's settings cannot be used
   */
  RunPlan planOfMachine(Job job) throws CommandException;

  /**
   * What the segmentation of a job finds on this machine: GPUs, program, weights, licence, and the
   * self-test of its back end.
   *
   * @param job checked; input and output may be absent
   * @return one line each, for a person
   */
  List<String> segmentation(Job job);

  /**
   * The ROI names that no name map of a job knows, in its input, or without one in its output.
   *
   * @param job checked
   * @throws CommandException when input or output cannot be used
   * @throws ConfigurationException when the site key cannot be used
   */
  List<UnmappedName> unmappedNames(Job job) throws CommandException, ConfigurationException;

  /**
   * Writes a cohort of phantoms and the table of its truth.
   *
   * @param folder made when it is absent
   * @param cohort what to make
   * @throws CommandException when the folder cannot be written
   */
  void phantom(Path folder, PhantomSection cohort) throws CommandException;

  /**
   * Writes the copies of the tables that people open.
   *
   * @param job names the output and the formats
   * @throws CommandException when the output holds no tables, or another run holds it
   */
  ExportSummary export(Job job) throws CommandException;
}
