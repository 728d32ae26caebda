package io.radstream.serving.worklist;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A study with its marks.
 *
 * @param finding the one with the highest probability of those that count; empty where there is
 *     none
 * @param uncertain findings of which the probability is near a half
 * @param differences on which another checkpoint differs, the largest first
 * @param verdicts finding to what was said of it, the last first, of each reader once; never empty
 */
public record WorklistEntry(
    ListedStudy study,
    Standing standing,
    Optional<String> finding,
    List<String> uncertain,
    List<Difference> differences,
    Map<String, List<FindingVerdict>> verdicts) {}
