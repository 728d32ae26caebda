/** Measurements: what the hardware could do, and what Radstream makes of it. */
package io.radstream.cli.bench;
