/**
 * Training: tuples in; checkpoints, metrics and announcements out. {@link
 * io.radstream.trainer.TrainingRun} is the way in. {@code config} says what a run does, {@code
 * tuples} which studies it reads and in which order, {@code augment} how they look, {@code feed}
 * brings them to the network in time, {@code ledger} has every step, {@code checkpoint} keeps what
 * was learned, {@code drift} notices other studies, {@code lineage} tells what learned from one.
 */
package io.radstream.trainer;
