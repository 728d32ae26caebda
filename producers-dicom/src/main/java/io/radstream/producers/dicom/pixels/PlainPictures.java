package io.radstream.producers.dicom.pixels;

/**
 * Pictures that are not compressed, one after the other, the samples of a pixel together.
 *
 * @param cells lower byte first
 * @param photometric as the header is to call it
 * @param samples of a pixel
 * @param bitsAllocated of a cell: 8 or 16
 * @param bitsStored of it, the lower ones, that are the number
 */
@SuppressWarnings("ArrayRecordComponent") // written once; nobody compares it
public record PlainPictures(
    byte[] cells, String photometric, int samples, int bitsAllocated, int bitsStored) {}
