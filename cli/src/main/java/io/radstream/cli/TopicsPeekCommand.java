package io.radstream.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.radstream.cli.topics.FoundRecord;
import io.radstream.cli.topics.RecordSearch;
import io.radstream.cli.topics.RecordText;
import io.radstream.cli.topics.Thumbnail;
import io.radstream.radiology.image.ImageDecoder;
import io.radstream.radiology.image.UnreadableImageException;
import io.radstream.schemas.EncodedView;
import io.radstream.schemas.Study;
import io.radstream.schemas.StudyTuple;
import io.radstream.schemas.Topic;
import io.radstream.schemas.View;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code radstream topics peek}: a record, decoded. */
@Command(
    name = "peek",
    description = {
      "Show a record of a topic, decoded: the newest, or the one that is named.",
      "It may hold a report: mind who sees the screen. Exits with 1 where there is no such record."
    },
    footer = {
      "",
      "Examples:",
      "  radstream topics peek studies --show",
      "  radstream topics peek studies.rejected --last 5",
      "  radstream topics peek studies --partition 2 --offset 1017 --image view.png",
      "  radstream topics peek tuples.train --key 5f3a0c...",
    })
final class TopicsPeekCommand implements Callable<Integer> {

  private static final int LONGEST_LIST = 12;
  private static final int COLUMNS = 72;

  @Spec private CommandSpec spec;
  @Mixin private ConnectionOptions connectionOptions;
  @Mixin private JsonSummary summary;

  @Parameters(
      paramLabel = "TOPIC",
      converter = TopicChoice.class,
      description = "Name without a prefix, as studies.")
  private Topic topic;

  @Option(names = "--last", paramLabel = "N", description = "The newest N records (default: 1).")
  private Optional<Integer> last = Optional.empty();

  @Option(names = "--partition", paramLabel = "P", description = "With --offset.")
  private Optional<Integer> partition = Optional.empty();

  @Option(names = "--offset", paramLabel = "OFFSET", description = "With --partition.")
  private Optional<Long> offset = Optional.empty();

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description = "The newest record of this key; reads the whole topic.")
  private Optional<String> key = Optional.empty();

  @Option(names = "--full", description = "Show long lists whole.")
  private boolean full;

  @Option(names = "--show", description = "Draw the views in the terminal.")
  private boolean show;

  @Option(
      names = "--image",
      paramLabel = "FILE",
      description = "Write the record's first view, as it is encoded, to a new file.")
  private Optional<Path> image = Optional.empty();

  private record Peeked(int partition, long offset, String key, String time, JsonNode value) {}

  @Override
  public Integer call() throws IOException {
    RecordSearch search = new RecordSearch(connectionOptions.connection(), topic);
    List<FoundRecord> records = find(search);
    RecordText text = new RecordText(full ? Integer.MAX_VALUE : LONGEST_LIST);
    for (FoundRecord record : records) {
      print(record, text);
    }
    if (records.isEmpty()) {
      boolean any = key.isEmpty() && offset.isEmpty();
      String name = connectionOptions.topics().of(topic);
      out().println(any ? name + " holds no record" : "no such record");
    }
    out().flush();
    summary.print(Map.of("records", records.stream().map(it -> peeked(it, text)).toList()));
    return records.isEmpty() ? Radstream.FAILED : Radstream.DONE;
  }

  private List<FoundRecord> find(RecordSearch search) {
    boolean place = partition.isPresent() || offset.isPresent();
    if ((place ? 1 : 0) + (key.isPresent() ? 1 : 0) + (last.isPresent() ? 1 : 0) > 1) {
      throw usage("--last, --key, and --partition with --offset exclude each other");
    }
    if (place) {
      if (partition.isEmpty() || offset.isEmpty()) {
        throw usage("--partition and --offset go together");
      }
      return search.at(partition.get(), offset.get()).stream().toList();
    }
    if (key.isPresent()) {
      return search.newestOf(key.get()).stream().toList();
    }
    if (last.orElse(1) < 1) {
      throw usage("--last: at least 1 is needed");
    }
    return search.newest(last.orElse(1));
  }

  private void print(FoundRecord record, RecordText text) throws IOException {
    out()
        .printf(
            "partition %d, offset %d, key %s, %s, %s%n",
            record.partition(),
            record.offset(),
            record.key().orElse("(none)"),
            record.time(),
            record.bytes() < 0 ? "no value" : record.bytes() + " bytes");
    if (!record.problem().isEmpty()) {
      out().println(record.problem());
    }
    if (record.value().isPresent()) {
      out().println(text.of(record.value().get()).toPrettyString());
    }
    List<View> views = views(record);
    if (show) {
      views.forEach(this::draw);
    }
    if (image.isPresent()) {
      write(views, image.get());
    }
  }

  private static List<View> views(FoundRecord record) {
    Object value = record.value().orElse(null);
    if (value instanceof Study study) {
      return study.getViews();
    }
    return value instanceof StudyTuple tuple ? tuple.getViews() : List.of();
  }

  private void draw(View view) {
    try {
      out().print(Thumbnail.of(new ImageDecoder().decode(EncodedView.bytes(view)), COLUMNS));
    } catch (UnreadableImageException e) {
      out().println("a view that cannot be decoded: " + e.getMessage());
    }
  }

  private void write(List<View> views, Path file) throws IOException {
    if (views.isEmpty()) {
      throw usage("--image: the record has no view");
    }
    Files.write(file, EncodedView.bytes(views.get(0)), StandardOpenOption.CREATE_NEW);
  }

  private static Peeked peeked(FoundRecord record, RecordText text) {
    return new Peeked(
        record.partition(),
        record.offset(),
        record.key().orElse(null),
        record.time().toString(),
        record.value().map(text::of).orElse(null));
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
