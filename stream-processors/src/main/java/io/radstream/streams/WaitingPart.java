package io.radstream.streams;

import io.radstream.schemas.RecordDigest;

/**
 * A part that names another patient than its study does.
 *
 * @param patientId that it names
 * @param digest by which the same record is known again
 * @param takesBack whether it takes something back
 * @param due when it is given up, in stream time in milliseconds
 */
record WaitingPart(
    long offset, String patientId, RecordDigest digest, boolean takesBack, long due) {}
