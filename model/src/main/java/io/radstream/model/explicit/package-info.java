/**
 * The network and its losses with the way back spelt out: no recording, each gradient is a formula.
 * Weights and shapes are those of {@code network}; reports lie behind each other without padding.
 * Looks into {@code objective}, {@code network} and what is below them; {@code training} calls it.
 */
package io.radstream.model.explicit;
