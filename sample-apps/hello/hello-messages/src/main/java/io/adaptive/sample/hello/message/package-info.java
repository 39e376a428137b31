/**
 * What the hello service and its clients say to each other: plain records.
 */
@NullMarked
package io.adaptive.sample.hello.message;

import org.jspecify.annotations.NullMarked;
