/** Writes DICOM files: meta information, and data sets of {@code edit}. */
package io.radstream.producers.dicom.write;
