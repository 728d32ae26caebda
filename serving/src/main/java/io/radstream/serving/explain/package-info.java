/**
 * Where in a study a score comes from, for those who ask: beside scoring, on a thread of its own, a
 * few at a time.
 */
package io.radstream.serving.explain;
