/**
 * What sources of reports have in common: what a message or resource says of one report, and what
 * is to be sent for it, given what was sent before. On the ports of {@code publish}.
 */
package io.radstream.producers.reports;
