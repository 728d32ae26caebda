/**
 * What a study is made of, as a radiologist would see it: {@code image} decodes radiographs safely,
 * {@code report} reads reports (sections, tokens, laterality), {@code study} prepares views for a
 * network. Knows nothing of Kafka, Avro or PyTorch; producers, stream-processors, trainer and
 * serving import it.
 */
package io.radstream.radiology;
