/**
 * Reports as FHIR (R4) has them: DiagnosticReport, with the ImagingStudy, ServiceRequest and
 * Patient that it refers to, from files or from a server that is asked again and again.
 */
package io.radstream.producers.fhir;
