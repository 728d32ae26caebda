/**
 * What a network costs, and what the engine could do at best. Looks into {@code network} and what
 * is below it.
 */
package io.radstream.model.measure;
