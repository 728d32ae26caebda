package io.radstream.streams;

import io.radstream.schemas.RejectionReason;

/**
 * Why something cannot become a tuple.
 *
 * @param message says what is wrong; holds nothing of the report, the pixels or the ids
 */
record Refusal(RejectionReason reason, String message) {}
