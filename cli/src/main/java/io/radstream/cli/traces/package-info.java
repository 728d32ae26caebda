/** Sends spans to a collector, over OTLP, without anything waiting for it. */
package io.radstream.cli.traces;
