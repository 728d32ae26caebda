/**
 * Watches what loaded models do with requests, and says which of them ought to answer no longer.
 * Told by {@link io.radstream.serving.score.StudyScorer}; changes nothing by itself.
 */
package io.radstream.serving.watch;
