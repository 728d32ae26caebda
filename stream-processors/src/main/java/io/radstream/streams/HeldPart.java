package io.radstream.streams;

import io.opentelemetry.api.trace.SpanContext;
import io.radstream.schemas.Study;

/**
 * A part of a study in memory.
 *
 * @param origin span that its record was published in; invalid where it tells of none
 */
record HeldPart(Study study, SpanContext origin) {}
