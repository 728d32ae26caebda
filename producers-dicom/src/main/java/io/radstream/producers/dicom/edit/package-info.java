/**
 * Data sets of {@code dataset} as they can be changed: for the profile of the module {@code
 * deidentification}, and for {@code write}, which makes files of them.
 */
package io.radstream.producers.dicom.edit;
