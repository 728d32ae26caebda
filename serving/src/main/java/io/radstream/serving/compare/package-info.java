/**
 * What the live model and those on trial beside it made of the same studies: how far they agree,
 * and on which studies they do so least. Told by {@link io.radstream.serving.score.StudyScorer}.
 */
package io.radstream.serving.compare;
