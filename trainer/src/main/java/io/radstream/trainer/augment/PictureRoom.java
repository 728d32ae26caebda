package io.radstream.trainer.augment;

import io.radstream.model.network.CompanionKind;
import java.util.Map;

/**
 * Where the pictures of a study are written.
 *
 * @param images gets the study's three views from {@code offset} on
 * @param companions of each kind that is asked for, gets those of the three views, at the same
 *     place
 */
@SuppressWarnings("ArrayRecordComponent") // written to, never compared
public record PictureRoom(float[] images, Map<CompanionKind, float[]> companions, int offset) {}
