/**
 * Takes out of report text what identifies, and leaves the medicine. Each {@code Finder} looks for
 * one sort of thing; {@link io.radstream.deidentification.text.TextScrubber} puts them together.
 */
package io.radstream.deidentification.text;
