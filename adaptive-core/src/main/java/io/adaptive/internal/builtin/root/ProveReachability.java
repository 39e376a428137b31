package io.adaptive.internal.builtin.root;

import io.adaptive.annotation.Message;

/**
 * Requests a proof of the identity of a node. The answer is a {@link ReachabilityProof}.
 *
 * @param nonce random bytes in hexadecimal
 */
@Message("adaptive.reachability.prove")
public record ProveReachability(String nonce) {
}
