/** Following a topic from its first record, without a consumer group. */
package io.radstream.serving.topic;
