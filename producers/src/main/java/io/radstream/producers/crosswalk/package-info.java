/**
 * From the pseudonym of a study back to what the site calls it: a folder of encrypted files that
 * never leaves the site. Publishing writes it, before anything of the study is on a topic; whoever
 * sends results back reads it; single studies can be erased.
 */
package io.radstream.producers.crosswalk;
