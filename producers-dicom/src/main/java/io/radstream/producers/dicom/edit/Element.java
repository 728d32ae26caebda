package io.radstream.producers.dicom.edit;

/**
 * One element of a data set.
 *
 * @param tag group in the upper half
 * @param representation two letters of PS3.5, never ones that it does not know
 */
public record Element(int tag, String representation, Content content) {}
