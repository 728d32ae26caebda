package io.radstream.radiology.study;

import io.radstream.radiology.Sha256;
import io.radstream.radiology.ViewSelection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The views of one study as they were sent: encoded images, at least one.
 *
 * @param studyId the caller's name for the study, if any; given back, never logged
 * @param received encoded images, in the order of the request
 */
public record StudyViews(Optional<String> studyId, List<byte[]> received) {

  /** Most views of one request. */
  public static final int MOST_VIEWS = 16;

  public StudyViews {
    if (received.isEmpty() || received.size() > MOST_VIEWS) {
      throw new IllegalArgumentException("a study has 1 to " + MOST_VIEWS + " views");
    }
    received = List.copyOf(received);
  }

  /** The same for every request about the study: the caller's name for it, or else its content. */
  public String key() {
    return studyId.filter(id -> !id.isBlank()).orElseGet(this::content);
  }

  /**
   * SHA-256 of each image as it was sent, in lower-case hexadecimal, in the order of the request.
   */
  public List<String> digests() {
    return received.stream().map(Sha256::of).toList();
  }

  private String content() {
    return byHash().keySet().stream().sorted().collect(Collectors.joining(","));
  }

  /** Indices of the images that differ from all before them. */
  List<Integer> distinct() {
    return new ArrayList<>(byHash().values());
  }

  /**
   * The three views that the network sees, as indices into {@link #received}. The draw depends on
   * the content only, so that the same request always gets the same answer.
   */
  List<Integer> selection() {
    Map<String, Integer> byHash = byHash();
    List<Integer> distinct = List.copyOf(byHash.values());
    String content = String.join(",", byHash.keySet());
    int[] drawn = ViewSelection.draw(0, content, 1, 0, distinct.size());
    List<Integer> selection = new ArrayList<>(drawn.length);
    for (int view : drawn) {
      selection.add(distinct.get(view));
    }
    return selection;
  }

  private Map<String, Integer> byHash() {
    Map<String, Integer> result = new LinkedHashMap<>();
    for (int i = 0; i < received.size(); i++) {
      result.putIfAbsent(Sha256.of(received.get(i)), i);
    }
    return result;
  }
}
