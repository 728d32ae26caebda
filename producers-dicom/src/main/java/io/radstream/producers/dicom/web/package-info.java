/**
 * Radiographs of an archive by DICOMweb: what there is by QIDO-RS or by an Orthanc's list of
 * changes, the radiographs themselves by WADO-RS, as whole DICOM objects for the reader above. What
 * an archive answers is bounded, and none of its addresses is logged: they hold UIDs.
 */
package io.radstream.producers.dicom.web;
