/**
 * The stream stage: study records in, training tuples out. A Kafka Streams topology merges the
 * records of a study, reads its report and routes the tuple by patient; what cannot become a tuple
 * goes to the topic of rejections with its reason.
 */
package io.radstream.streams;
