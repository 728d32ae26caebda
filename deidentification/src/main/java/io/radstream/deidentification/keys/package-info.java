/**
 * A site's key, and what is made with it: pseudonyms, shifted dates, mapped UIDs. Knows no format;
 * the rooms {@code dicom} and {@code text} and the producers use it.
 */
package io.radstream.deidentification.keys;
