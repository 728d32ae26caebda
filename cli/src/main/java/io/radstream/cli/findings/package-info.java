/** A checkpoint's findings judged on a split, as a table, as JSON and as a file of predictions. */
package io.radstream.cli.findings;
