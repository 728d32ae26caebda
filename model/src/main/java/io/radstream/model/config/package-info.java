/**
 * What a network is and how it is trained and asked: settings, and nothing that computes. Looks
 * into no other room.
 */
package io.radstream.model.config;
