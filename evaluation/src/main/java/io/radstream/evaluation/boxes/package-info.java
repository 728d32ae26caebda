/**
 * Places in a picture: boxes out of a map of values, and how well they meet those that a person has
 * drawn.
 */
package io.radstream.evaluation.boxes;
