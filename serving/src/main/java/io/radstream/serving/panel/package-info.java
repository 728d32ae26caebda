/**
 * Judging on a panel: a fixed list of labelled studies that a site has chosen, and the policy that
 * lets a checkpoint answer only where it is not worse on them than the live one. Knows the models
 * by what {@link io.radstream.serving.fleet.Exam} gives of them.
 */
package io.radstream.serving.panel;
