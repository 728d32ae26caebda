/** What the studies of a topic are like, in counts that point at nobody. */
package io.radstream.cli.card;
