/**
 * An experiment from where it is to its end. Who trains and tests is a {@link
 * io.radstream.experiments.run.Laboratory}.
 */
package io.radstream.experiments.run;
