/**
 * Malformed input, thrown at each parser and at a service: {@code benchmarks/fuzz}. Every input is
 * told by the name of its target and a number, and made again from the two.
 */
package io.radstream.cli.fuzz;
