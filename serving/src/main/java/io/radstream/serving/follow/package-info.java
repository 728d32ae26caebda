/** The topics that the service follows, with an owner that sees where one is not followed. */
package io.radstream.serving.follow;
