/**
 * The messages of PS3.7 that a storage SCP is sent and answers with: command sets from bytes and to
 * bytes, statuses, and which SOP classes and transfer syntaxes are taken. Travels in {@code pdu}.
 */
package io.radstream.producers.dicom.listen.dimse;
