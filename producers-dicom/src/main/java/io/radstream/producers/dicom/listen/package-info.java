/**
 * A storage SCP: takes radiographs that modalities and archives send, and answers each once the
 * cluster has it. {@code pdu} and {@code dimse} are its protocol; what an instance shows is read by
 * the package above, and {@code publish} takes it from there.
 */
package io.radstream.producers.dicom.listen;
