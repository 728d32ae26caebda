/** Radiographs: decoding whatever arrives without trusting it, and resizing. */
package io.radstream.radiology.image;
