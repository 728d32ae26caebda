package io.radstream.model.engine;

import com.sun.jna.Structure;
import com.sun.jna.Structure.FieldOrder;

/**
 * Sixteen bytes that C++ passes and returns in two registers, on x86-64 and on ARM: a stream of the
 * engine (device, number), or what a pool of memory is called by.
 */
@FieldOrder({"first", "second"})
public class TwoWords extends Structure implements Structure.ByValue {

  public long first;
  public long second;
}
