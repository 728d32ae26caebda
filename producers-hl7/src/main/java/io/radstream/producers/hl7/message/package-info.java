/**
 * A message of HL7 version 2 as text and fields: its header, its character set, its segments, which
 * HAPI takes apart, and the acknowledgement that goes back. Knows nothing of radiology.
 */
package io.radstream.producers.hl7.message;
