/**
 * From checkpoints to answers: {@link io.radstream.serving.ScoringService} follows the topics,
 * keeps the newest model live, and answers over HTTP. Imported by the command only.
 */
package io.radstream.serving;
