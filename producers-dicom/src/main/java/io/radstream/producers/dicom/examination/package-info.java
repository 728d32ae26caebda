/**
 * What a DICOM header says of an examination: whether it is a radiograph of a chest, how it was
 * taken, and whom it names.
 */
package io.radstream.producers.dicom.examination;
