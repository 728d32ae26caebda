/** Figures of commands that have no HTTP service of their own, for Prometheus to ask. */
package io.radstream.cli.metrics;
