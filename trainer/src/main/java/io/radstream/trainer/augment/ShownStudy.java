package io.radstream.trainer.augment;

/**
 * What goes with the pictures of a study as an epoch shows it.
 *
 * @param report that tells of these pictures
 * @param labelsExchanged whether labels of one side are those of the other
 * @param mirrorable whether another epoch may show the study mirrored
 */
public record ShownStudy(ReportTokens report, boolean labelsExchanged, boolean mirrorable) {}
