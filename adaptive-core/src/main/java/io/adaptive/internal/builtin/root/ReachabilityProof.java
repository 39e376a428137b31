package io.adaptive.internal.builtin.root;

import io.adaptive.annotation.Message;

/**
 * Proof of the identity of a node.
 *
 * @param code the HMAC-SHA256 of the nonce with the node's token, in hexadecimal
 */
@Message("adaptive.reachability.proof")
public record ReachabilityProof(String code) {
}
