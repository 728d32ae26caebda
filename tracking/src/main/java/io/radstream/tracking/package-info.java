/**
 * Figures of runs and of evaluations, as the topics have them, to what people follow experiments
 * with. Each tracker is a package of its own behind {@link io.radstream.tracking.Tracker}; what
 * they hold is a function of the topics, so that a run of long ago can be told of as well as one
 * under way, and telling twice changes nothing. Knows {@code schemas} alone.
 */
package io.radstream.tracking;
