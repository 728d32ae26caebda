package io.radstream.streams;

import io.opentelemetry.api.trace.SpanContext;

/**
 * A record that was read again.
 *
 * @param value as it stands on the topic
 * @param origin span that it was published in; invalid where it tells of none
 */
@SuppressWarnings("ArrayRecordComponent") // as Kafka hands it over; never compared
record PartRecord(byte[] value, SpanContext origin) {}
