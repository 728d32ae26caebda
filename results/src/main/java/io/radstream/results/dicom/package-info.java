/**
 * Results as DICOM structured reports (TID 1500) and secondary captures, and how an archive gets
 * them: by C-STORE, or over HTTP by STOW-RS.
 */
package io.radstream.results.dicom;
