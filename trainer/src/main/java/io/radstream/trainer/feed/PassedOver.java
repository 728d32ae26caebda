package io.radstream.trainer.feed;

import io.radstream.trainer.tuples.OffsetRange;

/** Tuples that a following run left out to catch up with the stream. */
public record PassedOver(String source, OffsetRange range) {}
