/**
 * The upper layer protocol of PS3.8: PDUs from bytes and to bytes, within bounds. Knows nothing of
 * sockets, nor of what is exchanged in them; {@code dimse} does.
 */
package io.radstream.producers.dicom.listen.pdu;
