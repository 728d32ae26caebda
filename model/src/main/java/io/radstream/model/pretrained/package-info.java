/**
 * Files of others, in and out: public weights that a network starts from, and its transformers as
 * models that Hugging Face's libraries open. Looks into {@code network} and what is below it.
 */
package io.radstream.model.pretrained;
