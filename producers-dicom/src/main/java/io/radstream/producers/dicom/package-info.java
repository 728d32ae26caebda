/**
 * Radiographs in DICOM: what an instance shows, of whom, and its picture. Files of a directory,
 * instances that a modality sends and those of an archive all come through here.
 */
package io.radstream.producers.dicom;
