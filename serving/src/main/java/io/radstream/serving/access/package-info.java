/**
 * Who may ask the service, and from where: keys, tokens, roles, certificates, names of hosts, and
 * how much one client may ask. Knows nothing of routes; {@code http} puts it before them.
 */
package io.radstream.serving.access;
