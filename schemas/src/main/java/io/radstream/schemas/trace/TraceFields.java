package io.radstream.schemas.trace;

import io.opentelemetry.api.common.AttributeKey;

/**
 * Names of the attributes of spans: those of OpenTelemetry's conventions where they have one. No
 * other attributes are set, and none of them tells of a patient: a study is known by its trace.
 */
public final class TraceFields {

  public static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("messaging.system");

  /** The value of {@link #SYSTEM}. */
  public static final String KAFKA = "kafka";

  public static final AttributeKey<String> TOPIC =
      AttributeKey.stringKey("messaging.destination.name");
  public static final AttributeKey<Long> BYTES =
      AttributeKey.longKey("messaging.message.body.size");

  /** Why a study became no tuple: the name of a reason. */
  public static final AttributeKey<String> REASON = AttributeKey.stringKey("radstream.reason");

  /** How many parts of a study were put together. */
  public static final AttributeKey<Long> PARTS = AttributeKey.longKey("radstream.parts");

  public static final AttributeKey<String> LINE = AttributeKey.stringKey("radstream.line");
  public static final AttributeKey<String> RUN = AttributeKey.stringKey("radstream.run");
  public static final AttributeKey<Long> STEP = AttributeKey.longKey("radstream.step");

  /** How many studies a step learned from. */
  public static final AttributeKey<Long> STUDIES = AttributeKey.longKey("radstream.studies");

  /** How many studies of a step carry no context. */
  public static final AttributeKey<Long> UNLINKED =
      AttributeKey.longKey("radstream.studies.unlinked");

  /** Id of a checkpoint. */
  public static final AttributeKey<String> CHECKPOINT =
      AttributeKey.stringKey("radstream.checkpoint");

  /** What a policy decided: promote, refuse and so on. */
  public static final AttributeKey<String> VERDICT = AttributeKey.stringKey("radstream.verdict");

  /** The set of findings that was asked for. */
  public static final AttributeKey<String> FINDINGS = AttributeKey.stringKey("radstream.findings");

  public static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
  public static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");
  public static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");

  private TraceFields() {}
}
