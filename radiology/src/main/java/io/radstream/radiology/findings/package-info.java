/**
 * What the text of a report says of a few findings of the chest: that they are there, that they are
 * not, or that they may be. By rules for English, in the manner of NegBio (Peng et al., 2018) and
 * of CheXpert's labeller (Irvin et al., 2019): phrases, and cues that deny or doubt them.
 */
package io.radstream.radiology.findings;
