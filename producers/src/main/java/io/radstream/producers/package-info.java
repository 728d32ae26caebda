/**
 * Study sources and the way from them to the studies topic: {@code phantom} draws synthetic
 * studies, {@code jsonl} reads them from files, {@code publish} pseudonymises, normalises and sends
 * them.
 */
package io.radstream.producers;
