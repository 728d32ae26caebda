/**
 * What becomes of each DICOM attribute, by the tables of PS3.15 Annex E, and the walk that does it
 * on a data set. Knows no DICOM library: {@link io.radstream.deidentification.dicom.DataSet} is
 * what one is seen through.
 */
package io.radstream.deidentification.dicom;
