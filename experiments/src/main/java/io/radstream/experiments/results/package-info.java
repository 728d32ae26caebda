/** What came out of the runs of an experiment, in files. */
package io.radstream.experiments.results;
