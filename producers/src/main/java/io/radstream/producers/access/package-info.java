/**
 * By what the systems of a site and Radstream know each other: keys and certificates for TLS,
 * passwords and tokens. Sources that listen or ask are given them.
 */
package io.radstream.producers.access;
