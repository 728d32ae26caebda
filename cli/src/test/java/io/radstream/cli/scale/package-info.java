/**
 * The stage and the scoring service with one, two and four instances, under load, while instances
 * join, leave, are restarted one after the other and are killed: {@code benchmarks/scale}.
 */
package io.radstream.cli.scale;
