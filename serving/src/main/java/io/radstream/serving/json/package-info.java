/** How JSON that comes from outside is bounded before any of it is believed. */
package io.radstream.serving.json;
