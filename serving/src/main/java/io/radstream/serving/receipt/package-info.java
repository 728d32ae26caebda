/**
 * Receipts: what an answer was made of, signed where the service has a key, and the way back: a
 * receipt is read with care, its parts are checked, and the study is scored again. Knows nothing of
 * routes.
 */
package io.radstream.serving.receipt;
