/** Studies from a JSON Lines file with the images beside it. */
package io.radstream.producers.jsonl;
