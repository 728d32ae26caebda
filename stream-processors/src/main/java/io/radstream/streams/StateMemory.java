package io.radstream.streams;

import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * Native memory for the state of a stage: one cache for the stores of all its partitions, in which
 * what is not on disk yet counts as well. By itself each store would have as much as all of them
 * have here, so that memory grew with studies and partitions. Closed behind the last store.
 */
final class StateMemory implements AutoCloseable {

  /** Of what is read and of what is written together. */
  static final long BYTES = 128L * 1024 * 1024;

  /** Under this name {@link SharedStateMemory} finds it among the settings. */
  static final String CONFIG = "radstream.state.memory";

  /** Written to disk when there is more of it. */
  private static final long UNWRITTEN_BYTES = BYTES / 2;

  /** Of one store: memory is taken in eighths of it, and many stores share what there is. */
  private static final long STORE_UNWRITTEN_BYTES = 4L * 1024 * 1024;

  private static final double FOR_INDEXES = 0.1;
  private static final int SHARDS_AS_LIBRARY_CHOOSES = -1;

  private final Cache cache;
  private final WriteBufferManager unwritten;

  StateMemory() {
    RocksDB.loadLibrary();
    cache = new LRUCache(BYTES, SHARDS_AS_LIBRARY_CHOOSES, false, FOR_INDEXES);
    unwritten = new WriteBufferManager(UNWRITTEN_BYTES, cache);
  }

  /** What makes Kafka Streams use it. */
  Map<String, Object> properties() {
    return Map.of(
        StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, SharedStateMemory.class, CONFIG, this);
  }

  void share(Options store) {
    BlockBasedTableConfig table = (BlockBasedTableConfig) store.tableFormatConfig();
    table.setBlockCache(cache);
    table.setCacheIndexAndFilterBlocks(true);
    table.setCacheIndexAndFilterBlocksWithHighPriority(true);
    store.setTableFormatConfig(table);
    store.setWriteBufferManager(unwritten);
    store.setWriteBufferSize(STORE_UNWRITTEN_BYTES);
  }

  @Override
  public void close() {
    unwritten.close();
    cache.close();
  }
}
