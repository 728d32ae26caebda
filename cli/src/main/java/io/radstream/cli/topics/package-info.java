/** Looking at the topics, and sending rejected studies through again. */
package io.radstream.cli.topics;
