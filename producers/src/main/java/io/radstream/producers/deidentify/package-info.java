/**
 * The step that takes out of a part what must not leave the hospital, with the tools of the module
 * {@code deidentification}. The CLI puts it before all publishing of patients' studies.
 */
package io.radstream.producers.deidentify;
