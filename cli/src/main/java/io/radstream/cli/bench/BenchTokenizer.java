package io.radstream.cli.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.radstream.radiology.report.ReportTokenizer;
import io.radstream.radiology.report.WordPieceTrainer;
import java.io.IOException;
import java.util.Collections;

/** A tokenizer that has as many tokens as a network is to have. */
final class BenchTokenizer {

  private static final ObjectMapper JSON = new ObjectMapper();

  private BenchTokenizer() {}

  /**
   * @param tokens of its vocabulary; at least those that every tokenizer has
   */
  static ReportTokenizer of(int tokens) throws IOException {
    byte[] smallest =
        WordPieceTrainer.train(Collections.emptyIterator(), WordPieceTrainer.Options.DEFAULT);
    ObjectNode json = (ObjectNode) JSON.readTree(smallest);
    ObjectNode vocabulary = (ObjectNode) json.path("model").path("vocab");
    for (int id = vocabulary.size(); id < tokens; id++) {
      vocabulary.put("word" + id, id);
    }
    return ReportTokenizer.of(JSON.writeValueAsBytes(json));
  }
}
