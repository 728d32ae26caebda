/**
 * A bounded reader of DICOM files: depth, lengths, count and inflated size are checked before
 * anything is believed, and values stay where they lie in the file until they are asked for.
 */
package io.radstream.producers.dicom.dataset;
