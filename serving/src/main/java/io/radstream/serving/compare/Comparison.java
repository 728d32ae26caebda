package io.radstream.serving.compare;

import io.radstream.serving.score.ModelIdentity;
import java.util.List;
import java.util.Map;

/**
 * Two models on the same studies.
 *
 * @param live the one that was live meanwhile
 * @param trial the one beside it
 * @param studies that both scored
 * @param failed studies that one of both scored, and the one beside failed on
 * @param dropped studies that one of both scored, and the one beside could not keep up with
 * @param findings those that both score, by name
 * @param worklist the studies that they disagree on most, the worst first
 */
public record Comparison(
    ModelIdentity live,
    ModelIdentity trial,
    long studies,
    long failed,
    long dropped,
    Map<String, FindingAgreement> findings,
    List<Disagreement> worklist) {}
