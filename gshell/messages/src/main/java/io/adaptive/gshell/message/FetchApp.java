package io.adaptive.gshell.message;

import io.adaptive.annotation.Idempotent;
import io.adaptive.annotation.Message;

/**
 * Asks the service {@code {gshell, codeRepo}} for an app. Answered by
 * {@link io.adaptive.gshell.message.group.BundleContent}.
 *
 * @param app path of the app in the repository
 */
@Idempotent
@Message("gshell.FetchApp")
public record FetchApp(String app) {

}
