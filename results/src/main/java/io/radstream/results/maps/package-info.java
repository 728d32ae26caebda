/**
 * Pictures of where a score comes from: which are wanted, and who is asked for them. Nothing here
 * knows a network.
 */
package io.radstream.results.maps;
