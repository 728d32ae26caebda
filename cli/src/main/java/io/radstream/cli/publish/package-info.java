/**
 * What a site is told while it publishes: running counts, and a list of what was refused. The
 * commands above show it.
 */
package io.radstream.cli.publish;
