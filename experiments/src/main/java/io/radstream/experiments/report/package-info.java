/**
 * Tables and figures of an experiment, laid out as those of the paper, with its numbers beside ours
 * where the data set is the same.
 */
package io.radstream.experiments.report;
