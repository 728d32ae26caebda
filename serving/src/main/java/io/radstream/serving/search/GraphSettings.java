package io.radstream.serving.search;

import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.lucene912.Lucene912Codec;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.index.TieredMergePolicy;

/** How graphs are built: more links and a broader look find more, and take longer to build. */
final class GraphSettings {

  private static final int LINKS = 32;
  private static final int BREADTH = 200;
  private static final double BUFFER_MB = 64;

  private static final class Codec extends Lucene912Codec {

    private final KnnVectorsFormat graphs = new Lucene99HnswVectorsFormat(LINKS, BREADTH);

    @Override
    public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
      return graphs;
    }
  }

  private GraphSettings() {}

  static IndexWriterConfig config() {
    // What is withdrawn is to leave the memory, however little it is.
    TieredMergePolicy merges = new TieredMergePolicy().setForceMergeDeletesPctAllowed(0);
    return new IndexWriterConfig(null)
        .setCodec(new Codec())
        .setMergePolicy(merges)
        // On the caller's thread, which computes in spare time.
        .setMergeScheduler(new SerialMergeScheduler())
        .setRAMBufferSizeMB(BUFFER_MB);
  }
}
