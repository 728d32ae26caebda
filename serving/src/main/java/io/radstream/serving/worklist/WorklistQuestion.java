package io.radstream.serving.worklist;

import java.util.Optional;

/**
 * What of the list is wanted.
 *
 * @param finding the only one that counts; empty for all that are ranked
 * @param least probability of it, or of any that counts, 0 to 1
 * @param unread whether only studies that no reader has said anything of
 * @param count at most
 * @param after where the page before ended
 */
public record WorklistQuestion(
    WorklistOrder order,
    Optional<String> finding,
    double least,
    boolean unread,
    int count,
    Optional<Standing> after) {}
