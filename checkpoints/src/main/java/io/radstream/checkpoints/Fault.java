package io.radstream.checkpoints;

/** What is wrong with a directory that should hold certain files and nothing else. */
public sealed interface Fault {

  /** A file is not there, or no file. */
  record Missing(String file) implements Fault {}

  /** A link or the like stands where a file should be. */
  record NotPlain(String file) implements Fault {}

  /** A file has another content. */
  record Altered(String file) implements Fault {}

  /**
   * There are files that nobody spoke of.
   *
   * @param files how many
   */
  record Surplus(int files) implements Fault {}
}
