/**
 * Files of others, in and out: public weights that a network starts from, and its transformers, or
 * all of it that scores findings, as models that Hugging Face's libraries open. Looks into {@code
 * network} and what is below it. Beside it, in the resources, lies what is exported with weights:
 * Python that transformers runs, for what it has no class for.
 */
package io.radstream.model.pretrained;
