package io.radstream.model.objective;

import ai.djl.ndarray.NDManager;
import io.radstream.model.network.RefersNetwork.Representation;
import io.radstream.model.network.StudyBatch;

/**
 * What the network has made of a batch, or of a part of one: what a loss starts from.
 *
 * @param scratch owns what is computed on the way to the loss
 * @param training whether what is random only in training (dropout) is
 */
public record Forward(
    NDManager scratch, StudyBatch batch, Representation representation, boolean training) {}
