/**
 * What a network learns by: each {@link io.radstream.model.objective.Objective} is a class, listed
 * in {@link io.radstream.model.objective.ObjectiveList}. Looks into {@code network} and what is
 * below it, and into the module {@code evaluation} for figures of validations.
 */
package io.radstream.model.objective;
