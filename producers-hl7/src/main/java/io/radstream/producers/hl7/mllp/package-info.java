/**
 * The minimal lower layer protocol of HL7: finds messages in what comes over connections, hands
 * them on and sends the answers back, in their order. Knows nothing of what a message says.
 */
package io.radstream.producers.hl7.mllp;
