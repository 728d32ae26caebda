package io.radstream.serving.receipt;

import io.radstream.checkpoints.CheckpointDirectory;
import io.radstream.serving.score.PromptSet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a receipt is held against.
 *
 * @param key of the service; must have come another way than the receipt
 * @param checkpoint the directory where its checkpoint should be; it need not exist
 * @param images name to content; at most {@link io.radstream.radiology.study.StudyViews#MOST_VIEWS}
 * @param prompts of the set of findings; empty for the built-in ones
 */
public record Evidence(
    Optional<ReceiptPublicKey> key,
    CheckpointDirectory checkpoint,
    Map<String, byte[]> images,
    Optional<PromptSet> prompts) {

  public Evidence {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(checkpoint, "checkpoint");
    Objects.requireNonNull(prompts, "prompts");
    images = Collections.unmodifiableMap(new LinkedHashMap<>(images));
  }
}
