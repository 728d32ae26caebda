/** From a tuple to the network's input: decoding, then random views, crops and turns. */
package io.radstream.trainer.augment;
