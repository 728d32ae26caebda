/**
 * From the stored numbers of an image to gray as a viewer shows it: unpacked, rescaled, windowed,
 * and white where bone is.
 */
package io.radstream.producers.dicom.pixels;
