/**
 * The whole pipeline in one process: publish, tokenize, train and serve, with a client that keeps
 * asking and, in the end, measures what the served checkpoint has learned.
 */
package io.radstream.cli.demo;
