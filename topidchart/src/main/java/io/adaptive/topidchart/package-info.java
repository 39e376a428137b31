/**
 * The chart service of topid: {@code intake} takes messages, {@code session} keeps what
 * is live, {@code store} what is on disk, {@code page} shows both.
 */
@NullMarked
package io.adaptive.topidchart;

import org.jspecify.annotations.NullMarked;
