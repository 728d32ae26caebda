/**
 * The topics that a run reads, connected. In the trainer, as in its settings ({@code config}), a
 * source is a set of topics with studies on them.
 */
package io.radstream.trainer.kafka;
