/** What a network learns from as many labels, by which studies they were asked of. */
package io.radstream.cli.learning;
