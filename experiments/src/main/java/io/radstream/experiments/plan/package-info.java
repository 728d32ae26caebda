/**
 * Which runs an experiment is. {@link io.radstream.experiments.plan.Experiment} is what the file
 * says, {@link io.radstream.experiments.plan.Plan} the runs that follow from it, each with a line
 * whose name is a function of everything that decides its weights.
 */
package io.radstream.experiments.plan;
