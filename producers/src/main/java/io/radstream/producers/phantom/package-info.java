/**
 * Synthetic chest radiographs with a report that says in free text what was drawn: a source whose
 * truth is known. Every study is a pure function of a seed and an index.
 */
package io.radstream.producers.phantom;
