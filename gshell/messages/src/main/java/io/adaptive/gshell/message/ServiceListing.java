package io.adaptive.gshell.message;

import java.util.List;

import io.adaptive.annotation.Message;

/**
 * Services of all scopes.
 *
 * @param services sorted by publisher, service and provider
 */
@Message("gshell.ServiceListing")
public record ServiceListing(List<FoundService> services) {

}
