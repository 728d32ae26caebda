/**
 * Measures a network on studies that it does not learn from. Looks into {@code data}, which has
 * them, and {@code figures}.
 */
package io.radstream.trainer.validation;
