package io.radstream.cli.fire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The share of a virtual machine's processors that its host gave to others: while it does, whatever
 * is measured stands still. Zero where the system does not tell.
 */
final class StolenTime {

  private static final Path STAT = Path.of("/proc/stat");

  /** Of proc_stat(5), counted from behind the first word; what follows is counted in them, too. */
  private static final int KINDS = 8;

  private static final int STEAL = 7;

  private long all;
  private long stolen;

  /** Per cent since the last call, or since the machine began. */
  double take() throws IOException {
    long allBefore = all;
    long stolenBefore = stolen;
    read();
    return all == allBefore ? 0 : 100.0 * (stolen - stolenBefore) / (all - allBefore);
  }

  private void read() throws IOException {
    if (!Files.exists(STAT)) {
      return;
    }
    String[] words = Files.readAllLines(STAT).get(0).split(" +", -1);
    all = 0;
    for (int kind = 0; kind < KINDS; kind++) {
      all += Long.parseLong(words[1 + kind]);
    }
    stolen = Long.parseLong(words[1 + STEAL]);
  }
}
