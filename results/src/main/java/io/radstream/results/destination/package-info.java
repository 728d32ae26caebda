/** What is sent back, what it goes by, and what every kind of receiver has in common. */
package io.radstream.results.destination;
