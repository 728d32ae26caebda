/**
 * Studies and reports that are near a study or a sentence: an index for a checkpoint, filled from
 * the tuples that it could have learned from.
 */
package io.radstream.serving.search;
