/**
 * DICOM files in, files without names out: the profile of the module {@code deidentification} on
 * whole files, for researchers and archives that want the very studies that were published. Nothing
 * goes to a topic.
 */
package io.radstream.producers.dicom.deidentify;
