package io.radstream.streams;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.Options;

/** For Kafka Streams alone, which makes one for each store. */
public final class SharedStateMemory implements RocksDBConfigSetter {

  @Override
  public void setConfig(String storeName, Options options, Map<String, Object> configs) {
    ((StateMemory) configs.get(StateMemory.CONFIG)).share(options);
  }

  /** What stores share stays open for the others. */
  @Override
  public void close(String storeName, Options options) {}
}
