package io.radstream.model.pretrained;

/**
 * What a picture goes through on its way to the network, for the settings of libraries: both axes
 * squeezed to a square, the middle of it, and numbers of its brightness.
 *
 * @param resized side that the picture is brought to, in pixels
 * @param side that is cropped out of the middle
 * @param mean that is taken off the brightness, which is from 0 to 1
 * @param deviation that it is divided by then
 */
public record PicturePreparation(int resized, int side, float mean, float deviation) {}
