/**
 * What must not leave a hospital, and how it is found: keyed values, DICOM's attributes, report
 * text, text in pictures. Numbers and words in, numbers and words out; it knows of no source and no
 * cluster. The module {@code producers} applies it to what is published.
 */
package io.radstream.deidentification;
