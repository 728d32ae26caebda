package io.radstream.cli.embedded;

import java.util.ArrayList;
import java.util.List;

/**
 * A command line whose process ends when the one that starts it is gone, killed or not: a watcher
 * beside it reads from its owner, which never writes, and so reads an end only then.
 */
public final class OwnedCommand {

  /** The command takes the shell's place, so that it has the pid that the owner knows. */
  private static final String WATCHED =
      """
      exec 3<&0 </dev/null
      {
        read -r _ <&3
        kill "$$"
        for second in 1 2 3 4 5 6 7 8 9 10; do
          kill -0 "$$" || exit 0
          sleep 1
        done
        kill -KILL "$$"
      } >/dev/null 2>&1 &
      exec 3<&-
      exec "$@"
      """;

  private OwnedCommand() {}

  /** To be started with its input as a pipe, which is what Java does unless told otherwise. */
  public static List<String> of(List<String> command) {
    List<String> watched = new ArrayList<>(List.of("sh", "-c", WATCHED, "sh"));
    watched.addAll(command);
    return List.copyOf(watched);
  }
}
