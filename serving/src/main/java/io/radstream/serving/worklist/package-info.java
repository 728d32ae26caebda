/**
 * The studies that arrived, as they were scored, in an order to look at them, and what readers say
 * of them. Follows {@code scores} and {@code labels}; knows nothing of HTTP.
 */
package io.radstream.serving.worklist;
