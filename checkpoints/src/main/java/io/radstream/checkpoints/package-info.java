/**
 * The store of checkpoints: lines of directories, each written whole or not at all, and verified
 * when read; or objects of a bucket, and a directory that they are brought to. The only place that
 * knows the names of the files and what is in them. Of the run that wrote a checkpoint it knows
 * what every reader needs; the run's own place in its data and its whole configuration pass through
 * as they are.
 */
package io.radstream.checkpoints;
