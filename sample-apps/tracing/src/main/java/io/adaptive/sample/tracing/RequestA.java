package io.adaptive.sample.tracing;

import io.adaptive.annotation.Sensitive;

record RequestA(String input, @Sensitive String password) {
}
