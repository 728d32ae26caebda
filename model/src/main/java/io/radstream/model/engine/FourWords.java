package io.radstream.model.engine;

import com.sun.jna.Structure;
import com.sun.jna.Structure.FieldOrder;

/**
 * What C++ returns where its caller has said, on x86-64 and on ARM: nothing that fits in registers,
 * and nothing of C's with a constructor. At most 32 bytes.
 */
@FieldOrder({"first", "second", "third", "fourth"})
public class FourWords extends Structure implements Structure.ByValue {

  public long first;
  public long second;
  public long third;
  public long fourth;
}
