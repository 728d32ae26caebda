/**
 * Public collections of chest radiographs as their makers publish them: each importer knows its
 * set's files, columns and counts, and makes of them a list of studies, which are read one by one
 * when their turn comes.
 */
package io.radstream.producers.datasets;
