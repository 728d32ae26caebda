/**
 * What learned from a study, and its withdrawal. Reads the ledger ({@code ledger}), the sources of
 * its runs ({@code kafka}) and the announcements of checkpoints; trains nothing.
 */
package io.radstream.trainer.lineage;
