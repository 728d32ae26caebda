package io.radstream.producers.dicom.codec;

/**
 * A picture as numbers, row by row, the samples of a pixel together.
 *
 * @param cellBytes of a number: 1, or 2 with the lower byte first
 */
@SuppressWarnings("ArrayRecordComponent") // read once; nobody compares it
public record Unpacked(int cellBytes, byte[] cells) {}
