/** How well labels that were read of written reports agree with those of the known ones. */
package io.radstream.evaluation.labels;
