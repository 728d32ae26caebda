/** Tells others which checkpoint this service has in use, so that none of them deletes it. */
package io.radstream.serving.live;
