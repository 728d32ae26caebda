/** Asks a scoring service that runs, over HTTP, which checkpoint answers, and changes that. */
package io.radstream.cli.models;
