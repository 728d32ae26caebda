package io.radstream.producers.publish;

/**
 * What a source wants to remember, over restarts, once a consignment is acknowledged.
 *
 * @param key what it is about; may identify a patient, since it is sent as a keyed hash only
 * @param value free of patient data, as a pseudonym, a digest, or a position in a source
 */
public record Mark(String key, String value) {}
