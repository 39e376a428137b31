package io.adaptive.internal.builtin.root;

import io.adaptive.annotation.Message;

/**
 * Asks a node to prove that it is who registered. The answer is a
 * {@link ReachabilityProof}.
 *
 * @param nonce random bytes in hexadecimal
 */
@Message("adaptive.reachability.prove")
public record ProveReachability(String nonce) {
}
