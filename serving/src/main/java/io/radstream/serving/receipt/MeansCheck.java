package io.radstream.serving.receipt;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether a study was scored again by the means of the first time.
 *
 * @param now those of the second time
 */
record MeansCheck(ScoringMeans now) {

  static final String NAME = "settings";

  ReceiptCheck of(ReceiptSettings then) {
    List<String> others = new ArrayList<>();
    compare("precision", then.precision(), now.precision().name(), others);
    compare("device", then.device(), now.deviceName(), others);
    compare("threads", Integer.toString(then.threads()), Integer.toString(now.threads()), others);
    compare("engine", then.engine(), now.engine(), others);
    compare("Radstream", then.service(), now.service(), others);
    return others.isEmpty()
        ? ReceiptCheck.ok(NAME, "the same precision, device, threads, engine and version")
        : ReceiptCheck.notChecked(
            NAME,
            "scored again by other means, so that last bits may differ: "
                + String.join("; ", others));
  }

  private static void compare(String what, String then, String now, List<String> others) {
    if (!then.equals(now)) {
      others.add("%s %s then, %s now".formatted(what, then, now));
    }
  }
}
