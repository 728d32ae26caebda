/** The HTTP interface: routes, problem details (RFC 9457), live events, and the page. */
package io.radstream.serving.http;
