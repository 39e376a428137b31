package io.adaptive.gshell.message;

import io.adaptive.annotation.Idempotent;
import io.adaptive.annotation.Message;
import io.adaptive.gshell.message.group.BundleContent;
import org.jspecify.annotations.Nullable;

/**
 * Compiles an app and keeps the code, without running it. Answered by
 * {@link PreparedApp}.
 *
 * @param app path of the app in the repository; not looked at with {@code bundle}
 * @param bundle the code; {@code null} to take it from the repository
 */
@Idempotent
@Message("gshell.PrepareApp")
public record PrepareApp(String app, @Nullable BundleContent bundle) {

}
