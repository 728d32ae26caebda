package io.radstream.serving.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;

/**
 * Vectors of studies and of their reports, in memory, as graphs that lead to the nearest (HNSW).
 * What is changed is found, or not found any more, after {@link #refresh}. Thread-safe; a search
 * waits for nobody.
 */
final class StudyIndex implements AutoCloseable {

  private static final String ID = "id";
  private static final String TEXT = "text";

  /** In characters, of which UTF-8 makes three bytes at most. */
  private static final int LONGEST_ID = IndexWriter.MAX_TERM_LENGTH / 3;

  /** More find more of those that are nearest, and take longer. */
  private static final int CANDIDATES = 400;

  private final int most;
  private final Directory memory = new ByteBuffersDirectory();
  private final IndexWriter writer;
  private final SearcherManager searchers;

  /** Of each study, the one that came first ahead. */
  private final Map<String, Integer> revisions = new LinkedHashMap<>();

  private volatile int size;

  /**
   * @param most studies; the oldest leave
   */
  StudyIndex(int most) {
    this.most = most;
    try {
      this.writer = new IndexWriter(memory, GraphSettings.config());
      this.searchers = new SearcherManager(writer, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Adds a study, or puts it in the place of its lower revision.
   *
   * @throws IllegalArgumentException where its id is too long to be looked for, or its vector too
   *     wide; the index is as before
   */
  synchronized void put(IndexedStudy study) {
    String id = study.studyId();
    if (id.length() > LONGEST_ID) {
      // Lucene's own message has the beginning of it.
      throw new IllegalArgumentException("an id of %d characters".formatted(id.length()));
    }
    if (revisions.getOrDefault(id, Integer.MIN_VALUE) > study.revision()) {
      return;
    }
    try {
      writer.updateDocument(new Term(ID, id), document(study));
      revisions.remove(id);
      revisions.put(id, study.revision());
      Iterator<String> oldest = revisions.keySet().iterator();
      while (revisions.size() > most) {
        writer.deleteDocuments(new Term(ID, oldest.next()));
        oldest.remove();
      }
      size = revisions.size();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Document document(IndexedStudy study) {
    Document document = new Document();
    document.add(new StringField(ID, study.studyId(), Field.Store.YES));
    document.add(vector(Side.STUDY, study.vector()));
    study
        .report()
        .ifPresent(
            report -> {
              document.add(vector(Side.REPORT, report.vector()));
              document.add(new StoredField(TEXT, report.text()));
            });
    return document;
  }

  private static Field vector(Side side, float[] vector) {
    return new KnnFloatVectorField(side.field(), vector, VectorSimilarityFunction.DOT_PRODUCT);
  }

  /**
   * @return whether it was there
   */
  synchronized boolean remove(String studyId) {
    if (revisions.remove(studyId) == null) {
      return false;
    }
    try {
      writer.deleteDocuments(new Term(ID, studyId));
      size = revisions.size();
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Has what was changed be found. */
  void refresh() {
    try {
      searchers.maybeRefreshBlocking();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Frees the memory of what was removed; takes as long as to index what lies beside it. */
  void purge() {
    try {
      writer.forceMergeDeletes();
      searchers.maybeRefreshBlocking();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int size() {
    return size;
  }

  /** That of a study, of its views. */
  Optional<float[]> vector(String studyId) {
    return ask(searcher -> vector(searcher, studyId));
  }

  private static Optional<float[]> vector(IndexSearcher searcher, String studyId)
      throws IOException {
    TopDocs found = searcher.search(new TermQuery(new Term(ID, studyId)), 1);
    if (found.scoreDocs.length == 0) {
      return Optional.empty();
    }
    int place = found.scoreDocs[0].doc;
    List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
    LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(place, leaves));
    FloatVectorValues vectors = leaf.reader().getFloatVectorValues(Side.STUDY.field());
    vectors.advance(place - leaf.docBase);
    return Optional.of(vectors.vectorValue().clone());
  }

  /**
   * The nearest, nearest first.
   *
   * @param query of length 1
   * @param shown whether a study may be named; what may not was removed a moment ago, or is asked
   *     about
   */
  List<Neighbour> nearest(Side side, float[] query, int count, Predicate<String> shown) {
    return ask(searcher -> nearest(searcher, side, query, count, shown));
  }

  private static List<Neighbour> nearest(
      IndexSearcher searcher, Side side, float[] query, int count, Predicate<String> shown)
      throws IOException {
    int candidates = Math.max(CANDIDATES, 2 * count);
    TopDocs found =
        searcher.search(new KnnFloatVectorQuery(side.field(), query, candidates), candidates);
    StoredFields stored = searcher.storedFields();
    List<Neighbour> nearest = new ArrayList<>();
    for (ScoreDoc hit : found.scoreDocs) {
      Document document = stored.document(hit.doc);
      if (nearest.size() < count && shown.test(document.get(ID))) {
        nearest.add(neighbour(document, hit.score));
      }
      if (nearest.size() == count) {
        break;
      }
    }
    return nearest;
  }

  /** Lucene's score of a product is half of one more than it. */
  private static Neighbour neighbour(Document document, float score) {
    return new Neighbour(
        document.get(ID), 2.0 * score - 1, Optional.ofNullable(document.get(TEXT)));
  }

  @FunctionalInterface
  private interface Question<T> {

    T ask(IndexSearcher searcher) throws IOException;
  }

  private <T> T ask(Question<T> question) {
    try {
      IndexSearcher searcher = searchers.acquire();
      try {
        return question.ask(searcher);
      } finally {
        searchers.release(searcher);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try (memory) {
      searchers.close();
      // Nothing of it is to be kept, and so nothing is finished that was begun.
      writer.rollback();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
