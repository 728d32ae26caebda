/** Results as messages of HL7 version 2, sent by MLLP, each until it is acknowledged. */
package io.radstream.results.hl7;
