/**
 * A real Kafka broker in this process and a real schema registry beside it, for the demo and for
 * tests. Both listen on loopback only and keep their data in one directory, over restarts.
 */
package io.radstream.cli.embedded;
