/**
 * Scores studies as they arrive on {@code studies.views} and publishes {@code scores}, each once.
 * Asks {@link io.radstream.serving.score} as HTTP does; knows nothing of it.
 */
package io.radstream.serving.arrivals;
