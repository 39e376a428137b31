package io.adaptive.gshell.message;

import java.util.List;

import io.adaptive.annotation.Message;

/**
 * Services of all scopes.
 *
 * @param services sorted by publisher, service and provider
 * @param silentGroups names with versions of groups that have not answered in time, so
 * that their services in PROCESS scope are missing
 * @param problems a line for each group that could not be asked or has failed
 */
@Message("gshell.ServiceListing")
public record ServiceListing(List<FoundService> services, List<String> silentGroups, List<String> problems) {

}
