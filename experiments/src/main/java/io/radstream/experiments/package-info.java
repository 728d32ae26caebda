/**
 * Experiments from one file. {@code file} reads it, {@code plan} says which runs it is, {@code run}
 * has them done by whoever trains ({@link io.radstream.experiments.run.Laboratory}), {@code
 * results} keeps what came out, and {@code report} makes tables and figures of it. Knows neither
 * topics nor networks.
 */
package io.radstream.experiments;
