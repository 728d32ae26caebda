/** The file of an experiment: read whole and checked before anything runs. */
package io.radstream.experiments.file;
