package io.radstream.streams;

/**
 * How the stage is doing. The counts begin when it starts and are of what was committed: work of a
 * transaction that was aborted or fenced counts where it is done again.
 *
 * @param running whether it is consuming, or will when the cluster lets it
 * @param records read from {@code studies}
 * @param tuples sent, training, validation and test together
 * @param rejections sent
 * @param waitingParts parts that name another patient than their study and wait, now, on the
 *     partitions of this instance
 * @param givenUpParts parts among the rejections that had waited until their deadline
 */
public record StageStatus(
    boolean running,
    long records,
    long tuples,
    long rejections,
    long waitingParts,
    long givenUpParts) {}
