/** The ranks of one machine that learn together: a process each, started again where one goes. */
package io.radstream.cli.ranks;
