package org.rtpipeline.spark;

/**
 * What one part of a run used of the machine.
 *
 * @param stage the part
 * @param partitions most tasks of one of its Spark stages
 * @param tasksAtOnce most of its tasks that ran at the same time
 * @param utilisation task time over wall time and slots, 0 to 1
 * @param wallSeconds from its first task to its last, s
 */
public record StageUse(
    StageName stage, int partitions, int tasksAtOnce, double utilisation, double wallSeconds) {}
