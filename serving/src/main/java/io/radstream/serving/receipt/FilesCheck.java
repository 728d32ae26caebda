package io.radstream.serving.receipt;

import io.radstream.checkpoints.CheckpointDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Whether a directory holds the checkpoint that a receipt names. */
record FilesCheck(CheckpointDirectory directory) {

  static final String NAME = "checkpoint";

  private static final Set<String> NEEDED =
      Set.of(CheckpointDirectory.MODEL, CheckpointDirectory.CONFIG, CheckpointDirectory.TOKENIZER);

  /**
   * @param scorable whether the files that scoring reads are those of the receipt
   * @param told whether {@code state.json} is
   */
  record Found(ReceiptCheck check, boolean scorable, boolean told) {

    private static Found nothing(ReceiptCheck check) {
      return new Found(check, false, false);
    }
  }

  Found of(ReceiptCheckpoint checkpoint) throws IOException {
    if (!checkpoint.files().keySet().containsAll(NEEDED)) {
      return Found.nothing(
          ReceiptCheck.failed(NAME, "the receipt does not name the files of a checkpoint"));
    }
    if (!Files.isDirectory(directory.path())) {
      return Found.nothing(
          ReceiptCheck.notChecked(NAME, "there is no directory " + directory.path()));
    }
    Map<String, String> faults = faults(checkpoint.files());
    boolean scorable =
        !faults.containsKey(CheckpointDirectory.ENCODER_TOKENIZER)
            && NEEDED.stream().noneMatch(faults::containsKey);
    boolean told =
        checkpoint.files().containsKey(CheckpointDirectory.STATE)
            && !faults.containsKey(CheckpointDirectory.STATE);
    return new Found(check(checkpoint, faults), scorable, told);
  }

  private ReceiptCheck check(ReceiptCheckpoint checkpoint, Map<String, String> faults) {
    if (faults.isEmpty()) {
      return ReceiptCheck.ok(
          NAME,
          "the %d files of %s have the same SHA-256"
              .formatted(checkpoint.files().size(), directory.path()));
    }
    List<String> told = new ArrayList<>();
    faults.forEach((name, fault) -> told.add(name + " " + fault));
    return ReceiptCheck.failed(
        NAME, "in %s: %s".formatted(directory.path(), String.join(", ", told)));
  }

  private Map<String, String> faults(Map<String, String> files) throws IOException {
    Map<String, String> faults = new TreeMap<>();
    for (Map.Entry<String, String> file : files.entrySet()) {
      if (directory.damagedFile(Map.of(file.getKey(), file.getValue())).isPresent()) {
        boolean there = Files.exists(directory.file(file.getKey()), LinkOption.NOFOLLOW_LINKS);
        faults.put(file.getKey(), there ? "has another SHA-256" : "is missing");
      }
    }
    // It would be read, since scoring asks the directory and not the receipt.
    if (directory.encoderTokenizer().isPresent()
        && !files.containsKey(CheckpointDirectory.ENCODER_TOKENIZER)) {
      faults.put(CheckpointDirectory.ENCODER_TOKENIZER, "is no file of the receipt's");
    }
    return faults;
  }
}
