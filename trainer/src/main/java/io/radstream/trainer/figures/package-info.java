/**
 * What a step gave, in numbers, and under which names they are told. Looks into {@code feed} and
 * what is below it.
 */
package io.radstream.trainer.figures;
