/**
 * Radiographs in the DICOM files of a directory, once or as they come. What was published is
 * remembered by path, size and time, so that a restart goes on and a changed file is read again.
 */
package io.radstream.producers.dicom.directory;
