/**
 * The REFERS network (Zhou et al., 2022): its blocks, its parts, and the batch that it takes. Gives
 * vectors, features and logits; what is minimised stands in {@code objective}. Looks into the rooms
 * below: {@code config}, {@code engine}, {@code layers} and {@code weights}.
 */
package io.radstream.model.network;
