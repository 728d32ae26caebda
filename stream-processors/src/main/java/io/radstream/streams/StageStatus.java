package io.radstream.streams;

/**
 * How the stage is doing. The counts begin when it starts; what is done again after a failure is
 * counted again.
 *
 * @param running whether it is consuming, or will when the cluster lets it
 * @param records read from {@code studies}
 * @param tuples sent, training and validation together
 * @param rejections sent
 */
public record StageStatus(boolean running, long records, long tuples, long rejections) {}
