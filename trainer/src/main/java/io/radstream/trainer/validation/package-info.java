/**
 * Measures a network on studies that it does not learn from. Looks into {@code figures}, {@code
 * feed} and what is below them.
 */
package io.radstream.trainer.validation;
