package io.radstream.model.pretrained;

import static io.radstream.model.pretrained.Adaptation.requireShape;

import ai.djl.ndarray.types.Shape;
import io.radstream.model.pretrained.Adaptation.Skipped;
import io.radstream.model.pretrained.Adaptation.Taken;
import io.radstream.model.pretrained.WeightOrigin.Kind;
import io.radstream.model.weights.FloatTensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How the weights of a BERT become those of a report encoder.
 *
 * @param tokens of this network, by id
 * @param vocabulary of the public weights
 */
record BertAdaptation(List<String> tokens, Optional<PretrainedVocabulary> vocabulary) {

  /** For the weights that are not taken as they are. */
  Map<String, Adaptation> adaptations() {
    return Map.of(
        "bert.embeddings.word_embeddings.weight", this::words,
        "bert.embeddings.position_embeddings.weight", BertAdaptation::places);
  }

  private Adaptation.Result words(FloatTensor theirs, Shape shape, Supplier<float[]> seeded) {
    requireTable(theirs, shape);
    if (vocabulary.isPresent()) {
      return wordByWord(theirs, shape, seeded, vocabulary.get());
    }
    if (theirs.shape().equals(shape)) {
      return new Taken(
          theirs.values(),
          Kind.USED,
          "row by row: no vocab.txt or tokenizer.json tells the tokens");
    }
    return new Skipped(
        "it has %d rows, this network %d tokens, and no vocab.txt or tokenizer.json tells its tokens"
            .formatted(theirs.side(0), shape.get(0)));
  }

  private Adaptation.Result wordByWord(
      FloatTensor theirs, Shape shape, Supplier<float[]> seeded, PretrainedVocabulary known) {
    float[] values = seeded.get();
    int width = theirs.side(1);
    int found = 0;
    for (int id = 0; id < Math.min(tokens.size(), shape.get(0)); id++) {
      Optional<Integer> row = known.row(tokens.get(id), theirs.side(0));
      if (row.isPresent()) {
        System.arraycopy(theirs.values(), row.get() * width, values, id * width, width);
        found++;
      }
    }
    return new Taken(
        values,
        Kind.USED,
        "rows of %d of %d tokens; the other %d stay as seeded"
            .formatted(found, shape.get(0), shape.get(0) - found));
  }

  /** The first of a longer table; a shorter one keeps what follows as seeded. */
  private static Adaptation.Result places(
      FloatTensor theirs, Shape shape, Supplier<float[]> seeded) {
    requireTable(theirs, shape);
    long here = shape.get(0);
    if (theirs.side(0) == here) {
      return new Taken(theirs.values(), Kind.USED, "");
    }
    float[] values = seeded.get();
    System.arraycopy(
        theirs.values(), 0, values, 0, Math.min(values.length, theirs.values().length));
    return new Taken(
        values,
        Kind.RESIZED,
        theirs.side(0) > here
            ? "the first %d of %d places".formatted(here, theirs.side(0))
            : "%d places; the other %d stay as seeded"
                .formatted(theirs.side(0), here - theirs.side(0)));
  }

  private static void requireTable(FloatTensor theirs, Shape shape) {
    requireShape(theirs.shape().dimension() == 2 && theirs.side(1) == shape.get(1), theirs, shape);
  }
}
