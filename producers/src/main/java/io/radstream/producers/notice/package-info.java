/** Tells people of what repeats itself without repeating it to them; for all sources. */
package io.radstream.producers.notice;
