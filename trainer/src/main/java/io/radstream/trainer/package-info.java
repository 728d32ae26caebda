/**
 * Training: tuples in; checkpoints, metrics and announcements out. All stands in rooms, each of
 * which says which others it looks into. {@link io.radstream.trainer.run.TrainingRun} learns, and
 * {@link io.radstream.trainer.replay.Replay} takes its steps again. {@code config} says what a run
 * does, {@code tuples} which studies it reads and in which order, {@code augment} how they look,
 * {@code feed} brings them to the network in time, {@code data} holds all that together, {@code
 * ledger} has every step, {@code checkpoint} keeps what was learned, {@code figures} and {@code
 * validation} tell how well, {@code testing} scores studies that were held out, {@code drift}
 * notices other studies, {@code lineage} tells what learned from one.
 */
package io.radstream.trainer;
