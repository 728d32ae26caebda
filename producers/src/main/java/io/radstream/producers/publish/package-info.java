/**
 * From any source's parts of studies, through the steps that a site wants, to records on the
 * studies topic: identifiers become pseudonyms, images become small gray PNGs without metadata, and
 * whatever cannot be published is named and counted.
 */
package io.radstream.producers.publish;
