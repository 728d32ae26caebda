package io.radstream.experiments.run;

import java.util.OptionalLong;

/**
 * How many cells have room, as one of them showed.
 *
 * @param cells at a time, at least 1
 * @param taken bytes that the one took at most; empty where nothing tells
 * @param free bytes that were free before it
 */
public record MeasuredRoom(int cells, OptionalLong taken, OptionalLong free) {}
