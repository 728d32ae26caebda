/** Batches made ahead of time, so that the network does not wait for data. */
package io.radstream.trainer.feed;
