package io.radstream.producers.dicom.web;

import io.radstream.producers.dicom.web.ArchiveException.Kind;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What is asked by QIDO-RS and WADO-RS (PS3.18, 10.4 and 10.6). Thread-safe. */
record DicomWeb(ArchiveClient client, URI root) {

  private static final String JSON = "application/dicom+json";

  /** What the multipart form adds to an object. */
  private static final int FRAMING_BYTES = 64 * 1024;

  /** A list that comes page by page, until a page has nothing new. For one thread. */
  final class Pages {
    private final String path;
    private final Map<String, String> query;
    private final String key;
    private final Set<String> known = new HashSet<>();
    private int offset;
    private boolean ended;

    private Pages(String path, Map<String, String> query, String key) {
      this.path = path;
      this.query = query;
      this.key = key;
    }

    /**
     * Entries that were not on an earlier page; none at the end. An archive that pays no heed to
     * the offset answers the same page again, which ends the list, too.
     */
    List<Entry> next() throws ArchiveException {
      if (ended) {
        return List.of();
      }
      List<Entry> page = page(path, query, offset);
      offset += page.size();
      List<Entry> fresh =
          page.stream()
              .filter(entry -> InstanceAddress.isUid(entry.first(key)))
              .filter(entry -> known.add(entry.first(key)))
              .toList();
      ended = fresh.isEmpty();
      if (known.size() > client.limits().entries()) {
        ended = true;
        throw new ArchiveException(
            Kind.BAD_ANSWER,
            "a list has more than %d entries; ask for a shorter time"
                .formatted(client.limits().entries()));
      }
      return fresh;
    }

    List<Entry> all() throws ArchiveException {
      List<Entry> all = new ArrayList<>();
      for (List<Entry> page = next(); !page.isEmpty(); page = next()) {
        all.addAll(page);
      }
      return all;
    }
  }

  /**
   * @param path below the root, as {@code /studies}
   * @param query attributes to match
   * @param key the tag by whose value entries are told apart; it is a UID
   */
  Pages list(String path, Map<String, String> query, String key) {
    return new Pages(path, query, key);
  }

  private List<Entry> page(String path, Map<String, String> query, int offset)
      throws ArchiveException {
    Map<String, String> whole = new TreeMap<>(query);
    whole.put("limit", Integer.toString(client.limits().page()));
    whole.put("offset", Integer.toString(offset));
    String text =
        whole.entrySet().stream()
            .map(it -> it.getKey() + '=' + URLEncoder.encode(it.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return client
        .get(
            URI.create(root + path + '?' + text),
            JSON,
            client.limits().listBytes(),
            JsonAnswer::entries)
        .orElse(List.of());
  }

  /** A whole object, as of PS3.10, in whatever transfer syntax the archive keeps it. */
  byte[] retrieve(InstanceAddress address) throws ArchiveException {
    return client
        .get(
            URI.create(root + address.path()),
            ObjectAnswer.ACCEPT,
            (long) client.limits().objectBytes() + FRAMING_BYTES,
            ObjectAnswer::read)
        .orElseThrow(() -> new ArchiveException(Kind.GONE, "the archive does not have it"));
  }
}
