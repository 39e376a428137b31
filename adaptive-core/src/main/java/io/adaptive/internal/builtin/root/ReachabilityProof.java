package io.adaptive.internal.builtin.root;

import io.adaptive.annotation.Message;

/**
 * Proves who answers.
 *
 * @param code the HMAC-SHA256 of the nonce with the node's token, in hexadecimal
 */
@Message("adaptive.reachability.proof")
public record ReachabilityProof(String code) {
}
