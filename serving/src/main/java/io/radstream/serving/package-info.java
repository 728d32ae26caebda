/**
 * From checkpoints to answers: {@link io.radstream.serving.ScoringService} follows the topics,
 * keeps a fleet of models as a policy judges, and answers over HTTP. Imported by the command only.
 */
package io.radstream.serving;
