package io.radstream.serving.search;

import java.io.IOException;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.KnnVectorsWriter;
import org.apache.lucene.codecs.lucene912.Lucene912Codec;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.index.SegmentWriteState;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.index.TieredMergePolicy;

/** How graphs are built: more links and a broader look find more, and take longer to build. */
final class GraphSettings {

  private static final int LINKS = 32;
  private static final int BREADTH = 200;
  private static final double BUFFER_MB = 64;

  /** Seven times those of {@code base}; a study with a wider vector is left out. */
  private static final int MOST_DIMENSIONS = 16_384;

  /**
   * Lucene's own, for vectors as wide as a network's: three views side by side have three times the
   * width of a patch, which is above the limit of 1,024 that Lucene sets its users. By the name it
   * is read with what wrote it, which heeds no limit.
   */
  private static final class WideGraphs extends KnnVectorsFormat {

    private final KnnVectorsFormat graphs = new Lucene99HnswVectorsFormat(LINKS, BREADTH);

    WideGraphs() {
      super("Lucene99HnswVectorsFormat");
    }

    @Override
    public KnnVectorsWriter fieldsWriter(SegmentWriteState state) throws IOException {
      return graphs.fieldsWriter(state);
    }

    @Override
    public KnnVectorsReader fieldsReader(SegmentReadState state) throws IOException {
      return graphs.fieldsReader(state);
    }

    @Override
    public int getMaxDimensions(String field) {
      return MOST_DIMENSIONS;
    }
  }

  private static final class Codec extends Lucene912Codec {

    private final KnnVectorsFormat graphs = new WideGraphs();

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
