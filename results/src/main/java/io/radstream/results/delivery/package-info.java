/**
 * Takes scores off their topic to one destination each, as a consumer group of its own: nothing is
 * committed before it is delivered, refused for good, or nothing to send.
 */
package io.radstream.results.delivery;
