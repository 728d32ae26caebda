/**
 * Spans of what becomes of a study, and their contexts in the headers of records, so that they can
 * be followed from one process to the next. Nothing is made and nothing written unless asked for.
 */
package io.radstream.schemas.trace;
