/**
 * A scoring service under steady load, while checkpoints are announced to it one after the other,
 * many of them bad: {@code benchmarks/serve-fire}.
 */
package io.radstream.cli.fire;
