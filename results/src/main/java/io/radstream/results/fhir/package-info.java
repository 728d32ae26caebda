/** Results as resources of FHIR R4, for a server or as files. */
package io.radstream.results.fhir;
