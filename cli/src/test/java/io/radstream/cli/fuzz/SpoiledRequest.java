package io.radstream.cli.fuzz;

import java.util.List;

/** A request that is good but for a part of it. */
interface SpoiledRequest {

  /** Which part of which request. */
  String target();

  /** The part as it is good. */
  List<byte[]> seeds();

  /** That mean something in it. */
  List<String> words();

  /** The whole, with this part. */
  byte[] request(byte[] part);

  default Mutator mutator() {
    return new Mutator(target(), seeds(), words().stream().map(Json::bytes).toList());
  }
}
