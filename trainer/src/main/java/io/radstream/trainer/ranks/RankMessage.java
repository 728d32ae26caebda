package io.radstream.trainer.ranks;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.radstream.trainer.feed.Read;
import io.radstream.trainer.tuples.TupleRef;
import java.util.List;
import java.util.Map;

/** What rank 0 and the others tell each other. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
@JsonSubTypes({
  @JsonSubTypes.Type(value = RankMessage.Alive.class, name = "alive"),
  @JsonSubTypes.Type(value = RankMessage.Hello.class, name = "hello"),
  @JsonSubTypes.Type(value = RankMessage.Refused.class, name = "refused"),
  @JsonSubTypes.Type(value = RankMessage.Opened.class, name = "opened"),
  @JsonSubTypes.Type(value = RankMessage.Prepared.class, name = "prepared"),
  @JsonSubTypes.Type(value = RankMessage.Weights.class, name = "weights"),
  @JsonSubTypes.Type(value = RankMessage.Ready.class, name = "ready"),
  @JsonSubTypes.Type(value = RankMessage.Soon.class, name = "soon"),
  @JsonSubTypes.Type(value = RankMessage.Drafted.class, name = "drafted"),
  @JsonSubTypes.Type(value = RankMessage.Assembled.class, name = "assembled"),
  @JsonSubTypes.Type(value = RankMessage.Unmade.class, name = "unmade"),
  @JsonSubTypes.Type(value = RankMessage.Take.class, name = "take"),
  @JsonSubTypes.Type(value = RankMessage.Stepped.class, name = "stepped"),
  @JsonSubTypes.Type(value = RankMessage.StopAsked.class, name = "stopAsked"),
  @JsonSubTypes.Type(value = RankMessage.Failed.class, name = "failed"),
  @JsonSubTypes.Type(value = RankMessage.Closed.class, name = "closed"),
  @JsonSubTypes.Type(value = RankMessage.Ended.class, name = "ended")
})
public sealed interface RankMessage {

  /** From either: that it is there. */
  record Alive() implements RankMessage {}

  /**
   * To rank 0, first of all.
   *
   * @param version of the program
   */
  record Hello(int rank, int world, String version) implements RankMessage {}

  /** To one that does not belong. */
  record Refused(String reason) implements RankMessage {}

  /**
   * To the others: a run begins.
   *
   * @param opening a {@code StepRecord} with the run's opening, as Avro's single object
   */
  record Opened(byte[] opening) implements RankMessage {}

  /** To rank 0: this one reads the run's topics, and goes to meet the others. */
  record Prepared() implements RankMessage {}

  /**
   * To the others: so many bytes of weights follow, then so many of the optimizer's state, both as
   * safetensors.
   */
  record Weights(long weights, long state) implements RankMessage {}

  /**
   * To rank 0: this one has the network.
   *
   * @param weightsDigest of it
   * @param environment what bits depend on beside the configuration
   */
  record Ready(String weightsDigest, Map<String, String> environment) implements RankMessage {}

  /** To the others: what drafts will be made of next. */
  record Soon(String source, List<TupleRef> group) implements RankMessage {}

  /**
   * To another: its share of a draft.
   *
   * @param number of the draft; they rise
   */
  record Drafted(long number, List<Read> reads) implements RankMessage {}

  /** To rank 0: the share is put together. */
  record Assembled(long number, List<String> digests, int unmirrorable) implements RankMessage {}

  /**
   * To rank 0: the share cannot be made, nor a step be taken of that draft.
   *
   * @param again whether it may be where all ranks are started again
   */
  record Unmade(long number, String reason, boolean again) implements RankMessage {}

  /**
   * To the others: a step is taken now.
   *
   * @param number of the draft; those before it that were not taken are dropped
   * @param step that the line has behind it
   */
  record Take(long number, long step) implements RankMessage {}

  /**
   * To rank 0.
   *
   * @param step as of {@link Take}
   * @param seconds until it had its gradient, without those that it waited for others
   */
  record Stepped(long step, double seconds) implements RankMessage {}

  /** To rank 0: the run shall stop, with a checkpoint. */
  record StopAsked() implements RankMessage {}

  /** To rank 0, last of all. */
  record Failed(String reason) implements RankMessage {}

  /** To the others: the run is over; another may begin. */
  record Closed() implements RankMessage {}

  /**
   * To the others, last of all.
   *
   * @param reason why rank 0 cannot go on; null where the run has ended as it should
   * @param again whether to start all ranks again would go on with the run
   */
  record Ended(String reason, boolean again) implements RankMessage {}
}
