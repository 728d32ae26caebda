/**
 * The one way to read the log: clients, what is waited for and for how long, what is fatal, a
 * scanner that reads a range or to the present end, and a follower that goes on for ever.
 */
package io.radstream.schemas.log;
