/**
 * What a message says of reports and patients: which report, of which studies, with which text and
 * standing, and which patients were one. Reads messages that {@code message} has taken apart.
 */
package io.radstream.producers.hl7.report;
