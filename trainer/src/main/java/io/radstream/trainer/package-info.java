/**
 * Training: tuples in; checkpoints, metrics and announcements out. {@link
 * io.radstream.trainer.TrainingRun} is the way in. {@code config} says what a run does, {@code
 * tuples} which studies it reads and in which order, {@code augment} how they look, {@code feed}
 * brings them to the network in time, {@code checkpoint} keeps what was learned.
 */
package io.radstream.trainer;
