package io.adaptive.gshell.message;

import io.adaptive.annotation.Idempotent;
import io.adaptive.annotation.Message;

/**
 * Asks for services of all scopes as the daemon sees them. Answered by
 * {@link ServiceListing}.
 *
 * @param publisher pattern, {@code *} for any characters
 * @param service pattern
 */
@Idempotent
@Message("gshell.FindServices")
public record FindServices(String publisher, String service) {

}
