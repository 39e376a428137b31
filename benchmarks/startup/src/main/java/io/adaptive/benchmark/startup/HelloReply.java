package io.adaptive.benchmark.startup;

record HelloReply(String answer) {

}
