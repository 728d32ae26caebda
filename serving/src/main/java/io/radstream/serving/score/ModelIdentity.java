package io.radstream.serving.score;

import java.time.Instant;

/**
 * Which checkpoint answers.
 *
 * @param checkpointId as announced
 * @param line model line
 * @param step optimizer steps behind the checkpoint
 * @param loadedAt when it was ready to answer
 */
public record ModelIdentity(String checkpointId, String line, long step, Instant loadedAt) {}
